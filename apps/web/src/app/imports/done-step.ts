import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Button, Card, Confirm, MomentPipe, Notice, Section, TextPipe, Texts } from '@tilts/ui';
import { ImportRun } from './import-run';

/** What was written, and for a day the way back. */
@Component({
  selector: 'app-import-done',
  imports: [Button, Card, MomentPipe, Notice, RouterLink, Section, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './done-step.html',
  styleUrl: './import-steps.scss',
})
export class DoneStep {
  readonly #texts = inject(Texts);
  readonly #confirm = inject(Confirm);
  protected readonly run = inject(ImportRun);

  protected async undo(): Promise<void> {
    const yes = await this.#confirm.ask({
      heading: this.#texts.text('imports.done.undoQuestion'),
      text: this.#texts.text('imports.done.undoWarning'),
      yes: this.#texts.text('imports.done.undo'),
      danger: true,
    });
    if (yes) await this.run.undo();
  }
}
