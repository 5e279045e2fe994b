import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  dayOf,
  draftEndpoints,
  familyEndpoints,
  householdsByContact,
  noticeEndpoints,
  personEndpoints,
  referralEndpoints,
  timeOf,
  visitEndpoints,
} from '@tilts/domain';
import { Button, Card, DayPipe, EmptyState, List, PageFrame, Section, TextPipe, Texts } from '@tilts/ui';
import { Session } from '../access/session';
import { Awaiting } from '../platform/problem';
import { read } from '../platform/read';
import { FamilyLine } from '../visits/family-line';
import { OwnMonths } from './own-months';
import { WaitingList } from './waiting-list';
import { partOfDay, whatWaits } from './waiting';

const recent = 4;

/** What needs the mediator today, then the families seen last with one tap to log a visit, then what was done this month. */
@Component({
  selector: 'app-today-page',
  imports: [
    Awaiting,
    Button,
    Card,
    DayPipe,
    EmptyState,
    FamilyLine,
    List,
    OwnMonths,
    PageFrame,
    RouterLink,
    Section,
    TextPipe,
    WaitingList,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './today-page.html',
  styles: `
    .row {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 12px;
    }
    .family {
      flex: 1;
      min-inline-size: 0;
      min-block-size: 48px;
      display: grid;
      align-content: center;
      color: inherit;
      text-decoration: none;
      border-radius: 8px;
    }
    .family:hover {
      text-decoration: underline;
      text-decoration-color: var(--tl-accent);
    }
    .more {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 0 12px;
    }
  `,
})
export class TodayPage {
  readonly #texts = inject(Texts);
  readonly #session = inject(Session);
  readonly #now = new Date();
  protected readonly today = dayOf(this.#now);

  protected readonly families = read(familyEndpoints.list, () => ({}));
  protected readonly persons = read(personEndpoints.list, () => ({}));
  protected readonly steps = read(visitEndpoints.list, () => ({ input: { nextStepOpen: true, limit: 100 } }));
  protected readonly notices = read(noticeEndpoints.list, () => ({ input: { unread: true, limit: 100 } }));
  protected readonly referrals = read(referralEndpoints.list, () => ({ input: { limit: 100 } }));
  protected readonly drafts = read(draftEndpoints.list, () => ({}));
  protected readonly months = read(visitEndpoints.ownMonths, () => ({}));

  protected readonly greeting = computed(() => {
    const name = this.#session.me()?.name.split(' ')[0] ?? '';
    return this.#texts.text(`today.greeting.${partOfDay(timeOf(this.#now))}`, { name });
  });
  protected readonly households = computed(() =>
    householdsByContact(this.families.value()?.items ?? [], this.persons.value()?.items ?? []),
  );
  protected readonly recent = computed(() => this.households().slice(0, recent));
  protected readonly noFamilies = computed(() => this.families.value()?.items.length === 0);

  protected readonly waits = computed(() =>
    whatWaits(this.today, {
      steps: this.steps.value()?.items ?? [],
      notices: this.notices.value()?.items ?? [],
      referrals: this.referrals.value()?.items ?? [],
      drafts: this.drafts.value()?.items ?? [],
    }),
  );
  /** Everything that could wait has been asked for: only then may the page say that nothing waits. */
  protected readonly knowsWhatWaits = computed(() =>
    [this.steps, this.notices, this.referrals, this.drafts].every((source) => source.value() !== undefined),
  );
}
