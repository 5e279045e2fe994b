import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { AssignmentView } from '@tilts/domain';
import { DataTable, DayPipe, TextPipe } from '@tilts/ui';

/** An assignment with the name of its municipality. */
export type AssignmentRow = AssignmentView & { municipality: string };

/** Who works where, from when to when; each leads to where it is changed, for those who may. */
@Component({
  selector: 'app-assignment-table',
  imports: [DataTable, DayPipe, RouterLink, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-table [label]="label()">
      <table>
        <thead>
          <tr>
            <th scope="col">{{ 'mediators.projects.municipality' | text }}</th>
            <th scope="col">{{ 'mediators.projects.mediator' | text }}</th>
            <th scope="col">{{ 'mediators.projects.period' | text }}</th>
            <th scope="col" class="n">{{ 'mediators.projects.hours' | text }}</th>
          </tr>
        </thead>
        <tbody>
          @for (assignment of rows(); track assignment.id) {
            <tr>
              <th scope="row">{{ assignment.municipality }}</th>
              <td>
                @if (mayChange()) {
                  <a [routerLink]="['/assignments', assignment.id, 'edit']">{{ assignment.mediatorName }}</a>
                } @else {
                  {{ assignment.mediatorName }}
                }
              </td>
              <td>
                @if (assignment.endsOn; as end) {
                  {{ assignment.startsOn | day }} – {{ end | day }}
                } @else {
                  {{ 'mediators.projects.sinceDay' | text: { day: (assignment.startsOn | day) } }}
                }
              </td>
              <td class="n">{{ assignment.hoursPerWeek }}</td>
            </tr>
          }
        </tbody>
      </table>
    </tl-table>
  `,
  styles: `
    a {
      display: inline-flex;
      align-items: center;
      min-block-size: 32px;
      margin-block: -4px;
      font-weight: 550;
    }
  `,
})
export class AssignmentTable {
  readonly rows = input.required<readonly AssignmentRow[]>();
  readonly label = input.required<string>();
  readonly mayChange = input(false);
}
