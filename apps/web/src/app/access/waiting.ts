import { DestroyRef, computed, inject, signal, type Signal } from '@angular/core';
import { CallProblem } from '../platform/exchange';

/** After too many tries: how many seconds are left until the next one, counted down. */
export class Waiting {
  readonly #seconds = signal(0);
  readonly seconds: Signal<number> = this.#seconds.asReadonly();
  readonly is = computed(() => this.#seconds() > 0);

  constructor() {
    const clock = setInterval(() => this.#seconds.update((seconds) => Math.max(0, seconds - 1)), 1000);
    inject(DestroyRef).onDestroy(() => clearInterval(clock));
  }

  /** Begins to wait when that is what the server said. */
  take(problem: unknown): void {
    if (problem instanceof CallProblem && problem.code === 'SIGN_IN_LATER')
      this.#seconds.set(Number(problem.params['seconds'] ?? 30));
  }
}
