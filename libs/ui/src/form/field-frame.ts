import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Icon } from '../icon/icon';
import { TextPipe } from '../text/pipes';

/** Label, hint and problem around one control. The control carries `id`, `aria-describedby="<id>-hint <id>-problem"` and `aria-invalid`. */
@Component({
  selector: 'tl-field',
  imports: [Icon, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <label [for]="for()" [class.tl-away]="labelHidden()"
      >{{ label() }}
      @if (required()) {
        <span class="must">{{ 'ui.required' | text }}</span>
      }
    </label>
    @if (hint()) {
      <p class="hint" [id]="for() + '-hint'">{{ hint() }}</p>
    }
    <ng-content />
    @if (problem()) {
      <p class="problem" [id]="for() + '-problem'"><tl-icon name="warning" />{{ problem() }}</p>
    }
  `,
  styleUrl: './field-frame.scss',
})
export class FieldFrame {
  readonly label = input.required<string>();
  readonly for = input.required<string>();
  readonly hint = input<string>();
  readonly problem = input<string | null>();
  readonly required = input(false);
  readonly labelHidden = input(false);
}

/** The same around a group of controls, such as chips: a fieldset that can take the focus when something is wrong. */
@Component({
  selector: 'tl-group',
  imports: [Icon, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fieldset
      [id]="for()"
      tabindex="-1"
      [attr.aria-describedby]="describedBy()"
      [attr.aria-invalid]="problem() ? true : null"
      [disabled]="disabled()"
    >
      <legend [class.tl-away]="labelHidden()">
        {{ label() }}
        @if (required()) {
          <span class="must">{{ 'ui.required' | text }}</span>
        }
      </legend>
      @if (hint()) {
        <p class="hint" [id]="for() + '-hint'">{{ hint() }}</p>
      }
      <ng-content />
      @if (problem()) {
        <p class="problem" [id]="for() + '-problem'"><tl-icon name="warning" />{{ problem() }}</p>
      }
    </fieldset>
  `,
  styleUrl: './field-frame.scss',
})
export class GroupFrame {
  readonly label = input.required<string>();
  readonly for = input.required<string>();
  readonly hint = input<string>();
  readonly problem = input<string | null>();
  readonly required = input(false);
  readonly disabled = input(false);
  readonly labelHidden = input(false);
  readonly describedBy = input<string | null>(null);
}
