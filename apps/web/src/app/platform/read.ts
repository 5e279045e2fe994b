import { effect, inject, linkedSignal, resource, untracked, type Signal } from '@angular/core';
import type { OutputOf } from '@tilts/domain';
import { CALL } from './call';
import type { AnyEndpoint, CallArguments } from './exchange';
import { LocalCopy, type Given } from './local-copy';

/** Something that a page reads and shows. While it is read again, or when that fails, the old value stays on the screen. */
export interface Read<T> {
  readonly value: Signal<T | undefined>;
  readonly loading: Signal<boolean>;
  readonly problem: Signal<unknown>;
  reload(): void;
}

type Shown<T> = { value: T } | { failed: boolean };

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
  const copy = inject(LocalCopy, { optional: true });
  const held = copy && {
    changed: copy.changed,
    answer: (params: CallArguments<E>) =>
      copy.answer(endpoint, params as Given) as Promise<Held<OutputOf<E>> | undefined>,
  };
  return readBy(given, (params) => call(endpoint, params), held);
}

/** What this device holds itself and how it tells that it has changed. */
interface HeldHere<P, T> {
  changed: Signal<number>;
  answer(params: P): Promise<Held<T> | undefined>;
}
interface Held<T> {
  output: T;
}

/** The same by any work, for what takes more than one call. */
export function readBy<P, T>(
  given: () => P | undefined,
  load: (params: P) => Promise<T>,
  held: HeldHere<P, T> | null = null,
): Read<T> {
  let asOf = 0;
  let loads = 0;
  const source = resource({
    params: given,
    loader: ({ params }) => {
      loads += 1;
      asOf = held ? untracked(held.changed) : 0;
      // What a resource is asked for is never undefined while its loader runs.
      return load(params as P);
    },
  });
  if (held)
    effect(() => {
      const now = held.changed();
      if (source.isLoading() || now === asOf) return;
      asOf = now;
      untracked(() => void showAnew(now));
    });
  // Put beside the old value in one step: nothing loads, nothing flickers, and what stayed the same draws nothing.
  const showAnew = async (now: number): Promise<void> => {
    const [params, loadedBefore] = [given(), loads];
    const fresh = params === undefined ? undefined : await held?.answer(params).catch(() => undefined);
    if (!fresh || asOf !== now || loads !== loadedBefore || untracked(source.isLoading)) return;
    const shown = untracked(() => (source.hasValue() ? source.value() : undefined));
    if (JSON.stringify(shown) !== JSON.stringify(fresh.output)) source.set(fresh.output);
  };
  // A resource throws when its value is read after a failure; a page shows the problem instead, beside what it had. Asked for
  // something else it holds nothing: the buttons of one referral never stand under another.
  const value = linkedSignal<Shown<T>, T | undefined>({
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
