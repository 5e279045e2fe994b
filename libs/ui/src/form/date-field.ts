import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { DayPipe } from '../text/pipes';
import { Control } from './control';
import { FieldFrame } from './field-frame';

/** A calendar day (`YYYY-MM-DD`), a month (`YYYY-MM`) or a time of day (`HH:MM`), by the phone's own picker. */
@Component({
  selector: 'tl-date',
  imports: [DayPipe, FieldFrame],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-field
      [for]="id()"
      [label]="label()"
      [hint]="hint()"
      [problem]="problem()"
      [required]="required()"
      [labelHidden]="labelHidden()"
    >
      <span class="line">
        <input
          class="short"
          autocomplete="off"
          [id]="id()"
          [type]="type()"
          [value]="current() ?? ''"
          [disabled]="disabled()"
          [attr.min]="min()"
          [attr.max]="max()"
          [attr.aria-describedby]="describedBy()"
          [attr.aria-invalid]="problem() ? true : null"
          [attr.aria-required]="required() || null"
          (input)="change(textIn($event) || null)"
          (blur)="leave()"
        />
        @if (said(); as day) {
          <span class="said">{{ day | day: 'full' }}</span>
        }
      </span>
    </tl-field>
  `,
  styleUrl: './control.scss',
  styles: `
    .line {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 14px;
    }
    .said {
      color: var(--tl-muted);
      font-size: 0.9375rem;
    }
  `,
})
export class DateField extends Control<string> {
  readonly type = input<'date' | 'time' | 'month'>('date');
  readonly min = input<string>();
  readonly max = input<string>();
  /** In words beside it: a browser in another language may write the month before the day. */
  protected readonly said = computed(() => {
    const day = this.current();
    return this.type() === 'date' && day && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null;
  });
}
