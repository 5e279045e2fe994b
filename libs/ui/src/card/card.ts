import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { Tone } from '../tag/tag';

/** One thing on white paper. `a[tlCard]` is a whole card that leads somewhere; `li[tlCard]` stands in a `<ul tlList>`. */
@Component({
  selector: 'tl-card, a[tlCard], li[tlCard], article[tlCard], button[tlCard]',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class]': `'tone-' + tone()` },
  template: `
    @if (heading(); as words) {
      <h2>{{ words }}</h2>
    }
    <ng-content />
  `,
  styles: `
    :host {
      display: block;
      box-sizing: border-box;
      padding: 14px 16px;
      background: var(--tl-card);
      border: 1px solid var(--tl-line);
      border-radius: 16px;
      color: inherit;
      font: inherit;
      text-align: start;
      text-decoration: none;
      list-style: none;
      overflow-wrap: anywhere;
    }
    :host(a),
    :host(button) {
      cursor: pointer;
      transition: border-color 0.12s;
    }
    :host(button) {
      inline-size: 100%;
    }
    :host(a:hover),
    :host(button:hover) {
      border-color: var(--tl-accent-line);
    }
    :host(.tone-ok) {
      background: var(--tl-green-soft);
      border-color: var(--tl-green-line);
    }
    :host(.tone-wait) {
      background: var(--tl-amber-soft);
      border-color: var(--tl-amber-line);
    }
    :host(.tone-late) {
      background: var(--tl-red-soft);
      border-color: var(--tl-red-line);
    }
    :host(.tone-info) {
      background: var(--tl-accent-soft);
      border-color: var(--tl-accent-line);
    }
    h2 {
      margin: 0 0 8px;
      font-size: 0.9375rem;
      font-weight: 600;
      color: var(--tl-muted);
    }
    @media (min-width: 900px) {
      :host {
        padding: 18px 22px;
      }
    }
    @media print {
      :host {
        border: 0;
        padding: 0 0 12px;
        background: none;
        break-inside: avoid;
      }
    }
  `,
})
export class Card {
  readonly heading = input<string>();
  readonly tone = input<Tone>('plain');
}

/** A list of cards or rows without bullets: `<ul tlList>`. */
@Component({
  selector: 'ul[tlList], ol[tlList]',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'list' },
  template: '<ng-content />',
  styles: `
    :host {
      display: grid;
      gap: 10px;
      margin: 0;
      padding: 0;
      list-style: none;
      grid-template-columns: minmax(0, 1fr);
    }
  `,
})
export class List {}

/** Two things on one line, the second at the far end; on a narrow phone the second goes below rather than squeezing the first. */
@Component({
  selector: 'tl-between',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<ng-content />',
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      align-items: center;
      gap: 4px 12px;
    }
  `,
})
export class Between {}
