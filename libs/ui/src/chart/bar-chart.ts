import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TextPipe } from '../text/pipes';
import { Texts } from '../text/texts';

/** One bar. A value of null is hidden on purpose: drawn as hidden, never as zero. */
export interface Bar {
  label: string;
  value: number | null;
}

/** Bars with their figures, as a table that a screen reader reads row by row. */
@Component({
  selector: 'tl-bars',
  imports: [TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <table>
      <caption class="tl-away">
        {{
          caption()
        }}
      </caption>
      <thead class="tl-away">
        <tr>
          <th scope="col">{{ labelHead() }}</th>
          <th scope="col">{{ valueHead() }}</th>
        </tr>
      </thead>
      <tbody>
        @for (bar of bars(); track bar.label) {
          <tr>
            <th scope="row">{{ bar.label }}</th>
            <td>
              @if (bar.value === null) {
                <span class="bar hidden" aria-hidden="true"></span><i>{{ 'ui.hidden' | text }}</i>
              } @else {
                <span class="track" aria-hidden="true">
                  @if (bar.value > 0) {
                    <span class="bar" [style.inline-size.%]="share(bar.value)"></span>
                  }</span
                ><b>{{ figure(bar.value) }}</b>
              }
            </td>
          </tr>
        }
      </tbody>
    </table>
  `,
  styles: `
    table {
      inline-size: 100%;
      border-collapse: collapse;
      font-size: 0.9375rem;
    }
    tr {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 2px;
      padding-block: 5px;
    }
    thead {
      display: block;
    }
    th {
      font-weight: 450;
      text-align: start;
      padding: 0;
      overflow-wrap: anywhere;
    }
    td {
      display: flex;
      align-items: center;
      gap: 12px;
      padding: 0;
    }
    .track {
      flex: 1;
    }
    .bar {
      display: block;
      block-size: 18px;
      min-inline-size: 3px;
      border-radius: 4px;
      background: var(--tl-accent);
      print-color-adjust: exact;
    }
    .hidden {
      flex: 0 0 28px;
      background: none;
      border: 1.5px dashed var(--tl-edge);
      box-sizing: border-box;
    }
    b,
    i {
      min-inline-size: 44px;
      font-variant-numeric: tabular-nums;
    }
    i {
      color: var(--tl-muted);
      margin-inline-start: auto;
    }
    b,
    i {
      text-align: end;
    }
    @media (min-width: 600px) {
      tr {
        grid-template-columns: minmax(110px, 1fr) 1.6fr;
        align-items: center;
        gap: 12px;
      }
    }
  `,
})
export class BarChart {
  readonly caption = input.required<string>();
  readonly labelHead = input.required<string>();
  readonly valueHead = input.required<string>();
  readonly bars = input.required<readonly Bar[]>();

  readonly #texts = inject(Texts);
  readonly #longest = computed(() => Math.max(1, ...this.bars().map((bar) => bar.value ?? 0)));

  protected share(value: number): number {
    return (value / this.#longest()) * 100;
  }

  protected figure(value: number): string {
    return this.#texts.figure(value);
  }
}
