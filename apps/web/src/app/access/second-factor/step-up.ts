import { Injectable, Injector, inject } from '@angular/core';
import { Router } from '@angular/router';
import type { Assurance } from '../../platform/call';
import { SECOND_FACTOR } from '../guards';

/** Asks anew who is sitting here, before what an open screen must not give away; the dialog is loaded when it is first needed. */
@Injectable({ providedIn: 'root' })
export class StepUp implements Assurance {
  readonly #injector = inject(Injector);
  #asking: Promise<boolean> | null = null;

  /** However many calls are refused at once, one dialog asks for all. */
  proveAnew(): Promise<boolean> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  async needSecondFactor(): Promise<void> {
    await this.#injector.get(Router).navigateByUrl(`/${SECOND_FACTOR}`);
  }

  async #ask(): Promise<boolean> {
    const [{ Dialog }, { StepUpDialog }] = await Promise.all([
      import('@angular/cdk/dialog'),
      import('./step-up-dialog'),
    ]);
    return new Promise((answer) => {
      const dialog = this.#injector.get(Dialog).open<boolean>(StepUpDialog, {
        ariaLabelledBy: 'step-up-heading',
        ariaDescribedBy: 'step-up-text',
        ariaModal: true,
        backdropClass: 'tl-backdrop',
      });
      dialog.closed.subscribe((proved) => answer(proved ?? false));
    });
  }
}
