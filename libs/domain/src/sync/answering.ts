import type { InputOf, OutputOf, Params } from '../endpoint/endpoint.js';
import { operationOf, type AnyOperation, type Given, type HeldCopy } from './local-copy.js';

type PathOf<E> = E extends { path: infer P extends string } ? P : never;

/** What a call was given, as its endpoint declares it; not checked again here. */
export interface GivenTo<E extends AnyOperation> {
  readonly params: Params<PathOf<E>>;
  readonly input: InputOf<E>;
}

/** An operation, and how the copy answers it. */
export type Answering = readonly [operation: string, by: (copy: HeldCopy, given: Given) => unknown];

export function answer<E extends AnyOperation>(
  endpoint: E,
  by: (copy: HeldCopy, given: GivenTo<E>) => OutputOf<E> | undefined,
): Answering {
  return [operationOf(endpoint), (copy, given) => by(copy, givenTo(given))];
}

export function givenTo<E extends AnyOperation>({ params = {}, input = {} }: Given): GivenTo<E> {
  return { params, input } as GivenTo<E>;
}
