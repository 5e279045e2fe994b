import { ChangeDetectionStrategy, Component, ViewEncapsulation, input } from '@angular/core';

/**
 * Dresses a plain `<table>` inside it: `<tl-table label="…"><table>…</table></tl-table>`. Cells with figures carry `class="n"`, a
 * hidden figure `class="hid"`, the row of sums `class="sum"`. When a table is wider than the phone it scrolls, also by keyboard.
 */
@Component({
  selector: 'tl-table',
  changeDetection: ChangeDetectionStrategy.OnPush,
  // The table is the page's own; its cells are dressed from here.
  encapsulation: ViewEncapsulation.None,
  host: { role: 'region', tabindex: '0', '[attr.aria-label]': 'label()' },
  template: '<ng-content />',
  styles: `
    tl-table {
      display: block;
      overflow-x: auto;
      border-radius: 8px;
      overflow-wrap: normal;
    }
    tl-table table {
      border-collapse: collapse;
      inline-size: 100%;
      font-variant-numeric: tabular-nums;
    }
    tl-table caption {
      text-align: start;
      padding-block-end: 6px;
      color: var(--tl-muted);
      font-size: 0.875rem;
    }
    tl-table thead th {
      padding: 8px 10px;
      border-block-end: 1.5px solid var(--tl-line);
      font-size: 0.875rem;
      font-weight: 600;
      color: var(--tl-muted);
      text-align: start;
      vertical-align: bottom;
    }
    tl-table td,
    tl-table tbody th,
    tl-table tfoot th {
      padding: 10px;
      border-block-end: 1px solid var(--tl-line);
      text-align: start;
      font-weight: 450;
      vertical-align: top;
    }
    tl-table .n {
      text-align: end;
      white-space: nowrap;
    }
    tl-table thead th.n {
      white-space: normal;
      text-align: end;
    }
    tl-table .hid {
      color: var(--tl-muted);
      font-style: italic;
    }
    tl-table .sum > *,
    tl-table tfoot > tr > * {
      font-weight: 650;
    }
    tl-table tbody tr:last-child > * {
      border-block-end-color: transparent;
    }
    tl-table:has(tfoot) tbody tr:last-child > * {
      border-block-end: 1.5px solid var(--tl-line);
    }
    tl-table tr.leads {
      cursor: pointer;
    }
    tl-table tr.leads:hover,
    tl-table tr[aria-selected='true'] {
      background: var(--tl-accent-soft);
    }
    @media (max-width: 599px) {
      tl-table table {
        font-size: 0.875rem;
      }
      tl-table thead th {
        font-size: 0.8125rem !important;
      }
      tl-table td,
      tl-table th {
        padding-inline: 4px !important;
      }
      tl-table tr > :first-child {
        padding-inline-start: 0 !important;
      }
      tl-table tr > :last-child {
        padding-inline-end: 0 !important;
      }
    }
    @media print {
      tl-table {
        overflow: visible;
      }
      tl-table tr {
        break-inside: avoid;
      }
      tl-table table {
        font-size: 0.8125rem;
        line-height: 1.3;
      }
      tl-table tr > * {
        padding: 3px 6px !important;
      }
    }
  `,
})
export class DataTable {
  readonly label = input.required<string>();
}
