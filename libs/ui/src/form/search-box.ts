import { ChangeDetectionStrategy, Component, input, model } from '@angular/core';
import { Icon } from '../icon/icon';
import { TextPipe } from '../text/pipes';

let made = 0;

/** Finds while typing: `<tl-search [(value)]="wanted" [label]="…" />`. The label is also the placeholder. */
@Component({
  selector: 'tl-search',
  imports: [Icon, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'search' },
  template: `
    <label class="tl-away" [for]="id">{{ label() }}</label>
    <span class="place start">
      <tl-icon name="search" />
      <input
        #box
        type="search"
        autocomplete="off"
        spellcheck="false"
        enterkeyhint="search"
        [id]="id"
        [placeholder]="label()"
        [value]="value()"
        (input)="value.set(box.value)"
        (keydown.escape)="value.set('')"
      />
      @if (value()) {
        <button type="button" (click)="value.set(''); box.focus()">
          <tl-icon name="close" /><span class="tl-away">{{ 'ui.clearSearch' | text }}</span>
        </button>
      }
    </span>
  `,
  styleUrl: './control.scss',
  styles: `
    input::-webkit-search-cancel-button {
      display: none;
    }
    button {
      position: absolute;
      inset: 0 0 auto auto;
      display: grid;
      place-items: center;
      inline-size: 48px;
      block-size: 48px;
      border: 0;
      background: none;
      color: var(--tl-muted);
      cursor: pointer;
    }
    .place > input {
      padding-inline-end: 48px;
      border-color: var(--tl-edge);
    }
  `,
})
export class SearchBox {
  readonly label = input.required<string>();
  readonly value = model('');
  protected readonly id = `tl-search-${++made}`;
}
