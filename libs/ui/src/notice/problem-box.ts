import { ChangeDetectionStrategy, Component, booleanAttribute, input, output } from '@angular/core';
import { Button } from '../button/button';
import { TextPipe } from '../text/pipes';
import { Notice } from './notice';

/** Something did not work: what to do next, a way to try again, and the number to tell support. Read out as it appears. */
@Component({
  selector: 'tl-problem-box',
  imports: [Notice, Button, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-notice tone="late" [live]="true" [heading]="heading() ?? ('problem.heading' | text)">
      <p>{{ text() }}</p>
      @if (reference(); as number) {
        <p class="reference">{{ 'problem.reference' | text: { reference: number } }}</p>
      }
      @if (canRetry()) {
        <button type="button" tlButton="secondary" small icon="refresh" (click)="again.emit()">
          {{ 'problem.again' | text }}
        </button>
      }
    </tl-notice>
  `,
  styles: `
    .reference {
      color: var(--tl-muted);
      font-size: 0.875rem;
      overflow-wrap: anywhere;
    }
    button {
      margin-block-start: 10px;
    }
  `,
})
export class ProblemBox {
  readonly heading = input<string>();
  readonly text = input.required<string>();
  readonly reference = input<string | null>();
  readonly canRetry = input(false, { transform: booleanAttribute });
  readonly again = output();
}
