import {
  idsMadeBy,
  idsNamedBy,
  readContent,
  unsettled,
  type Clash,
  type Command,
  type HeldCopy,
  type RefusedField,
} from '@tilts/domain';
import type { About, KeptEntry } from './kept';
import { recordsIn } from './records-in';

export type UnsentState = 'waiting' | 'held' | 'refused' | 'conflict';

/** One thing that this phone holds and the office has not taken yet. */
export interface Unsent {
  /** The id of the command. */
  id: string;
  seq: number;
  /** `POST /visits` */
  operation: string;
  /** waiting: goes by itself; held: waits for another one that needs somebody; refused, conflict: need somebody. */
  state: UnsentState;
  madeAt: string;
  familyId: string | null;
  /** What the family is called everywhere but by name: `JEL-0012`; null when it is not known here. */
  familyCode: string | null;
  /** What was written. */
  params: Readonly<Record<string, string>>;
  input: Readonly<Record<string, unknown>>;
  /** Of a refusal: an error code with its parameters, and the fields. */
  code: string | null;
  problemParams: Record<string, string | number>;
  fields: readonly RefusedField[];
  /** Of a conflict: both values as JSON, and the version that stands at the office. */
  clashes: readonly Clash[];
  version: number | null;
}

/** What is not at the office, in its order, as the page of unsent things shows it. */
export function unsentOf(entries: readonly KeptEntry[], seen: HeldCopy | null): Unsent[] {
  return unsettled(entries).map((entry) => asUnsent(entry, seen));
}

export function asUnsent(entry: KeptEntry, seen: HeldCopy | null): Unsent {
  const known = told.get(entry);
  if (known) return known;
  const unsent = made(entry, seen);
  // A family that is not here yet may come.
  if (unsent.familyCode) told.set(entry, unsent);
  return unsent;
}

/** What is said anew is about the family that it was about before. */
export function withAboutOfReplaced(entries: readonly KeptEntry[]): KeptEntry[] {
  return entries.map((entry) => {
    if (entry.about || entry.state === 'settled' || entry.replaces.length === 0) return entry;
    const about = entries.find((old) => old.about && entry.replaces.includes(old.command.id))?.about;
    return about ? { ...entry, about } : entry;
  });
}

/** Entries never change: what was worked out about one stays true. */
const told = new WeakMap<KeptEntry, Unsent>();

/** Which family a command is about, as far as this phone knows. */
export function aboutOf(command: Command, seen: HeldCopy | null): About | null {
  const ids = [...idsNamedBy(command), ...idsMadeBy(command)];
  const family = seen?.bundles.find((bundle) => ids.some((id) => recordsIn(bundle).has(id)))?.family;
  return family ? { familyId: family.id, familyCode: family.code } : null;
}

/** The entry of that command with its family noted beside it. */
export function withAbout(entries: readonly KeptEntry[], { id }: Command, about: About | null): KeptEntry[] {
  return entries.map((entry) => (entry.command.id === id && about ? { ...entry, about } : entry));
}

function made(entry: KeptEntry, seen: HeldCopy | null): Unsent {
  const { command, state, result } = entry;
  const { params, input } = readContent(command);
  const about = entry.about ?? aboutOf(command, seen);
  const answered = state === 'refused' || state === 'conflict' ? result : null;
  return {
    id: command.id,
    seq: command.seq,
    operation: command.operation,
    // What is settled is not among them.
    state: state as UnsentState,
    madeAt: command.madeAt,
    familyId: about?.familyId ?? (typeof input['familyId'] === 'string' ? input['familyId'] : null),
    familyCode: about?.familyCode ?? null,
    params,
    input,
    code: answered?.code ?? null,
    problemParams: paramsIn(answered?.params),
    fields: answered?.fields ?? [],
    clashes: answered?.clashes ?? [],
    version: answered?.version ?? null,
  };
}

/** JSON of the parameters of a problem; none when it says nothing. */
export function paramsIn(text: string | null | undefined): Record<string, string | number> {
  return text ? (JSON.parse(text) as Record<string, string | number>) : {};
}
