import { fieldsOf, type Class } from '../fields/registry.js';
import { sameValue } from '../fields/same-content.js';
import type { Clash, Command, CommandResult } from './command.js';
import { contentOf, inOneOrder, readContent } from './content.js';

/** What a change says of itself, not of the record: the merged one says it as the person did. */
const ofTheChange = new Set(['id', 'version', 'correctionReason']);

export interface Merged<T> {
  /** The change with what others changed meanwhile; where both did, as the person wrote it. */
  merged: T;
  clashes: Clash[];
}

/**
 * Three-way merge by field. `base`: what the person read; `mine`: what they made of it; `theirs`: how it stands now. A field that only one
 * side changed is taken from that side; one that both changed to different things is a clash, which a person decides. A list is one field.
 */
export function mergeFields<T extends object>(type: Class<T>, base: object, mine: T, theirs: object): Merged<T> {
  const merged = { ...mine };
  const clashes: Clash[] = [];
  for (const field of fieldsOf(type)) {
    const { name } = field;
    if (ofTheChange.has(name)) continue;
    const [read, wrote, stands] = [base, mine, theirs].map((side) => (side as Record<string, unknown>)[name]);
    if (sameValue(field, wrote, stands) || sameValue(field, read, stands)) continue;
    if (sameValue(field, read, wrote)) (merged as Record<string, unknown>)[name] = stands;
    else clashes.push({ field: name, mine: jsonOf(wrote), theirs: jsonOf(stands) });
  }
  return { merged, clashes };
}

/**
 * What the person chose in a clash, for `sendAgain`: by field the value to be kept. It is a change of what they saw then, so that whatever
 * changed since clashes again, and what others wrote beside it is merged as before. (The version stays the one that was read: under that
 * of the clash the fields beside it would count as seen.)
 */
export function chosen(
  command: Command,
  { clashes }: Pick<CommandResult, 'clashes'>,
  values: Readonly<Record<string, unknown>>,
): { content: string; base: string } {
  const { params, input } = readContent(command);
  const seen = Object.fromEntries(clashes.map(({ field, theirs }) => [field, JSON.parse(theirs) as unknown]));
  const base = JSON.parse(command.base ?? '{}') as object;
  return { content: contentOf(params, { ...input, ...values }), base: inOneOrder({ ...base, ...seen }) };
}

/**
 * The base of a change that says anew what changes before it said and the office does not have. The form showed their words, but nobody
 * else did: where they changed a field, it is still a change of what they had read.
 */
export function baseOver(command: Command, replaced: readonly Command[]): string | null {
  if (!command.base || replaced.length === 0) return command.base ?? null;
  const base = JSON.parse(command.base) as Record<string, unknown>;
  for (const old of [...replaced].reverse()) {
    const read = JSON.parse(old.base ?? '{}') as Record<string, unknown>;
    for (const [field, wrote] of Object.entries(readContent(old).input))
      if (jsonOf(wrote) !== jsonOf(read[field])) base[field] = read[field];
  }
  return inOneOrder(base);
}

function jsonOf(value: unknown): string {
  return inOneOrder(value ?? null);
}
