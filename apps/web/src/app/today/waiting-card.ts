import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Button, Card, Icon, Tag, TextPipe, Texts, type IconName, type Tone } from '@tilts/ui';
import type { FamilyHousehold } from '@tilts/domain';
import { FinishingSteps } from './finishing-steps';
import type { Waiting } from './waiting';

interface Shown {
  who: string;
  what: string;
  tag: string;
  tone: Tone;
  icon: IconName;
  link: readonly string[];
  params: Record<string, string>;
}

const noParams: Record<string, string> = {};

/** One thing that waits: whose it is, what it is, how urgent; a tap leads to where it is done. */
@Component({
  selector: 'app-waiting-card',
  imports: [Button, Card, Icon, RouterLink, Tag, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './waiting-card.html',
  styles: `
    tl-card {
      position: relative;
    }
    tl-card:hover {
      border-color: var(--tl-accent-line);
    }
    .top {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      align-items: center;
      gap: 4px 12px;
    }
    .bottom {
      display: flex;
      justify-content: space-between;
      align-items: center;
      gap: 12px;
      min-block-size: 24px;
      margin-block-start: 2px;
    }
    .bottom:has(button) {
      margin-block-start: 6px;
    }
    a {
      color: inherit;
      text-decoration: none;
    }
    /* The whole card is the link's place; the button lies over it. */
    a::after {
      content: '';
      position: absolute;
      inset: 0;
      border-radius: 16px;
    }
    a:focus-visible {
      outline: none;
    }
    a:focus-visible::after {
      outline: 3px solid var(--tl-accent);
      outline-offset: 2px;
    }
    button {
      position: relative;
      z-index: 1;
      flex: none;
    }
    .done {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 12px;
      min-block-size: 48px;
    }
    .done span {
      display: inline-flex;
      gap: 8px;
      align-items: center;
      min-inline-size: 0;
    }
    .done tl-icon {
      color: var(--tl-green);
    }
  `,
})
export class WaitingCard {
  readonly waiting = input.required<Waiting>();
  readonly households = input.required<readonly FamilyHousehold[]>();
  readonly #texts = inject(Texts);
  protected readonly finishing = inject(FinishingSteps);

  protected readonly step = computed(() => {
    const waiting = this.waiting();
    return waiting.is === 'step' ? waiting.visit : null;
  });
  protected readonly done = computed(() => this.finishing.ticked().has(this.waiting().key));
  protected readonly mayUndo = computed(() => this.done() && this.finishing.mayUndo(this.waiting().key));

  protected readonly shown = computed<Shown>(() => {
    const waiting = this.waiting();
    if (waiting.is === 'step') {
      const { tag, tone } = this.#due(waiting.daysLeft, waiting.on);
      return {
        who: this.#who(waiting.familyId, waiting.visit.familyCode),
        what: waiting.visit.nextStep ?? '',
        tag,
        tone,
        icon: 'clock',
        link: ['/families', waiting.visit.familyId],
        params: noParams,
      };
    }
    if (waiting.is === 'draft') {
      const visit = waiting.draft.kind === 'visit';
      const when = { when: this.#texts.moment(waiting.draft.savedAt, 'short') };
      return {
        who: this.#who(waiting.familyId, this.#texts.text(`visits.draftKind.${waiting.draft.kind}`)),
        what: this.#texts.text(visit ? 'today.draftVisit' : 'today.draftReferral', when),
        tag: this.#texts.text('today.draft'),
        tone: 'info',
        icon: 'edit',
        link: [visit ? '/visits/new' : '/referrals/new'],
        params: waiting.familyId ? { family: waiting.familyId } : noParams,
      };
    }
    const referral = waiting.referral;
    const institution = referral?.institution ?? this.#texts.text('today.anInstitution');
    const number = waiting.is === 'answer' ? waiting.notice.referralNumber : waiting.referral.number;
    const kind = waiting.is === 'question' ? 'moreInfoNeeded' : waiting.notice.kind;
    const question = kind === 'moreInfoNeeded';
    return {
      who: this.#who(waiting.familyId, this.#texts.text('today.referralNumber', { number })),
      what:
        this.#texts.textOfCode(`today.news.${kind}`, { institution }) ??
        this.#texts.text('today.referralNumber', { number }),
      tag: this.#texts.text(question ? 'today.question' : 'today.answer'),
      tone: question ? 'wait' : 'ok',
      icon: question ? 'help' : 'reply',
      link: ['/referrals', waiting.key],
      params: noParams,
    };
  });

  protected finish(): void {
    this.finishing.tick(this.waiting().key);
  }

  /** First name and family code, never the problem; the code alone when nobody is known. */
  #who(familyId: string | null, otherwise: string): string {
    const household = this.households().find(({ family }) => family.id === familyId);
    if (!household) return otherwise;
    const name = household.members[0]?.firstName;
    return name
      ? this.#texts.text('today.familyAndPerson', { code: household.family.code, name })
      : household.family.code;
  }

  #due(daysLeft: number, on: string): { tag: string; tone: Tone } {
    if (daysLeft < 0) return { tag: this.#texts.text('today.late', { days: -daysLeft }), tone: 'late' };
    if (daysLeft === 0) return { tag: this.#texts.text('today.dueToday'), tone: 'wait' };
    if (daysLeft === 1) return { tag: this.#texts.text('today.dueTomorrow'), tone: 'wait' };
    return { tag: this.#texts.text('today.dueOn', { day: this.#texts.day(on, 'short') }), tone: 'wait' };
  }
}
