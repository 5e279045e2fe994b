import { Injectable, computed, inject } from '@angular/core';
import { MayUpdate } from '../platform/may-update';
import { Phone } from './phone';

/** Which schema a build must write to be opened over what this phone still has to hand in. */
@Injectable({ providedIn: 'root' })
export class UnsentSchema extends MayUpdate {
  readonly #phone = inject(Phone);

  override readonly unsentSchema = computed(() => {
    if (this.#phone.trouble() === 'newer') return null;
    if (!this.#phone.on()) return undefined;
    // What needs its person has been at the office already; it may stand for weeks, and the phone must not grow old with it.
    const waiting = new Set(
      this.#phone.unsent().flatMap(({ id, state }) => (state === 'waiting' || state === 'held' ? [id] : [])),
    );
    const schemas = this.#phone.commands().flatMap(({ id, schema }) => (waiting.has(id) ? [schema] : []));
    return schemas.length > 0 ? Math.min(...schemas) : null;
  });
}
