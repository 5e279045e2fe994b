import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Icon } from '../icon/icon';
import { Control } from './control';
import { GroupFrame } from './field-frame';
import type { Option } from './option';

/** One of a few, where the word alone does not tell what it means: each is a card with a sentence (`detail`). */
@Component({
  selector: 'tl-card-choice',
  imports: [GroupFrame, Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-group
      [for]="id()"
      [label]="label()"
      [hint]="hint()"
      [problem]="problem()"
      [required]="required()"
      [disabled]="disabled()"
      [labelHidden]="labelHidden()"
      [describedBy]="describedBy()"
    >
      <div class="cards">
        @for (option of options(); track option.value; let i = $index) {
          <label [class.on]="current() === option.value">
            <input
              type="radio"
              [name]="id()"
              [checked]="current() === option.value"
              [attr.aria-labelledby]="id() + '-word-' + i"
              [attr.aria-describedby]="option.detail ? id() + '-detail-' + i : null"
              (change)="change(option.value)"
              (blur)="leave()"
            />
            @if (option.icon; as icon) {
              <tl-icon [name]="icon" />
            }
            <span class="words">
              <b [id]="id() + '-word-' + i">{{ option.label }}</b>
              @if (option.detail) {
                <span class="detail" [id]="id() + '-detail-' + i">{{ option.detail }}</span>
              }
            </span>
            <span class="mark" aria-hidden="true"></span>
          </label>
        }
      </div>
    </tl-group>
  `,
  styles: `
    .cards {
      display: grid;
      gap: 10px;
      // Two beside each other where both have room, in a narrow column one.
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 270px), 1fr));
    }
    label {
      position: relative;
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto;
      gap: 12px;
      align-items: start;
      min-block-size: 56px;
      padding: 12px 14px;
      border: 1.5px solid var(--tl-edge-soft);
      border-radius: 16px;
      background: var(--tl-card);
      cursor: pointer;
    }
    label:hover {
      border-color: var(--tl-accent);
    }
    label.on {
      border-color: var(--tl-accent);
      background: var(--tl-accent-soft);
    }
    label:has(input:focus-visible) {
      outline: 3px solid var(--tl-accent);
      outline-offset: 2px;
    }
    input {
      position: absolute;
      inset: 0;
      inline-size: 100%;
      block-size: 100%;
      margin: 0;
      opacity: 0;
      cursor: inherit;
    }
    tl-icon {
      color: var(--tl-accent);
    }
    .words {
      grid-column: 2;
      display: grid;
      gap: 2px;
    }
    .on b {
      color: var(--tl-accent);
    }
    .detail {
      color: var(--tl-muted);
      font-size: 0.9375rem;
      line-height: 1.4;
    }
    .mark {
      inline-size: 22px;
      block-size: 22px;
      border: 2px solid var(--tl-edge);
      border-radius: 50%;
      background: var(--tl-card);
    }
    .on .mark {
      border: 7px solid var(--tl-accent);
    }
  `,
})
export class CardChoice<V extends string> extends Control<V> {
  readonly options = input.required<readonly Option<V>[]>();
}
