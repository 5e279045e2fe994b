import { Injectable, Injector, inject } from '@angular/core';

/** A short word that something worked: `snack.show(texts.text('visits.saved'))`. Read out politely; loaded when first needed. */
@Injectable({ providedIn: 'root' })
export class Snack {
  readonly #injector = inject(Injector);

  async show(text: string): Promise<void> {
    const { MatSnackBar } = await import('@angular/material/snack-bar');
    this.#injector.get(MatSnackBar).open(text, undefined, {
      duration: 5000,
      politeness: 'polite',
      verticalPosition: 'bottom',
      panelClass: 'tl-snack',
    });
  }
}
