import { ChangeDetectionStrategy, Component, computed } from '@angular/core';
import { RouterLink } from '@angular/router';
import { dayOf, directoryEndpoints } from '@tilts/domain';
import { Notice, TextPipe } from '@tilts/ui';
import { read } from '../../platform/read';
import { movedDaysMissing } from './year-plan';

/** From November on, until somebody entered the moved working days of the next year. Draws nothing otherwise. */
@Component({
  selector: 'app-next-year-hint',
  imports: [Notice, RouterLink, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styles: ':host { display: contents; }',
  template: `
    @if (missing()) {
      <tl-notice tone="wait" [heading]="'directory.workingDays.missing' | text: { year }">
        {{ 'directory.workingDays.missingText' | text }}
        <a routerLink="/working-days" [queryParams]="{ year }">{{ 'directory.workingDays.toYear' | text: { year } }}</a>
      </tl-notice>
    }
  `,
})
export class NextYearHint {
  readonly #today = dayOf(new Date());
  protected readonly year = Number(this.#today.slice(0, 4)) + 1;
  readonly #next = read(directoryEndpoints.workingYear, () => ({ input: { year: this.year } }));
  /** Whether something is drawn. */
  readonly missing = computed(() => {
    const next = this.#next.value();
    return next !== undefined && movedDaysMissing(this.#today, next);
  });
}
