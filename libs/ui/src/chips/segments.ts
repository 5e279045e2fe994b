import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import type { Option } from '../form/option';
import { Icon } from '../icon/icon';

/** One of two or three that take effect at once, side by side: `<tl-segments [label]="…" [options]="…" [value]="…" (chosen)="…" />`. */
@Component({
  selector: 'tl-segments',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'group', '[attr.aria-label]': 'label()' },
  template: `
    @for (option of options(); track option.value) {
      <button
        type="button"
        [attr.lang]="option.lang"
        [attr.aria-pressed]="option.value === value()"
        (click)="chosen.emit(option.value)"
      >
        @if (option.icon; as icon) {
          <tl-icon [name]="icon" />
        }
        {{ option.label }}
      </button>
    }
  `,
  styles: `
    :host {
      display: inline-grid;
      grid-auto-flow: column;
      grid-auto-columns: auto;
      gap: 4px;
      padding: 4px;
      border-radius: 14px;
      background: var(--tl-line);
    }
    button {
      display: grid;
      justify-items: center;
      align-content: center;
      gap: 4px;
      min-block-size: 44px;
      min-inline-size: 0;
      padding: 4px 14px;
      border: 0;
      border-radius: 10px;
      background: none;
      color: var(--tl-muted);
      font-weight: 500;
      line-height: 1.2;
      cursor: pointer;
      --tl-icon: 20px;
    }
    button[aria-pressed='true'] {
      background: var(--tl-card);
      color: var(--tl-accent);
      font-weight: 600;
    }
  `,
})
export class Segments<V extends string> {
  readonly label = input.required<string>();
  readonly options = input.required<readonly Option<V>[]>();
  readonly value = input.required<V>();
  readonly chosen = output<V>();
}
