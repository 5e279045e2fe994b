/** What a coordinator may do to a list: reword every code, and retire those that nothing needs. */
export interface Editing<V extends string = string> {
  /** Codes that rules, forms or other code lists stand on: reworded, never retired. `all` when none may go. */
  needed: readonly V[] | 'all';
}

/** A closed list of codes. Codes never change; `name` is where its texts stand: `<name>.<code>`. */
export class ChoiceList<V extends string = string> {
  constructor(
    readonly name: string,
    readonly values: readonly V[],
    /** Undefined: technical (roles, steps of a lifecycle, legal grounds); its words belong to Tilts. */
    readonly editing?: Editing,
  ) {}

  has(value: unknown): value is V {
    return (this.values as readonly unknown[]).includes(value);
  }

  /** Whether a coordinator may take that code out of the forms; old records keep it and show it. */
  mayRetire(code: string): boolean {
    const needed = this.editing?.needed ?? 'all';
    return this.has(code) && needed !== 'all' && !needed.includes(code);
  }
}

export type ChoiceOf<L> = L extends ChoiceList<infer V> ? V : never;

/** Every list that was declared, so that a spec can prove that each code has a text in each language. */
export const choiceLists: ChoiceList[] = [];

export function choices<const V extends readonly string[]>(
  name: string,
  values: V,
  editing?: Editing<V[number]>,
): ChoiceList<V[number]> {
  const list = new ChoiceList<V[number]>(name, values, editing);
  choiceLists.push(list);
  return list;
}
