import { DestroyRef, computed, inject, signal, untracked, type Signal } from '@angular/core';

/** What is wrong with one field, as a code; the control shows the text `fieldErrors.<code>`. `field` is a path: `persons.0.birthYear`. */
export interface FormProblem {
  field: string;
  code: string;
  params?: Record<string, string | number>;
}

/** One field, as a control sees it. */
export interface FormField<V> {
  readonly path: string;
  /** The id of its control, so that the first wrong one can be found and focused. */
  readonly id: string;
  readonly value: Signal<V>;
  set(value: V): void;
  /** The person has been here: from now on its problem may be shown. */
  leave(): void;
  readonly problem: Signal<FormProblem | null>;
}

/**
 * A form over one input class of the domain, checked while typing by the very rules that the server applies.
 *
 *     protected readonly form = formFor<PersonDetails>({ firstName: '', birthYear: null }, (value) => checkInput(NewPerson, value).problems);
 *     protected save = () => this.form.submit((input) => this.call(personEndpoints.create, { input }));
 *
 *     <form (submit)="save(); $event.preventDefault()" novalidate>
 *       <tl-text [field]="form.field('firstName')" [label]="'persons.field.firstName' | text" required />
 *       <app-problem [of]="form.failure()" />
 *       <button tlButton type="submit" [busy]="form.sending()">…</button>
 *
 * A problem is shown once its field was left or the form was sent. What the server refuses (an error with `fields`) stands at
 * the same fields until they change. `submit` answers what the work answered, or undefined when it was refused; it never runs twice at once.
 */
export interface Form<T extends object> {
  readonly value: Signal<T>;
  readonly dirty: Signal<boolean>;
  readonly sending: Signal<boolean>;
  /** Why the last try failed, when not for a field that is on the page. */
  readonly failure: Signal<unknown>;
  /** Everything that is wrong now, shown or not. */
  readonly problems: Signal<readonly FormProblem[]>;
  field<K extends keyof T & string>(name: K): FormField<T[K]>;
  /** A field inside: `form.at<string>('persons.0.firstName')`. */
  at<V>(path: string): FormField<V>;
  patch(part: Partial<T>): void;
  /** Takes a value as if just opened: nothing dirty, no problem shown. */
  reset(value: T): void;
  submit<R>(work: (value: T) => Promise<R>): Promise<R | undefined>;
  /** Shows every problem and focuses the first wrong field; false when there is none. */
  showProblems(): boolean;
}

let made = 0;

/** The forms of the parts that are on the page. */
const open = new Set<Pick<Form<object>, 'dirty' | 'sending'>>();

/** Somebody typed what was not handed in yet: now is no moment to open the page anew. */
export function formsInWork(): boolean {
  return untracked(() => [...open].some((form) => form.dirty() || form.sending()));
}

export function formFor<T extends object>(initial: T, check: (value: T) => readonly FormProblem[] = () => []): Form<T> {
  const prefix = `f${++made}`;
  const value = signal(initial);
  const opened = signal(initial);
  const left = signal<ReadonlySet<string>>(new Set());
  const sent = signal(false);
  const sending = signal(false);
  const failure = signal<unknown>(null);
  const refused = signal<readonly FormProblem[]>([]);
  const problems = computed(() => [...check(value()), ...refused()]);
  const fields = new Map<string, FormField<unknown>>();

  const at = <V>(path: string): FormField<V> => {
    const known = fields.get(path) as FormField<V> | undefined;
    if (known) return known;
    const field: FormField<V> = {
      path,
      id: `${prefix}-${path.replaceAll('.', '-')}`,
      value: computed(() => readPath(value(), path) as V),
      set(to) {
        value.update((whole) => writePath(whole, path.split('.'), to) as T);
        refused.update((list) => list.filter((problem) => !within(problem.field, path)));
      },
      leave: () => left.update((paths) => new Set(paths).add(path)),
      problem: computed(() => {
        if (!sent() && !left().has(path) && !refused().some((problem) => problem.field === path)) return null;
        return (
          problems().find((problem) => problem.field === path) ??
          problems().find((problem) => within(problem.field, path) && !fields.has(problem.field)) ??
          null
        );
      }),
    };
    fields.set(path, field as FormField<unknown>);
    return field;
  };

  const showProblems = (): boolean => {
    sent.set(true);
    const wrong = untracked(problems);
    if (wrong.length === 0) return false;
    // After the messages are drawn, so that a screen reader reads the field together with its problem.
    setTimeout(() => focusFirst(prefix));
    return true;
  };

  const dirty = computed(() => value() !== opened());
  openWhileOnPage({ dirty, sending });

  return {
    value,
    dirty,
    sending,
    failure,
    problems,
    field: (name) => at(name),
    at,
    patch: (part) => value.update((whole) => ({ ...whole, ...part })),
    reset(to) {
      value.set(to);
      opened.set(to);
      left.set(new Set());
      refused.set([]);
      sent.set(false);
      failure.set(null);
    },
    showProblems,
    async submit(work) {
      if (untracked(sending)) return undefined;
      failure.set(null);
      refused.set([]);
      if (showProblems()) return undefined;
      sending.set(true);
      try {
        const answer = await work(untracked(value));
        opened.set(untracked(value));
        return answer;
      } catch (error) {
        failure.set(error);
        refused.set(fieldsOf(error));
        showProblems();
        return undefined;
      } finally {
        sending.set(false);
      }
    },
  };
}

function openWhileOnPage(form: Pick<Form<object>, 'dirty' | 'sending'>): void {
  let page: DestroyRef;
  try {
    page = inject(DestroyRef);
  } catch {
    // Made outside a part of a page, as in a test.
    return;
  }
  open.add(form);
  page.onDestroy(() => open.delete(form));
}

/** A field that stands alone, for a control outside any form. */
export function fieldOf<V>(initial: V, problem: Signal<FormProblem | null> = signal(null)): FormField<V> {
  const value = signal(initial);
  return { path: '', id: `f${++made}`, value, set: (to) => value.set(to), leave: () => undefined, problem };
}

function fieldsOf(error: unknown): readonly FormProblem[] {
  return typeof error === 'object' && error !== null && 'fields' in error && Array.isArray(error.fields)
    ? (error.fields as FormProblem[])
    : [];
}

function within(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}.`);
}

function readPath(from: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((found, key) => (found as Record<string, unknown> | null | undefined)?.[key], from);
}

function writePath(into: unknown, [key, ...rest]: string[], value: unknown): unknown {
  if (key === undefined) return value;
  const old = (into as Record<string, unknown> | null | undefined)?.[key];
  if (!Array.isArray(into)) return { ...(into as object | null), [key]: writePath(old, rest, value) };
  return into.map((item: unknown, index) => (String(index) === key ? writePath(item, rest, value) : item));
}

function focusFirst(prefix: string): void {
  document.querySelector<HTMLElement>(`[id^="${prefix}-"][aria-invalid="true"]`)?.focus();
}
