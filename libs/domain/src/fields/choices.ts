/** A closed list of codes. Codes never change; `name` is where its texts stand: `<name>.<code>`. */
export class ChoiceList<V extends string = string> {
  constructor(
    readonly name: string,
    readonly values: readonly V[],
  ) {}

  has(value: unknown): value is V {
    return (this.values as readonly unknown[]).includes(value);
  }
}

export type ChoiceOf<L> = L extends ChoiceList<infer V> ? V : never;

/** Every list that was declared, so that a spec can prove that each code has a text in each language. */
export const choiceLists: ChoiceList[] = [];

export function choices<const V extends readonly string[]>(name: string, values: V): ChoiceList<V[number]> {
  const list = new ChoiceList<V[number]>(name, values);
  choiceLists.push(list);
  return list;
}
