import { Injectable, Injector, inject } from '@angular/core';
import { BeforeSignOut } from '../access/sign-out';
import { Phone } from './phone';

/** Signing out with unsent work, or where signing in again will not work, is done knowingly. Nothing is thrown away by it. */
@Injectable({ providedIn: 'root' })
export class BeforeLeaving extends BeforeSignOut {
  readonly #phone = inject(Phone);
  readonly #injector = inject(Injector);

  async mayGo(): Promise<boolean> {
    if (!this.#phone.on()) return true;
    const unsent = await this.#phone.unsentCount();
    if (unsent === 0 && this.#phone.online()) return true;
    const [{ Dialog }, { LeavingDialog }] = await Promise.all([
      import('@angular/cdk/dialog'),
      import('./leaving-dialog'),
    ]);
    return new Promise((answer) => {
      this.#injector
        .get(Dialog)
        .open<boolean>(LeavingDialog, {
          role: 'alertdialog',
          ariaLabelledBy: 'leaving-heading',
          ariaDescribedBy: 'leaving-text',
          autoFocus: '[data-first]',
          backdropClass: 'tl-backdrop',
          injector: this.#injector,
        })
        .closed.subscribe((go) => answer(go ?? false));
    });
  }
}
