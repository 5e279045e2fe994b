import { addDays } from '../fields/day.js';
import { newId } from '../fields/id.js';
import type { Command, CommandResult, DeviceStanding, NumberRange } from './command.js';
import { blankResult, commandSchema } from './command.js';
import { baseOver } from './merge.js';
import { idsMadeBy, idsNamedBy, isChange, subjectOf } from './depends.js';
import {
  byPlace,
  isAmong,
  isDone,
  isReceived,
  needsSomebody,
  supersededIn,
  type Entries,
  type OutboxEntry,
} from './outbox-entry.js';

/** How long the phone can make good what a restored backup lacks. */
export const daysKept = 30;

/** No operation: what is sent under the number of a command that was thrown away before the office had it. It is always refused. */
export const nothingOperation = 'NONE';

/**
 * Adds what was just done. When it says anew what was refused, it takes that one's place. Later changes of the record that were held behind
 * the refused one were seen when this one was made, so it takes their place too.
 */
export function add(entries: Entries, command: Command): OutboxEntry[] {
  const subject = subjectOf(command);
  const superseded = supersededIn(entries);
  const alike = byPlace(entries).filter(
    (entry) => !isDone(entry) && !superseded.has(entry.command.id) && subjectOf(entry.command) === subject,
  );
  const replaced = alike[0]?.state === 'refused' ? alike : [];
  const said = replaced.map((entry) => entry.command);
  const anew = said.length > 0 ? { ...command, base: baseOver(command, said) } : command;
  return withHeld([...entries, entryOf(anew, replaced)]);
}

/**
 * The next commands to send, in their order. It ends before one that builds on another of the same batch: whether that one is applied
 * must be known first.
 */
export function nextBatch(entries: Entries, limits: { commands: number; bytes: number }): Command[] {
  const batch: Command[] = [];
  const made = new Set<string>();
  const changed = new Set<string>();
  let bytes = 0;
  for (const { command } of byPlace(entries.filter(({ state }) => state === 'waiting'))) {
    bytes += sizeOf(command);
    if (batch.length === limits.commands || (batch.length > 0 && bytes > limits.bytes)) break;
    if ([...idsNamedBy(command)].some((id) => made.has(id))) break;
    if (isChange(command) && changed.has(subjectOf(command))) break;
    for (const id of idsMadeBy(command)) made.add(id);
    if (isChange(command)) changed.add(subjectOf(command));
    batch.push(command);
  }
  return batch;
}

/** Takes what the office said of each command. Nothing takes back that one was applied. */
export function takeResults(entries: Entries, results: readonly CommandResult[], now: string): OutboxEntry[] {
  const said = new Map(results.map((result) => [result.id, result]));
  const replaced = new Set<string>();
  const taken = entries.map((entry): OutboxEntry => {
    const result = said.get(entry.command.id);
    if (!result || result.seq !== entry.command.seq || entry.state === 'settled') return entry;
    if (result.outcome === 'notNow') return { ...entry, tries: entry.tries + 1 };
    if (entry.thrownAway) return { ...entry, state: 'settled', result, settledAt: now };
    if (result.outcome === 'refused' || result.outcome === 'conflict')
      return { ...entry, state: result.outcome, result };
    for (const id of entry.replaces) replaced.add(id);
    return { ...entry, state: 'settled', result, settledAt: now };
  });
  return withHeld(emptied(taken, replaced, now));
}

/** The office cannot even be asked about it (it alone is too large to be sent): it needs somebody, and its number stays open. */
export function refuseHere(entries: Entries, id: string, code: string): OutboxEntry[] {
  return withHeld(
    entries.map((entry) => {
      if (entry.command.id !== id || entry.state !== 'waiting') return entry;
      return { ...entry, state: 'refused', result: { ...unanswered(entry.command), code } };
    }),
  );
}

/**
 * Sends a refused one or a clash again: always under a new number, since the office answers the old one as it did; what it makes keeps
 * its id. `changed`: corrected by the person, or what they chose (`chosen` in merge.ts). A held one goes by itself.
 */
export function sendAgain(
  entries: Entries,
  id: string,
  number: { seq: number; now: string },
  changed?: { content: string; base?: string | null },
): OutboxEntry[] {
  const old = entries.find(({ command }) => command.id === id);
  if (!old || !needsSomebody(old) || supersededIn(entries).has(id)) return [...entries];
  const { content = old.command.content, base = old.command.base } = changed ?? {};
  const { operation } = old.command;
  const command = { id: newId(), seq: number.seq, schema: commandSchema, operation, content, base, madeAt: number.now };
  return withHeld([...entries, entryOf(command, [old])]);
}

/** What goes when this one is thrown away: itself, what it corrects, and all that cannot be without it. Empty: it may not be. */
export function lostWith(entries: Entries, id: string): OutboxEntry[] {
  const first = entries.find(({ command }) => command.id === id);
  if (!first || first.thrownAway || supersededIn(entries).has(id)) return [];
  if (!needsSomebody(first) && first.state !== 'held') return [];
  const lost = new Set<string>([id, ...first.replaces]);
  const gone = new Set(idsMadeBy(first.command));
  for (const entry of byPlace(entries)) {
    if (isDone(entry) || entry.place <= first.place) continue;
    if (![...idsNamedBy(entry.command)].some((named) => gone.has(named))) continue;
    lost.add(entry.command.id);
    for (const made of idsMadeBy(entry.command)) gone.add(made);
  }
  return entries.filter((entry) => lost.has(entry.command.id));
}

/** Only after the person was asked, with what `lostWith` says. */
export function throwAway(entries: Entries, id: string, now: string): OutboxEntry[] {
  const lost = new Set(lostWith(entries, id).map(({ command }) => command.id));
  return withHeld(emptied(entries, lost, now));
}

/**
 * Numbers of which nothing can be read here any more, and of which the office has nothing. Their person has been told; the office ticks them
 * off, so that „all sent” can be said again.
 */
export function tickOffGaps(
  entries: Entries,
  numbered: number,
  said: DeviceStanding | null,
  now: string,
): OutboxEntry[] {
  if (!said) return [...entries];
  const here = new Set(entries.map(({ command }) => command.seq));
  const first = said.receivedUpTo + 1;
  const gaps = Array.from({ length: numbered - said.receivedUpTo }, (_, i) => first + i).filter(
    (seq) => !here.has(seq) && !isAmong(said, seq),
  );
  const nothing = { schema: commandSchema, operation: nothingOperation, content: '{}', base: null, madeAt: now };
  return [...entries, ...gaps.map((seq) => ({ ...entryOf({ ...nothing, id: newId(), seq }, []), thrownAway: true }))];
}

/**
 * Everything that an answer tells: what became of the commands, and whether the office is still the one that the phone knows. `knew`: what
 * it had said before it was asked; null: they never spoke. Only of an answer that was waited for: one to a try that was given up may tell
 * of before a restore.
 */
export function takeAnswer(
  entries: Entries,
  answer: DeviceStanding & { results?: readonly CommandResult[] },
  knew: DeviceStanding | null,
  now: string,
): OutboxEntry[] {
  const taken = takeResults(entries, answer.results ?? [], now);
  return wasSetBack(knew, answer) ? afterRestore(taken, answer) : taken;
}

/**
 * It is another office now (a backup was restored), or one that has less than it had said (its files were copied back). `says` must be the
 * answer to a question that was asked after it had said `knew`.
 */
export function wasSetBack(knew: DeviceStanding | null, says: DeviceStanding): boolean {
  if (!knew) return false;
  if (knew.generation !== says.generation) return true;
  const has = ({ from, to }: NumberRange): boolean =>
    to <= says.receivedUpTo || says.receivedAbove.some((range) => range.from <= from && to <= range.to);
  return ![{ from: 1, to: knew.receivedUpTo }, ...knew.receivedAbove].every(has);
}

/**
 * The office was set back: all that the phone still has is sent again, under the numbers that it had. Also what seems to be
 * there: a try that was given up may have come to the restored office late, and what it said to that one is not known here.
 */
export function afterRestore(entries: Entries, has: DeviceStanding): OutboxEntry[] {
  const superseded = supersededIn(entries);
  return withHeld(
    entries.map((entry): OutboxEntry => {
      if (!isReceived(entry)) return entry;
      const isThere = isAmong(has, entry.command.seq);
      if (entry.thrownAway && isThere) return entry;
      // Its corrected form is on the way: only its number must still be ticked off, once that one is applied.
      if (!entry.thrownAway && superseded.has(entry.command.id))
        return isThere ? entry : { ...entry, result: unanswered(entry.command) };
      return { ...entry, state: 'waiting', result: null, settledAt: null };
    }),
  );
}

/** Settled ones leave after a month. */
export function forgetOld(entries: Entries, now: string): OutboxEntry[] {
  const last = addDays(now.slice(0, 10), -daysKept);
  return entries.filter(({ state, settledAt }) => state !== 'settled' || !settledAt || settledAt.slice(0, 10) >= last);
}

function entryOf(command: Command, replaced: Entries): OutboxEntry {
  return {
    command,
    state: 'waiting',
    place: Math.min(command.seq, ...replaced.map(({ place }) => place)),
    result: null,
    tries: 0,
    replaces: [...new Set(replaced.flatMap((old) => [old.command.id, ...old.replaces]))],
  };
}

function emptied(entries: Entries, ids: ReadonlySet<string>, now: string): OutboxEntry[] {
  return entries.map((entry): OutboxEntry => {
    if (!ids.has(entry.command.id) || isDone(entry)) return entry;
    const command = { ...entry.command, operation: nothingOperation, content: '{}', base: null };
    const left = { ...entry, command, replaces: [], thrownAway: true };
    return isReceived(entry)
      ? { ...left, state: 'settled', settledAt: now }
      : { ...left, state: 'waiting', result: null };
  });
}

/** Holds what builds on one that needs somebody, and lets go what does not any more. */
export function withHeld(entries: Entries): OutboxEntry[] {
  if (!entries.some((entry) => needsSomebody(entry) || entry.state === 'held')) return [...entries];
  // By id of a record, or subject of a change: the first place from which on it is stuck.
  const stuck = new Map<string, number>();
  const held = new Set<OutboxEntry>();
  for (const entry of byPlace(entries)) {
    if (isDone(entry)) continue;
    const { command, place } = entry;
    const change = isChange(command) ? [subjectOf(command)] : [];
    const isStuck = [...idsNamedBy(command), ...change].some((name) => (stuck.get(name) ?? Infinity) < place);
    if (isStuck) held.add(entry);
    if (isStuck || needsSomebody(entry))
      for (const name of [...idsMadeBy(command), ...change]) if (!stuck.has(name)) stuck.set(name, place);
  }
  return entries.map((entry): OutboxEntry => {
    if (isDone(entry) || needsSomebody(entry)) return entry;
    const state = held.has(entry) ? 'held' : 'waiting';
    return state === entry.state ? entry : { ...entry, state };
  });
}

function unanswered(command: Command): CommandResult {
  return { ...blankResult(command), outcome: 'notNow' };
}

function sizeOf({ content, base }: Command): number {
  return utf8Length(content) + utf8Length(base ?? '') + 300;
}

/** In JSON a quotation mark or an end of line takes two. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    bytes +=
      code < 0x80
        ? letter === '"' || letter === '\\' || code < 0x20
          ? 2
          : 1
        : code < 0x800
          ? 2
          : code < 0x10000
            ? 3
            : 4;
  }
  return bytes;
}
