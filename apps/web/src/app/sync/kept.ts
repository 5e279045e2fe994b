import type { DeviceStanding, DraftView, FamilyBundle, OutboxEntry, ReferencePart } from '@tilts/domain';

// What the store of a phone holds, and how it is changed (local-store.ts).

/** A command here; `shown`: what it did is in the copy that came from the office. */
export interface KeptEntry extends OutboxEntry {
  readonly shown?: boolean;
  /** The family as it was called when this was written: it may be out of reach before this is at the office. */
  readonly about?: About | null;
}

export interface About {
  readonly familyId: string;
  readonly familyCode: string;
}

/** What this phone knows of the office. */
export interface OfficeState {
  /** Of the office that everything here belongs to. */
  generation: string | null;
  /** What it has of this device, as it said last. */
  said: DeviceStanding | null;
  /** Until where its changes are known here. */
  cursor: string | null;
  /** When it answered last, by the clock of this phone. */
  at: string | null;
}

export interface HeldFamily {
  stamp: string;
  bundle: FamilyBundle;
}

/** A draft with what the office does not know of it yet. `refused`: it will not have it, so it stays here. */
export interface HeldDraft {
  draft: DraftView;
  unsent: 'kept' | 'discarded' | 'refused' | null;
}

/** Of the parts of the reference, as they were when their answers were read. */
export type ReferenceStamps = Partial<Record<ReferencePart, string>>;

export interface Outbox {
  readonly entries: readonly KeptEntry[];
  readonly numbered: number;
  readonly office: OfficeState;
}
export interface OutboxAfter {
  entries: readonly KeptEntry[];
  office?: OfficeState;
  numbered?: number;
  /** Nothing that was fetched is trusted any more; it is shown until it is replaced. */
  fetchAnew?: boolean;
}

/** One step of fetching: everything in it is here afterwards, or nothing of it. */
export interface Fetched {
  families?: readonly HeldFamily[];
  gone?: readonly string[];
  reference?: Readonly<Record<string, unknown>>;
  referenceStamps?: ReferenceStamps;
  /** The cursor, once everything up to it is here. */
  cursor?: string;
  complete?: boolean;
  entries?: (entries: readonly KeptEntry[]) => readonly KeptEntry[];
}

/** What a page needs at its start. */
export interface Kept extends Outbox {
  readonly families: ReadonlyMap<string, HeldFamily>;
  readonly reference: Readonly<Record<string, unknown>>;
  readonly referenceStamps: ReferenceStamps;
  readonly drafts: readonly HeldDraft[];
  readonly complete: boolean;
  /** Something stood here that nobody can read. */
  readonly damaged: boolean;
  /** The highest number under which something stands, whether it can be read or not. */
  readonly highest: number;
}

// A record that cannot be read is passed over and stays where it is: perhaps somebody can make sense of it.
export function isEntry(entry: Partial<KeptEntry> | null): entry is KeptEntry {
  const { command, state, place, replaces, result } = entry ?? {};
  return (
    typeof command?.seq === 'number' &&
    [command.id, command.operation, command.content, state].every((text) => typeof text === 'string') &&
    typeof place === 'number' &&
    Array.isArray(replaces) &&
    typeof result === 'object'
  );
}

const partsOfFamily = ['persons', 'consents', 'outcomes', 'visits', 'referrals', 'messages'] as const;

export function isFamily(family: Partial<HeldFamily> | null): family is HeldFamily {
  const bundle = family?.bundle;
  return typeof bundle?.family?.id === 'string' && partsOfFamily.every((part) => Array.isArray(bundle[part]));
}

export function isDraft(held: Partial<HeldDraft> | null): held is HeldDraft {
  const { id, content, savedAt } = held?.draft ?? {};
  return [id, content, savedAt].every((text) => typeof text === 'string');
}
