import { DOCUMENT, DestroyRef, Injectable, inject, signal } from '@angular/core';
import { visitEndpoints } from '@tilts/domain';
import { Snack, Texts } from '@tilts/ui';
import { CALL } from '../platform/call';
import { problemText } from '../platform/problem';

const mayUndoFor = 6_000;

/**
 * Next steps that were just ticked as done. „Done” is a fact that nobody takes back, so it is written only after some
 * seconds in which a slip of the finger can be undone, or at once when the page is left.
 */
@Injectable()
export class FinishingSteps {
  readonly #call = inject(CALL);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  readonly #ticked = signal<ReadonlySet<string>>(new Set());
  readonly ticked = this.#ticked.asReadonly();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor() {
    const window = inject(DOCUMENT).defaultView;
    const writeAll = (): void => [...this.#timers.keys()].forEach((visitId) => void this.#write(visitId));
    window?.addEventListener('pagehide', writeAll);
    inject(DestroyRef).onDestroy(() => {
      window?.removeEventListener('pagehide', writeAll);
      writeAll();
    });
  }

  tick(visitId: string): void {
    this.#ticked.update((ids) => new Set(ids).add(visitId));
    this.#timers.set(
      visitId,
      setTimeout(() => void this.#write(visitId), mayUndoFor),
    );
  }

  /** False: too late, it is written. */
  mayUndo(visitId: string): boolean {
    return this.#timers.has(visitId);
  }

  undo(visitId: string): void {
    clearTimeout(this.#timers.get(visitId));
    this.#timers.delete(visitId);
    this.#untick(visitId);
  }

  async #write(visitId: string): Promise<void> {
    clearTimeout(this.#timers.get(visitId));
    this.#timers.delete(visitId);
    // Anew, so that the card that shows it stops offering to undo.
    this.#ticked.update((ids) => new Set(ids));
    try {
      await this.#call(visitEndpoints.finishNextStep, { params: { id: visitId } });
    } catch (error) {
      this.#untick(visitId);
      void this.#snack.show(problemText(this.#texts, error));
    }
  }

  #untick(visitId: string): void {
    this.#ticked.update((ids) => new Set([...ids].filter((id) => id !== visitId)));
  }
}
