import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Icon } from '../icon/icon';
import { TextPipe } from '../text/pipes';
import { Control } from './control';
import { FieldFrame } from './field-frame';
import type { Option } from './option';

/** One of many, when chips would fill the screen. Empty until chosen: a default would make a figure. */
@Component({
  selector: 'tl-select',
  imports: [FieldFrame, Icon, TextPipe],
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
      <span class="place end">
        <select
          [id]="id()"
          [disabled]="disabled()"
          [attr.aria-describedby]="describedBy()"
          [attr.aria-invalid]="problem() ? true : null"
          [attr.aria-required]="required() || null"
          (change)="choose($event)"
          (blur)="leave()"
        >
          <option value="" [selected]="chosen() < 0">{{ empty() ?? ('ui.choose' | text) }}</option>
          @for (option of offered(); track option.value; let i = $index) {
            <option [value]="i" [selected]="chosen() === i">{{ option.label }}</option>
          }
        </select>
        <tl-icon name="down" />
      </span>
    </tl-field>
  `,
  styleUrl: './control.scss',
})
export class SelectField<V extends string | number | boolean> extends Control<V> {
  readonly options = input.required<readonly Option<V>[]>();
  /** The words of "nothing chosen", when that is an answer: „Visi projekti”. */
  readonly empty = input<string>();

  protected readonly offered = computed(() =>
    this.options().filter((option) => !option.retired || option.value === this.current()),
  );

  protected chosen(): number {
    return this.offered().findIndex((option) => option.value === this.current());
  }

  protected choose(event: Event): void {
    const index = this.textIn(event);
    this.change(index === '' ? null : (this.offered()[Number(index)]?.value ?? null));
  }
}
