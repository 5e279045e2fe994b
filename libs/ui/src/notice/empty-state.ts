import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Icon } from '../icon/icon';
import type { IconName } from '../icon/icons';

/** Nothing here yet, and what to do about it: „Vēl nav apmeklējumu. Pēc tikšanās nospiediet +.” A button may stand inside. */
@Component({
  selector: 'tl-empty',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <span class="mark"><tl-icon [name]="icon()" /></span>
    <p class="heading">{{ heading() }}</p>
    @if (text()) {
      <p class="text">{{ text() }}</p>
    }
    <ng-content />
  `,
  styles: `
    :host {
      display: grid;
      justify-items: center;
      gap: 6px;
      padding: 32px 20px;
      text-align: center;
      border: 1.5px dashed var(--tl-edge-soft);
      border-radius: 16px;
    }
    .mark {
      display: grid;
      place-items: center;
      inline-size: 56px;
      block-size: 56px;
      margin-block-end: 6px;
      border-radius: 50%;
      background: var(--tl-accent-soft);
      color: var(--tl-accent);
      --tl-icon: 28px;
    }
    .heading {
      font-weight: 600;
    }
    .text {
      color: var(--tl-muted);
      max-inline-size: 44ch;
      margin-block-end: 8px;
      text-wrap: pretty;
    }
  `,
})
export class EmptyState {
  readonly heading = input.required<string>();
  readonly text = input<string>();
  readonly icon = input<IconName>('bridge');
}
