import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TextPipe } from '../text/pipes';

/** The shape of what comes, while it is loading: `cards` for lists, `table` for tables, `text` for a page of words. */
@Component({
  selector: 'tl-skeleton',
  imports: [TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status', '[class]': 'shape()' },
  template: `
    <span class="tl-away">{{ 'ui.loading' | text }}</span>
    @for (row of list(); track row) {
      <div class="row" aria-hidden="true"><i></i><i></i></div>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 10px;
      animation: show 0.3s 0.15s both;
    }
    .row {
      display: grid;
      gap: 10px;
      padding: 18px 16px;
      border: 1px solid var(--tl-line);
      border-radius: 16px;
      background: var(--tl-card);
    }
    i {
      block-size: 14px;
      border-radius: 7px;
      background: linear-gradient(90deg, var(--tl-line) 25%, var(--tl-ground) 50%, var(--tl-line) 75%) 0 0 / 300% 100%;
      animation: pass 1.6s linear infinite;
    }
    i:first-of-type {
      inline-size: 45%;
    }
    i:last-of-type {
      inline-size: 75%;
    }
    :host(.table) {
      gap: 0;
    }
    :host(.table) .row {
      grid-template-columns: 2fr 1fr;
      border-radius: 0;
      border-width: 0 0 1px;
    }
    :host(.text) .row {
      border: 0;
      background: none;
      padding: 4px 0;
    }
    @keyframes pass {
      from {
        background-position: 100% 0;
      }
      to {
        background-position: -50% 0;
      }
    }
    @keyframes show {
      from {
        opacity: 0;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      :host,
      i {
        animation: none;
      }
    }
  `,
})
export class Skeleton {
  readonly rows = input(3);
  readonly shape = input<'cards' | 'table' | 'text'>('cards');
  protected readonly list = computed(() => Array.from({ length: this.rows() }, (_, row) => row));
}
