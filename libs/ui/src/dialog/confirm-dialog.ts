import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Button } from '../button/button';
import { TextPipe } from '../text/pipes';

export interface Question {
  heading: string;
  text: string;
  /** The words of the button that does it: a verb, never „Labi”. */
  yes: string;
  no?: string;
  danger?: boolean;
}

/** The dialog itself; opened by `Confirm`. The harmless answer has the focus. */
@Component({
  selector: 'tl-confirm-dialog',
  imports: [Button, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 id="tl-confirm-heading">{{ question.heading }}</h2>
    <p id="tl-confirm-text">{{ question.text }}</p>
    <div class="answers">
      <button type="button" data-first tlButton="secondary" (click)="dialog.close(false)">
        {{ question.no ?? ('ui.cancel' | text) }}
      </button>
      <button type="button" [tlButton]="question.danger ? 'danger' : 'primary'" (click)="dialog.close(true)">
        {{ question.yes }}
      </button>
    </div>
  `,
  styles: `
    :host {
      display: grid;
      gap: 10px;
      inline-size: min(440px, calc(100vw - 32px));
      padding: 24px;
      background: var(--tl-card);
      border-radius: 20px;
      box-shadow: var(--tl-shade);
    }
    h2 {
      font-size: 1.1875rem;
      line-height: 1.3;
      color: var(--tl-ink);
      margin: 0;
    }
    p {
      margin: 0;
      color: var(--tl-muted);
      white-space: pre-line;
    }
    .answers {
      display: flex;
      flex-wrap: wrap-reverse;
      justify-content: flex-end;
      gap: 10px;
      margin-block-start: 10px;
    }
  `,
})
export class ConfirmDialog {
  protected readonly question = inject<Question>(DIALOG_DATA);
  protected readonly dialog = inject<DialogRef<boolean>>(DialogRef);
}
