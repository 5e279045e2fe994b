import { ChangeDetectionStrategy, Component, input, model } from '@angular/core';
import { Icon } from '../icon/icon';
import type { IconName } from '../icon/icons';

/** One board: its word and how many things are on it. */
export interface Board<V extends string> {
  value: V;
  label: string;
  count?: number;
  icon?: IconName;
}

let made = 0;

/** Boards side by side, one of them open: „Gaida mani 3 · Darbā 2 · Atbildētie 14”. Arrow keys move between them. */
@Component({
  selector: 'tl-boards',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fieldset>
      <legend class="tl-away">{{ label() }}</legend>
      @for (board of boards(); track board.value) {
        <label [class.on]="value() === board.value">
          <input type="radio" [name]="name" [checked]="value() === board.value" (change)="value.set(board.value)" />
          @if (board.icon; as icon) {
            <tl-icon [name]="icon" />
          }
          <span>{{ board.label }}</span>
          @if (board.count !== undefined) {
            <b>{{ board.count }}</b>
          }
        </label>
      }
    </fieldset>
  `,
  styles: `
    fieldset {
      display: flex;
      gap: 4px;
      padding: 4px;
      border-radius: 16px;
      background: var(--tl-line);
    }
    label {
      position: relative;
      flex: 1;
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: center;
      gap: 2px 8px;
      min-block-size: 48px;
      padding: 4px 8px;
      border-radius: 12px;
      color: var(--tl-muted);
      font-weight: 500;
      line-height: 1.2;
      text-align: center;
      cursor: pointer;
    }
    label.on {
      background: var(--tl-card);
      color: var(--tl-accent);
      font-weight: 600;
      box-shadow: 0 1px 3px rgb(18 38 43 / 15%);
    }
    label:has(:focus-visible) {
      outline: 3px solid var(--tl-accent);
      outline-offset: 1px;
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
    b {
      min-inline-size: 24px;
      padding: 1px 7px;
      border-radius: 12px;
      background: var(--tl-ground);
      font-size: 0.875rem;
      font-weight: 600;
      box-sizing: border-box;
    }
    label.on b {
      background: var(--tl-accent);
      color: var(--tl-on-accent);
    }
    @media (min-width: 900px) {
      fieldset {
        inline-size: fit-content;
      }
      label {
        flex: none;
        flex-wrap: nowrap;
        white-space: nowrap;
        padding-inline: 18px;
      }
    }
  `,
})
export class Boards<V extends string> {
  readonly label = input.required<string>();
  readonly boards = input.required<readonly Board<V>[]>();
  readonly value = model.required<V>();
  protected readonly name = `tl-boards-${++made}`;
}
