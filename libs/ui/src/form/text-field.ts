import { ChangeDetectionStrategy, Component, input, signal } from '@angular/core';
import { TextPipe } from '../text/pipes';
import { Control } from './control';
import { FieldFrame } from './field-frame';

/** One line of text; `type` brings the right keyboard on a phone. A password can be shown. */
@Component({
  selector: 'tl-text',
  imports: [FieldFrame, TextPipe],
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
      <span class="place">
        <input
          [id]="id()"
          [type]="type() === 'password' && shown() ? 'text' : type()"
          [value]="current() ?? ''"
          [disabled]="disabled()"
          [placeholder]="placeholder()"
          [attr.autocomplete]="autocomplete()"
          [attr.maxlength]="max()"
          [attr.inputmode]="type() === 'number' ? 'numeric' : keys()"
          [attr.aria-describedby]="describedBy()"
          [attr.autocapitalize]="type() === 'text' ? null : 'none'"
          [attr.spellcheck]="type() === 'text' ? null : false"
          [attr.aria-invalid]="problem() ? true : null"
          [attr.aria-required]="required() || null"
          (input)="change(textIn($event))"
          (blur)="leave()"
        />
        @if (type() === 'password') {
          <button
            type="button"
            class="eye"
            [attr.aria-label]="(shown() ? 'ui.hidePassword' : 'ui.showPassword') | text"
            (click)="shown.set(!shown())"
          >
            {{ (shown() ? 'ui.hide' : 'ui.show') | text }}
          </button>
        }
      </span>
    </tl-field>
  `,
  styleUrl: './control.scss',
  styles: `
    .eye {
      position: absolute;
      inset: 0 0 0 auto;
      min-block-size: 48px;
      padding: 0 14px;
      border: 0;
      border-radius: var(--tl-round);
      background: none;
      color: var(--tl-accent);
      font-size: 0.9375rem;
      font-weight: 600;
      cursor: pointer;
    }
    .place:has(.eye) > input {
      padding-inline-end: 84px;
    }
  `,
})
export class TextField extends Control<string> {
  readonly type = input<'text' | 'email' | 'tel' | 'password' | 'url' | 'number'>('text');
  readonly autocomplete = input('off');
  readonly placeholder = input('');
  readonly max = input<number>();
  /** `numeric` for a code of digits, which is no number. */
  readonly keys = input<'numeric' | null>(null);
  protected readonly shown = signal(false);
}

/** Several lines; grows with what is written. */
@Component({
  selector: 'tl-textarea',
  imports: [FieldFrame],
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
      <textarea
        [id]="id()"
        [rows]="rows()"
        [value]="current() ?? ''"
        [disabled]="disabled()"
        [placeholder]="placeholder()"
        [attr.maxlength]="max()"
        [attr.aria-describedby]="describedBy()"
        [attr.aria-invalid]="problem() ? true : null"
        [attr.aria-required]="required() || null"
        (input)="change(textIn($event))"
        (blur)="leave()"
      ></textarea>
    </tl-field>
  `,
  styleUrl: './control.scss',
})
export class TextArea extends Control<string> {
  readonly rows = input(3);
  readonly placeholder = input('');
  readonly max = input<number>();
}

/** A phone number, the way people in Latvia write it. */
@Component({
  selector: 'tl-phone',
  imports: [FieldFrame],
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
      <input
        class="short"
        type="tel"
        inputmode="tel"
        autocomplete="off"
        [id]="id()"
        [value]="current() ?? ''"
        [disabled]="disabled()"
        [attr.aria-describedby]="describedBy()"
        [attr.aria-invalid]="problem() ? true : null"
        [attr.aria-required]="required() || null"
        (input)="change(textIn($event) || null)"
        (blur)="leave()"
      />
    </tl-field>
  `,
  styleUrl: './control.scss',
})
export class PhoneField extends Control<string> {}

/** A whole number that is typed, such as a year. Empty is null. */
@Component({
  selector: 'tl-number',
  imports: [FieldFrame],
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
      <input
        class="short"
        type="text"
        inputmode="numeric"
        autocomplete="off"
        [id]="id()"
        [value]="current() ?? ''"
        [disabled]="disabled()"
        [attr.maxlength]="9"
        [attr.aria-describedby]="describedBy()"
        [attr.aria-invalid]="problem() ? true : null"
        [attr.aria-required]="required() || null"
        (input)="type(textIn($event))"
        (blur)="leave()"
      />
    </tl-field>
  `,
  styleUrl: './control.scss',
})
export class NumberField extends Control<number> {
  /** What is no number stays NaN, so that the form's check refuses it instead of the field swallowing it. */
  protected type(text: string): void {
    this.change(text.trim() === '' ? null : Number(text));
  }
}
