import type { OutputOf } from '../endpoint/endpoint.js';
import type { Command } from './command.js';
import { readContent } from './content.js';
import type { Doing } from './effecting.js';
import { familyEffects } from './effects-families.js';
import { referralEffects } from './effects-referrals.js';
import { visitEffects } from './effects-visits.js';
import { operationOf, type AnyOperation, type Given, type HeldCopy } from './local-copy.js';
import { hasShape } from './shape.js';

/** What each queued operation will do. */
export const phoneEffects = new Map(
  [...familyEffects, ...visitEffects, ...referralEffects].map((effect) => [effect.operation, effect]),
);

/** What was laid over a copy last: the next thing that somebody writes is laid over that, not over everything anew. */
const laid = new WeakMap<HeldCopy, { commands: readonly Command[]; after: HeldCopy }>();

/**
 * The copy as it will stand once the office has taken these commands, in the order in which they are handed in (`unsettled` of the outbox
 * gives it). What cannot be shown changes nothing.
 */
export function overlay(copy: HeldCopy, commands: readonly Command[]): HeldCopy {
  const before = laid.get(copy);
  const goesOn = before?.commands.every((command, at) => command.id === commands[at]?.id);
  let after = goesOn && before ? before.after : copy;
  for (const command of commands.slice(goesOn ? before?.commands.length : 0)) after = withCommand(after, command);
  laid.set(copy, { commands, after });
  return after;
}

function withCommand(copy: HeldCopy, command: Command): HeldCopy {
  const effect = phoneEffects.get(command.operation);
  if (!effect) return copy;
  const given = readContent(command);
  // Written by another build, or damaged: the office will say so, and until then the pages show what is known.
  if (!hasShape(effect.input, given.input) || Number.isNaN(Date.parse(command.madeAt))) return copy;
  const doing: Doing = { id: command.id, by: copy.me, at: command.madeAt, base: baseOf(command) };
  return effect.show(copy, given, doing);
}

function baseOf({ base }: Command): object | null {
  try {
    return JSON.parse(base ?? 'null') as object | null;
  } catch {
    return null;
  }
}

/**
 * What a queued operation gives when the office has not answered yet: read from the copy over which its command was laid. `base`: of the
 * command, for what is not held here, such as a visit of long ago. Undefined for operations that give nothing, and where nobody knows.
 */
export function outputOf<E extends AnyOperation>(
  endpoint: E,
  given: Given,
  after: HeldCopy,
  base: object | null = null,
): OutputOf<E> | undefined {
  return phoneEffects.get(operationOf(endpoint))?.output(after, given, base) as OutputOf<E> | undefined;
}
