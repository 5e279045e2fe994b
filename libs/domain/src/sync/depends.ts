import type { Command } from './command.js';
import { inOneOrder, readContent } from './content.js';

const isId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

interface Ids {
  /** Of the record itself, when the phone made it. */
  root: string | null;
  made: ReadonlySet<string>;
  named: ReadonlySet<string>;
  records: ReadonlySet<string>;
}

const known = new WeakMap<Command, Ids>();

/** Records that exist because of this command: whatever stands as `id` in its input, at any depth. */
export function idsMadeBy(command: Command): ReadonlySet<string> {
  return idsOf(command).made;
}

/** Records that must be there already: every other id in its path and its input. */
export function idsNamedBy(command: Command): ReadonlySet<string> {
  return idsOf(command).named;
}

/** Records that are another one after it: those it makes, and the one that its path names. */
export function recordsOf(command: Command): ReadonlySet<string> {
  return idsOf(command).records;
}

/** A change of a record that somebody else may change too; only these know what was read before. */
export function isChange(command: Command): boolean {
  return typeof command.base === 'string';
}

/**
 * What a command is about: two that are alike say the same thing twice, and the later one corrects the earlier. A change is about the
 * record of its path, anything else about what it makes.
 */
export function subjectOf(command: Command): string {
  const { params } = readContent(command);
  const { root } = idsOf(command);
  if (isChange(command)) return `${command.operation} ${inOneOrder(params)}`;
  return root ? `${command.operation} ${root}` : `${command.operation} ${command.content}`;
}

function idsOf(command: Command): Ids {
  let ids = known.get(command);
  if (!ids) {
    ids = found(command);
    known.set(command, ids);
  }
  return ids;
}

function found(command: Command): Ids {
  const { params, input } = readContent(command);
  const made = new Set<string>();
  const said = new Set<string>();
  const inPath = new Set<string>();
  collect(params, false, inPath, inPath);
  collect(input, false, made, said);
  const named = new Set([...inPath, ...said].filter((id) => !made.has(id)));
  const root = typeof input['id'] === 'string' && isId.test(input['id']) ? input['id'].toLowerCase() : null;
  return { root, made, named, records: new Set([...made, ...inPath]) };
}

function collect(value: unknown, isOwnId: boolean, made: Set<string>, named: Set<string>): void {
  if (typeof value === 'string') {
    if (isId.test(value)) (isOwnId ? made : named).add(value.toLowerCase());
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, false, made, named);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) collect(part, key === 'id', made, named);
  }
}
