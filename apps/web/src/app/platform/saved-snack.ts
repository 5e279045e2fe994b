import { Injectable, inject } from '@angular/core';
import { Snack, Texts } from '@tilts/ui';
import { LocalCopy } from './local-copy';

/** Tells what was done, and no more than holds: what is only on this phone was not sent to anybody, and nobody else knows of it yet. */
@Injectable({ providedIn: 'root' })
export class SavedSnack {
  readonly #copy = inject(LocalCopy, { optional: true });
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);

  /** `done`: what may be said of this record once the office has it. */
  async show(recordId: string, done: string): Promise<void> {
    const where = this.#copy?.where(recordId) ?? 'office';
    // The mark beside the record says that it waits for its person.
    if (where === 'needsYou') return;
    await this.#snack.show(where === 'phone' ? this.#texts.text('sync.saved.onPhone') : done);
  }
}
