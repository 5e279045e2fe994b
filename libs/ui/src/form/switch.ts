import { ChangeDetectionStrategy, Component, booleanAttribute, computed, input, model } from '@angular/core';
import { Icon } from '../icon/icon';
import type { FormField } from './form';

/** Yes or no about the thing beside it, in words: „✓ sūtīt” · „nesūtīt”. `label` says to what it belongs, for screen readers. */
@Component({
  selector: 'tl-switch',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <label [class.on]="checked()">
      <input
        type="checkbox"
        role="switch"
        [attr.aria-label]="label()"
        [checked]="checked()"
        [disabled]="disabled()"
        (change)="toggle()"
      />
      @if (checked()) {
        <tl-icon name="check" />
      }
      <span aria-hidden="true">{{ checked() ? on() : off() }}</span>
    </label>
  `,
  styleUrl: '../chips/chip.scss',
  styles: `
    label {
      min-block-size: 44px;
    }
  `,
})
export class Switch {
  readonly label = input.required<string>();
  readonly on = input.required<string>();
  readonly off = input.required<string>();
  readonly disabled = input(false, { transform: booleanAttribute });
  readonly field = input<FormField<boolean | null | undefined>>();
  readonly value = model<boolean | null | undefined>(false);
  protected readonly checked = computed(() => (this.field() ? this.field()?.value() : this.value()) ?? false);

  protected toggle(): void {
    const to = !this.checked();
    this.field()?.set(to);
    this.value.set(to);
  }
}

/** One statement that is ticked: „Paziņojums nolasīts priekšā”. */
@Component({
  selector: 'tl-tick',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <label>
      <input
        type="checkbox"
        [id]="field()?.id"
        [checked]="checked()"
        [disabled]="disabled()"
        [attr.aria-invalid]="field()?.problem() ? true : null"
        (change)="toggle()"
        (blur)="field()?.leave()"
      />
      <span class="box" aria-hidden="true">
        @if (checked()) {
          <tl-icon name="check" />
        }
      </span>
      <span
        ><ng-content>{{ label() }}</ng-content></span
      >
    </label>
  `,
  styles: `
    label {
      position: relative;
      display: flex;
      gap: 12px;
      align-items: flex-start;
      min-block-size: 48px;
      padding-block: 11px;
      cursor: pointer;
    }
    input {
      position: absolute;
      inset: 0;
      inline-size: 100%;
      block-size: 100%;
      margin: 0;
      opacity: 0;
      cursor: pointer;
    }
    .box {
      flex: none;
      display: grid;
      place-items: center;
      inline-size: 26px;
      block-size: 26px;
      border: 1.5px solid var(--tl-edge);
      border-radius: 7px;
      background: var(--tl-card);
      color: var(--tl-on-accent);
      --tl-icon: 20px;
    }
    input:checked + .box {
      background: var(--tl-accent);
      border-color: var(--tl-accent);
    }
    input:focus-visible + .box {
      outline: 3px solid var(--tl-accent);
      outline-offset: 2px;
    }
    input[aria-invalid] + .box {
      border-color: var(--tl-red);
      border-width: 2px;
    }
  `,
})
export class Tick {
  readonly label = input('');
  readonly disabled = input(false, { transform: booleanAttribute });
  readonly field = input<FormField<boolean | null | undefined>>();
  readonly value = model<boolean | null | undefined>(false);
  protected readonly checked = computed(() => (this.field() ? this.field()?.value() : this.value()) ?? false);

  protected toggle(): void {
    const to = !this.checked();
    this.field()?.set(to);
    this.value.set(to);
  }
}
