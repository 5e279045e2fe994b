import { inject, linkedSignal, resource, type Signal } from '@angular/core';
import type { OutputOf } from '@tilts/domain';
import { CALL } from './call';
import type { AnyEndpoint, CallArguments } from './exchange';

/** Something that a page reads and shows. While it is read again, or when that fails, the old value stays on the screen. */
export interface Read<T> {
  readonly value: Signal<T | undefined>;
  readonly loading: Signal<boolean>;
  readonly problem: Signal<unknown>;
  reload(): void;
}

type Held<T> = { value: T } | { failed: boolean };

/**
 * Reads an endpoint whenever what it asks for changes; `undefined` asks for nothing yet.
 *
 *     protected readonly family = read(familyEndpoints.get, () => ({ params: { id: this.id() } }));
 *
 *     <app-awaiting [of]="family" />
 *     @if (family.value(); as family) { … }
 */
export function read<E extends AnyEndpoint>(endpoint: E, given: () => CallArguments<E> | undefined): Read<OutputOf<E>> {
  const call = inject(CALL) as (endpoint: E, given: CallArguments<E>) => Promise<OutputOf<E>>;
  return readBy(given, (params) => call(endpoint, params));
}

/** The same by any work, for what takes more than one call. */
export function readBy<P, T>(given: () => P | undefined, load: (params: P) => Promise<T>): Read<T> {
  // What a resource is asked for is never undefined while its loader runs.
  const source = resource({ params: given, loader: ({ params }) => load(params as P) });
  // A resource throws when its value is read after a failure; a page shows the problem instead, beside what it had. Asked for
  // something else it holds nothing: the buttons of one referral never stand under another.
  const value = linkedSignal<Held<T>, T | undefined>({
    source: () => (source.hasValue() ? { value: source.value() } : { failed: source.status() === 'error' }),
    computation: (now, before) => ('value' in now ? now.value : now.failed ? before?.value : undefined),
  });
  return {
    value: value.asReadonly(),
    loading: source.isLoading,
    problem: source.error,
    reload: () => void source.reload(),
  };
}
