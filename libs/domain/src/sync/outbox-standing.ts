import type { DeviceStanding } from './command.js';
import { recordsOf } from './depends.js';
import { needsSomebody, unsettled, type Entries } from './outbox-entry.js';

/** What the app bar says. `generation`: of the office that the phone works with; `numbered`: the highest number it has given. */
export function standing(
  entries: Entries,
  said: DeviceStanding | null,
  numbered: number,
  generation: string | null,
): { unsent: number; needsYou: number; allSent: boolean } {
  const open = unsettled(entries);
  return {
    unsent: open.filter((entry) => !needsSomebody(entry)).length,
    needsYou: open.filter(needsSomebody).length,
    allSent:
      entries.every(({ state }) => state === 'settled') &&
      said !== null &&
      said.generation === generation &&
      said.receivedUpTo === numbered &&
      said.receivedAbove.length === 0,
  };
}

/** The number after all that were given; also when the phone was set back to an older state of itself and the office knows more of them. */
export function nextNumber(numbered: number, said: DeviceStanding | null): number {
  return Math.max(numbered, said?.receivedUpTo ?? 0, ...(said?.receivedAbove ?? []).map(({ to }) => to)) + 1;
}

/** Where a record is, with its latest change. */
export function whereIs(entries: Entries, recordId: string): 'phone' | 'office' | 'needsYou' {
  const about = unsettled(entries).filter(({ command }) => recordsOf(command).has(recordId.toLowerCase()));
  if (about.some(needsSomebody)) return 'needsYou';
  return about.length > 0 ? 'phone' : 'office';
}
