import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { TextPipe } from '@tilts/ui';
import type { Work } from './import-run';

/** What is being done and how far it is, as a bar and as a figure. */
@Component({
  selector: 'app-import-work',
  imports: [TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p role="status">{{ $any('imports.working.' + work().kind) | text: { done: work().done, of: work().of } }}</p>
    @if (work().of > 0 && work().kind !== 'trying') {
      <progress
        [max]="work().of"
        [value]="work().done"
        [attr.aria-label]="$any('imports.working.' + work().kind) | text: { done: work().done, of: work().of }"
      ></progress>
    } @else {
      <progress
        [attr.aria-label]="$any('imports.working.' + work().kind) | text: { done: work().done, of: work().of }"
      ></progress>
    }
    <p class="tl-small tl-muted">{{ 'imports.working.leave' | text }}</p>
  `,
  styles: `
    p {
      margin: 0;
    }
    progress {
      display: block;
      inline-size: 100%;
      block-size: 12px;
      margin-block: 8px;
      accent-color: var(--tl-accent);
    }
  `,
})
export class ImportWork {
  readonly work = input.required<Work>();
}
