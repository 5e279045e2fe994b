import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { isUnanswered, type ReferralStatus, type ReferralView } from '@tilts/domain';
import { Tag, Texts, type IconName, type Tone } from '@tilts/ui';

const looks: Record<ReferralStatus, { tone: Tone; icon: IconName }> = {
  draft: { tone: 'plain', icon: 'edit' },
  sent: { tone: 'info', icon: 'send' },
  received: { tone: 'info', icon: 'eye' },
  moreInfoNeeded: { tone: 'wait', icon: 'help' },
  accepted: { tone: 'ok', icon: 'check' },
  inProgress: { tone: 'ok', icon: 'work' },
  completed: { tone: 'ok', icon: 'check' },
  declined: { tone: 'late', icon: 'close' },
  withdrawn: { tone: 'plain', icon: 'back' },
};

/** How far a referral is, in one word. */
@Component({
  selector: 'app-referral-status-tag',
  imports: [Tag],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<tl-tag [tone]="look().tone" [icon]="look().icon">{{ word() }}</tl-tag>`,
})
export class ReferralStatusTag {
  readonly of = input.required<Pick<ReferralView, 'status'>>();
  readonly #texts = inject(Texts);
  protected readonly look = computed(() => looks[this.of().status]);
  protected readonly word = computed(() => this.#texts.text(`referrals.status.${this.of().status}`));
}

/** Until when an answer was promised, and whether that day is over. */
@Component({
  selector: 'app-referral-due',
  imports: [Tag],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `@if (words(); as words) {
    <tl-tag [tone]="late() ? 'late' : 'wait'" icon="clock">{{ words }}</tl-tag>
  }`,
})
export class ReferralDue {
  readonly of = input.required<Pick<ReferralView, 'status' | 'dueOn' | 'daysLeft'>>();
  /** The day too, where there is room. */
  readonly long = input(false);
  readonly #texts = inject(Texts);

  protected readonly late = computed(() => (this.of().daysLeft ?? 0) < 0);
  protected readonly words = computed(() => {
    const { status, dueOn, daysLeft } = this.of();
    if (!isUnanswered(status) || !dueOn || daysLeft === null) return null;
    if (daysLeft < 0) return this.#texts.text('referrals.due.late', { days: -daysLeft });
    const left =
      daysLeft === 0
        ? this.#texts.text('referrals.due.today')
        : this.#texts.text('referrals.due.left', { days: daysLeft });
    return this.long() ? this.#texts.text('referrals.due.by', { day: this.#texts.day(dueOn, 'until'), left }) : left;
  });
}
