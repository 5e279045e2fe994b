import { Injectable, Injector, inject } from '@angular/core';
import type { Question } from './confirm-dialog';

/** Asks before something that cannot be undone: `if (await confirm.ask({ heading, text, yes, danger: true })) …`. */
@Injectable({ providedIn: 'root' })
export class Confirm {
  readonly #injector = inject(Injector);

  async ask(question: Question): Promise<boolean> {
    const [{ Dialog }, { ConfirmDialog }] = await Promise.all([
      import('@angular/cdk/dialog'),
      import('./confirm-dialog'),
    ]);
    return new Promise((answer) => {
      const dialog = this.#injector.get(Dialog).open<boolean, Question>(ConfirmDialog, {
        data: question,
        role: 'alertdialog',
        ariaLabelledBy: 'tl-confirm-heading',
        ariaDescribedBy: 'tl-confirm-text',
        autoFocus: '[data-first]',
        backdropClass: 'tl-backdrop',
      });
      dialog.closed.subscribe((yes) => answer(yes ?? false));
    });
  }
}
