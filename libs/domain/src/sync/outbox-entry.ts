import type { Command, CommandResult, DeviceStanding } from './command.js';

/**
 * `waiting`: on its way. `held`: it builds on one that needs somebody. `refused`, `conflict`: a person must look at it. `settled`: the
 * office has it, or knows that nothing comes under this number any more.
 */
export type OutboxState = 'waiting' | 'held' | 'refused' | 'conflict' | 'settled';

/** One command as the phone keeps it. Entries are never changed: what a function here did not touch is the same object afterwards. */
export interface OutboxEntry {
  readonly command: Command;
  readonly state: OutboxState;
  /** Its turn: its own number, or that of the first one that it replaces, since others build on that one. */
  readonly place: number;
  /** What the office said last. */
  readonly result: CommandResult | null;
  /** How often the office said „not now”. */
  readonly tries: number;
  /** Commands, by id, that leave when this one is applied: refused ones that it corrects. */
  readonly replaces: readonly string[];
  readonly settledAt?: string | null;
  /** Its words are gone: a person threw it away, or a corrected one was applied. Only its number is left, for the office to tick off. */
  readonly thrownAway?: boolean;
}
export type Entries = readonly OutboxEntry[];

/** What is not at the office yet, in its order; of something said anew the newest only. */
export function unsettled(entries: Entries): OutboxEntry[] {
  const superseded = supersededIn(entries);
  return byPlace(entries.filter((entry) => !isDone(entry) && !superseded.has(entry.command.id)));
}

export function needsSomebody({ state }: OutboxEntry): boolean {
  return state === 'refused' || state === 'conflict';
}

/** Nothing of the person is left in it to be sent. */
export function isDone({ state, thrownAway }: OutboxEntry): boolean {
  return state === 'settled' || thrownAway === true;
}

/** The office keeps a receipt for its number. */
export function isReceived({ result }: OutboxEntry): boolean {
  return result !== null && result.outcome !== 'notNow';
}

export function isAmong({ receivedUpTo, receivedAbove }: DeviceStanding, seq: number): boolean {
  return seq <= receivedUpTo || receivedAbove.some(({ from, to }) => from <= seq && seq <= to);
}

/** Those that were said anew, while the newer one is not applied yet. */
export function supersededIn(entries: Entries): Set<string> {
  return new Set(entries.flatMap((entry) => (isDone(entry) ? [] : entry.replaces)));
}

export function byPlace(entries: Entries): OutboxEntry[] {
  return [...entries].sort((a, b) => a.place - b.place || a.command.seq - b.command.seq);
}
