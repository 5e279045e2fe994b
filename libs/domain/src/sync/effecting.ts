import type { Me } from '../access/session.js';
import type { OutputOf } from '../endpoint/endpoint.js';
import type { Instant } from '../fields/day.js';
import type { Class } from '../fields/registry.js';
import { givenTo, type GivenTo } from './answering.js';
import type { FamilyBundle } from './copy.js';
import { operationOf, type AnyOperation, type Given, type HeldCopy } from './local-copy.js';
import { mergeFields } from './merge.js';

/** Who did something, when by the clock of the phone, and what they had read before (of a command that merges). */
export interface Doing {
  /** Of the command. */
  readonly id: string;
  readonly by: Me;
  readonly at: Instant;
  readonly base: object | null;
}

/** What a command will do, and what it gives once it stands in a copy. */
export interface Effect {
  readonly operation: string;
  readonly input: Class;
  readonly show: (copy: HeldCopy, given: Given, doing: Doing) => HeldCopy;
  readonly output: (after: HeldCopy, given: Given, base: object | null) => unknown;
}

export function effect<E extends AnyOperation>(
  endpoint: E,
  show: (copy: HeldCopy, given: GivenTo<E>, doing: Doing) => HeldCopy,
  output: (after: HeldCopy, given: GivenTo<E>, base: object | null) => OutputOf<E> | undefined,
): Effect {
  return {
    operation: operationOf(endpoint),
    input: endpoint.input as Class,
    show: (copy, given, doing) => show(copy, givenTo(given), doing),
    output: (after, given, base) => output(after, givenTo(given), base),
  };
}

/** The copy with something else in one family. */
export function changed(copy: HeldCopy, bundle: FamilyBundle, parts: Partial<FamilyBundle>): HeldCopy {
  const next = { ...bundle, ...parts };
  return { ...copy, bundles: copy.bundles.map((one) => (one === bundle ? next : one)) };
}

/** A list with one record replaced. */
export function replaced<V extends { id: string }>(items: readonly V[], next: V): V[] {
  return items.map((item) => (item.id === next.id ? next : item));
}

/**
 * A change as it will stand, by the rule of the office: what was read is compared, not its version, and only what the person changed is
 * theirs. Undefined when that cannot be told.
 */
export function overWhatStands<T extends { version: number }>(
  type: Class<T>,
  change: T,
  stands: { version: number },
  base: object | null,
): T | undefined {
  if (base) return mergeFields(type, base, change, stands).merged;
  return stands.version === change.version ? change : undefined;
}
