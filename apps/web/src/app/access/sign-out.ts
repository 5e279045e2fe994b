import { Injectable, inject } from '@angular/core';
import { Snack, Texts } from '@tilts/ui';
import { problemText } from '../platform/problem';
import { Session } from './session';

/** Asked before somebody signs out: work of theirs may wait on this device. `sync` provides it. */
export abstract class BeforeSignOut {
  /** False: they would rather stay. */
  abstract mayGo(): Promise<boolean>;
}

/** The way out, from wherever it is pressed. */
@Injectable({ providedIn: 'root' })
export class SignOut {
  readonly #session = inject(Session);
  readonly #texts = inject(Texts);
  readonly #snack = inject(Snack);
  readonly #before = inject(BeforeSignOut, { optional: true });

  async go(): Promise<void> {
    if (this.#before && !(await this.#before.mayGo())) return;
    try {
      await this.#session.signOut();
    } catch (problem) {
      await this.#snack.show(problemText(this.#texts, problem));
    }
  }
}
