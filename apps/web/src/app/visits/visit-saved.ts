import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { VisitView } from '@tilts/domain';
import { Button, Notice, PageFrame, TextPipe, Texts } from '@tilts/ui';
import { LocalCopy, type Whereabouts } from '../platform/local-copy';

const said = {
  phone: { tone: 'info', icon: 'device', words: 'visits.saved.onPhone' },
  office: { tone: 'ok', icon: 'check', words: 'visits.saved.text' },
  needsYou: { tone: 'wait', icon: 'warning', words: 'visits.saved.needsYou' },
} as const;

/** After saving: that it is safe, where, and what people do next. */
@Component({
  selector: 'app-visit-saved',
  imports: [Button, Notice, PageFrame, RouterLink, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-page [heading]="'visits.saved.heading' | text" [eyebrow]="visit().familyCode">
      <tl-notice [tone]="said().tone" [icon]="said().icon" [live]="true">
        <p>{{ said().words | text }}</p>
        @if (where() === 'needsYou') {
          <p>
            <a routerLink="/unsent">{{ 'sync.state.open' | text }}</a>
          </p>
        }
        @if (step(); as words) {
          <p>{{ words }}</p>
        }
      </tl-notice>
      <div class="next">
        <a tlButton wide icon="check" routerLink="/today">{{ 'visits.saved.done' | text }}</a>
        <a tlButton="secondary" wide icon="send" routerLink="/referrals/new" [queryParams]="referring()">{{
          'visits.saved.refer' | text
        }}</a>
        <a tlButton="secondary" wide icon="add" routerLink="/visits/new" [queryParams]="{}">{{
          'visits.saved.next' | text
        }}</a>
        <a tlButton="quiet" wide [routerLink]="['/visits', visit().id]">{{ 'visits.saved.open' | text }}</a>
      </div>
    </tl-page>
  `,
  styles: `
    .next {
      display: grid;
      gap: 10px;
      max-inline-size: 420px;
    }
    p + p {
      margin-block-start: 6px;
    }
  `,
})
export class VisitSaved {
  readonly visit = input.required<VisitView>();
  readonly #texts = inject(Texts);
  readonly #copy = inject(LocalCopy, { optional: true });
  /** It changes under the eyes of whoever waits for it. */
  protected readonly where = computed((): Whereabouts => {
    this.#copy?.changed();
    return this.#copy?.where(this.visit().id) ?? 'office';
  });
  protected readonly said = computed(() => said[this.where()]);
  /** Whom and what the visit was about goes along when there is no doubt; both can be changed there. */
  protected readonly referring = computed(() => {
    const { familyId, metPersonIds, needAreas } = this.visit();
    return {
      family: familyId,
      ...(metPersonIds.length === 1 && { person: metPersonIds[0] }),
      ...(needAreas.length === 1 && { need: needAreas[0] }),
    };
  });
  protected readonly step = computed(() => {
    const { nextStep, nextStepOn } = this.visit();
    return nextStep && nextStepOn
      ? this.#texts.text('visits.saved.nextStep', { day: this.#texts.day(nextStepOn, 'until'), step: nextStep })
      : null;
  });
}
