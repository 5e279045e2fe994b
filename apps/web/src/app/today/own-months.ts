import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { OwnMonth } from '@tilts/domain';
import { RouterLink } from '@angular/router';
import { Section, TextPipe, Texts } from '@tilts/ui';

/** My own numbers, this month and last: for the timesheet and for myself, never a ranking. */
@Component({
  selector: 'app-own-months',
  imports: [RouterLink, Section, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-section [heading]="'today.myMonths' | text">
      <a more routerLink="/visits">{{ 'visits.list.open' | text }}</a>
      <dl>
        @for (month of lines(); track month.month) {
          <div>
            <dt>{{ month.name }}</dt>
            <dd>
              <b>{{ month.visits }}</b> · {{ month.time }}
            </dd>
          </div>
        }
      </dl>
    </tl-section>
  `,
  styles: `
    a {
      display: inline-flex;
      align-items: center;
      min-block-size: 48px;
      font-weight: 600;
      text-decoration: none;
    }
    a:hover {
      text-decoration: underline;
    }
    dl {
      display: grid;
      gap: 4px;
      margin: 0;
    }
    div {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 0 12px;
    }
    dt {
      color: var(--tl-muted);
    }
    dd {
      margin: 0;
    }
    div:not(:first-child) {
      color: var(--tl-muted);
    }
    div:not(:first-child) b {
      font-weight: 500;
    }
  `,
})
export class OwnMonths {
  readonly months = input.required<readonly OwnMonth[]>();
  readonly #texts = inject(Texts);

  protected readonly lines = computed(() =>
    [...this.months()]
      .sort((a, b) => b.month.localeCompare(a.month))
      .map(({ month, visits, minutes }) => ({
        month,
        name: this.#texts.text('today.thisMonth', { month: `m${month.slice(5)}` }),
        visits: this.#texts.text('today.visits', { count: visits }),
        time: this.#texts.minutes(minutes),
      })),
  );
}
