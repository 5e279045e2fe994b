import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { WorkingYear } from '@tilts/domain';
import { Texts } from '@tilts/ui';
import { monthsOf } from './year-plan';

/**
 * A year at a glance, twelve small months. Marked by shape, not by colour alone; a picture only: the lists beside it say the
 * same in words, also to screen readers.
 */
@Component({
  selector: 'app-year-calendar',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true' },
  template: `
    @for (plan of months(); track plan.month) {
      <div class="month">
        <div class="name">{{ nameOf(plan.month) }}</div>
        <div class="week heads">
          @for (head of heads(); track $index) {
            <span>{{ head }}</span>
          }
        </div>
        @for (week of plan.weeks; track $index) {
          <div class="week">
            @for (cell of week; track $index) {
              <span [class]="cell?.kind ?? ''" [class.weekend]="cell?.weekend">{{ cell?.number ?? '' }}</span>
            }
          </div>
        }
      </div>
    }
  `,
  styleUrl: './year-calendar.scss',
})
export class YearCalendar {
  readonly year = input.required<WorkingYear>();
  readonly #texts = inject(Texts);
  protected readonly months = computed(() => monthsOf(this.year()));
  /** 1 January 2024 was a Monday. */
  protected readonly heads = computed(() =>
    Array.from({ length: 7 }, (_, weekday) =>
      this.#texts
        .day(`2024-01-0${weekday + 1}`, 'weekday')
        .charAt(0)
        .toLocaleUpperCase(this.#texts.language()),
    ),
  );

  protected nameOf(month: string): string {
    return this.#texts.month(month, 'name');
  }
}
