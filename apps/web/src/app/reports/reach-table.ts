import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import type { ReachFigures } from '@tilts/domain';
import { DataTable, TextPipe, Texts } from '@tilts/ui';

export interface ReachRow extends ReachFigures {
  label: string;
  /** Small words under the label: the municipality's code. */
  detail?: string;
  mediators?: number;
}

/** A table of reach: families, persons, visits and hours in each row, the national figures at the foot. */
@Component({
  selector: 'app-reach-table',
  imports: [DataTable, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-table [label]="label()">
      <table>
        <thead>
          <tr>
            <th scope="col">{{ head() }}</th>
            <th scope="col" class="n">{{ 'reports.page.families' | text }}</th>
            <th scope="col" class="n">{{ 'reports.page.persons' | text }}</th>
            <th scope="col" class="n">{{ 'reports.page.visits' | text }}</th>
            <th scope="col" class="n">{{ 'reports.page.hours' | text }}</th>
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track row.label) {
            <tr>
              <th scope="row">
                {{ row.label }}
                @if (row.detail) {
                  <span class="tl-muted tl-small code">{{ row.detail }}</span>
                }
              </th>
              @for (cell of cells(row); track $index) {
                <td class="n" [class.hid]="cell === null">{{ cell ?? ('ui.hidden' | text) }}</td>
              }
            </tr>
          }
        </tbody>
        @if (total(); as sum) {
          <tfoot>
            <tr>
              <th scope="row">{{ 'reports.page.total' | text }}</th>
              @for (cell of cells(sum); track $index) {
                <td class="n" [class.hid]="cell === null">{{ cell ?? ('ui.hidden' | text) }}</td>
              }
            </tr>
          </tfoot>
        }
      </table>
    </tl-table>
  `,
  styles: `
    .code {
      display: block;
      font-weight: 400;
    }
    th,
    td {
      padding-inline: 6px !important;
    }
    th:first-child {
      padding-inline-start: 2px !important;
    }
    thead th {
      font-size: 0.8125rem !important;
    }
  `,
})
export class ReachTable {
  readonly label = input.required<string>();
  readonly head = input.required<string>();
  readonly rows = input.required<readonly ReachRow[]>();
  readonly total = input<ReachFigures>();
  readonly #texts = inject(Texts);

  protected cells(row: ReachFigures): (string | null)[] {
    const hours = row.minutes === null ? null : Math.round(row.minutes / 60);
    return [row.familiesReached, row.personsAssisted, row.visits, hours].map((value) =>
      value === null ? null : this.#texts.figure(value),
    );
  }
}
