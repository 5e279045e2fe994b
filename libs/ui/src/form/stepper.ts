import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Icon } from '../icon/icon';
import { TextPipe } from '../text/pipes';
import { Control } from './control';
import { FieldFrame } from './field-frame';

/** A small number by taps: − 2 +. Also typed, for those who have a keyboard. */
@Component({
  selector: 'tl-stepper',
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
      <span class="steps">
        <button type="button" [disabled]="disabled() || number() <= min()" (click)="step(-by())">
          <tl-icon name="minus" /><span class="tl-away">{{ label() }}: {{ 'ui.less' | text }}</span>
        </button>
        <input
          type="text"
          inputmode="numeric"
          autocomplete="off"
          [id]="id()"
          [value]="current() ?? ''"
          [disabled]="disabled()"
          [attr.aria-describedby]="describedBy()"
          [attr.aria-invalid]="problem() ? true : null"
          (input)="type(textIn($event))"
          (keydown.arrowup)="step(by())"
          (keydown.arrowdown)="step(-by())"
          (blur)="leave()"
        />
        <button type="button" [disabled]="disabled() || number() >= max()" (click)="step(by())">
          <tl-icon name="add" /><span class="tl-away">{{ label() }}: {{ 'ui.plus' | text }}</span>
        </button>
      </span>
    </tl-field>
  `,
  styleUrl: './control.scss',
  styles: `
    .steps {
      display: inline-flex;
      gap: 6px;
      align-items: center;
    }
    input {
      inline-size: 76px;
      text-align: center;
      font-weight: 600;
      padding-inline: 6px;
    }
    button {
      display: grid;
      place-items: center;
      inline-size: 48px;
      block-size: 48px;
      border: 1.5px solid var(--tl-edge-soft);
      border-radius: var(--tl-round);
      background: var(--tl-card);
      color: var(--tl-accent);
      cursor: pointer;
    }
    button:hover:enabled {
      background: var(--tl-accent-soft);
    }
    button:disabled {
      color: var(--tl-edge-soft);
      cursor: not-allowed;
    }
  `,
})
export class Stepper extends Control<number> {
  readonly min = input(0);
  readonly max = input(999);
  readonly by = input(1);
  protected readonly number = computed(() => this.current() ?? this.min());

  protected step(by: number): void {
    this.change(Math.min(this.max(), Math.max(this.min(), (this.current() ?? this.min()) + by)));
  }

  protected type(text: string): void {
    this.change(text.trim() === '' ? null : Number(text));
  }
}
