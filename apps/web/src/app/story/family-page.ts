import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  ageOn,
  consentEndpoints,
  dayOf,
  familyEndpoints,
  householdOf,
  isClosed,
  isSent,
  outcomeEndpoints,
  personEndpoints,
  referralEndpoints,
  visitEndpoints,
  type PersonView,
  type ReferralSent,
} from '@tilts/domain';
import {
  Between,
  Button,
  Card,
  ChipOne,
  DayPipe,
  Definitions,
  EmptyState,
  List,
  MinutesPipe,
  Notice,
  PageFrame,
  PhonePipe,
  Section,
  Tag,
  TextPipe,
  Texts,
  Timeline,
  TimelineMoment,
} from '@tilts/ui';
import { ConsentPanel } from '../consents/consent-panel';
import { Awaiting } from '../platform/problem';
import { read } from '../platform/read';
import { WhereMark } from '../platform/where-mark';
import { ReferralStatusTag } from '../referrals/referral-status-tag';
import { storyOf, type StoryItem, type StoryKind } from './story';

/** Everything about one family: who lives there, what they agreed to, what waits, and what happened. */
@Component({
  selector: 'app-family-page',
  imports: [
    Awaiting,
    Between,
    Button,
    Card,
    ChipOne,
    ConsentPanel,
    DayPipe,
    Definitions,
    EmptyState,
    List,
    MinutesPipe,
    Notice,
    PageFrame,
    PhonePipe,
    ReferralStatusTag,
    RouterLink,
    Section,
    Tag,
    TextPipe,
    Timeline,
    TimelineMoment,
    WhereMark,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './family-page.html',
  styleUrl: './family-page.scss',
})
export class FamilyPage {
  readonly id = input.required<string>();
  /** `?new=1` right after it was registered: what comes next is offered. */
  readonly new = input<string>();

  readonly #texts = inject(Texts);
  protected readonly today = dayOf(new Date());
  readonly #ofFamily = () => ({ input: { familyId: this.id(), limit: 100 } });

  protected readonly family = read(familyEndpoints.read, () => ({ params: { id: this.id() } }));
  readonly #persons = read(personEndpoints.list, () => ({ input: { familyId: this.id() } }));
  protected readonly consents = read(consentEndpoints.list, () => ({ input: { familyId: this.id() } }));
  protected readonly visits = read(visitEndpoints.list, this.#ofFamily);
  readonly #outcomes = read(outcomeEndpoints.list, this.#ofFamily);
  readonly #referrals = read(referralEndpoints.list, this.#ofFamily);

  protected readonly persons = computed(() => this.#persons.value()?.items ?? []);
  protected readonly household = computed(() => householdOf(this.id(), this.persons()));
  protected readonly left = computed(() => this.persons().filter((person) => person.leftOn));
  readonly #sent = computed<ReferralSent[]>(() => (this.#referrals.value()?.items ?? []).filter(isSent));
  protected readonly openReferrals = computed(() => this.#sent().filter((referral) => !isClosed(referral.status)));
  protected readonly steps = computed(() =>
    (this.visits.value()?.items ?? [])
      .filter((visit) => visit.nextStep && !visit.nextStepDoneOn && !visit.voided)
      .sort((a, b) => (a.nextStepOn ?? '9').localeCompare(b.nextStepOn ?? '9')),
  );

  protected readonly kind = signal<StoryKind | 'all'>('all');
  protected readonly kinds = computed(() =>
    (['all', 'visit', 'referral', 'outcome', 'consent'] as const).map((value) => ({
      value,
      label: this.#texts.text(`story.kind.${value}`),
    })),
  );
  protected readonly story = computed(() => {
    const all = storyOf({
      visits: this.visits.value()?.items ?? [],
      outcomes: this.#outcomes.value()?.items ?? [],
      referrals: this.#sent(),
      consents: this.consents.value()?.items ?? [],
    });
    return this.kind() === 'all' ? all : all.filter((item) => item.kind === this.kind());
  });

  protected about(person: PersonView): string {
    const age = ageOn(person, this.today);
    const role = this.#texts.text(`persons.householdRole.${person.householdRole}`);
    return age === null ? role : this.#texts.text('story.page.roleAndAge', { role, age });
  }

  protected headingOf(item: StoryItem): string {
    switch (item.kind) {
      case 'visit':
        return this.#texts.text(`visits.channel.${item.visit.channel}`);
      case 'outcome':
        return this.#texts.text(`outcomes.type.${item.outcome.type}`);
      case 'referral':
        return this.#texts.text('story.page.referralTo', { institution: item.referral.institution });
      case 'consent':
        return this.#texts.text(`story.page.agreed.${item.consent.kind}`);
    }
  }

  protected areasOf(item: StoryItem): string {
    const areas =
      item.kind === 'visit' ? item.visit.needAreas : item.kind === 'referral' ? [item.referral.needArea] : [];
    return areas.map((area) => this.#texts.text(`directory.needArea.${area}`)).join(', ');
  }

  /** Results that were ticked in this visit. */
  protected resultsOf(visitId: string): string {
    return (this.#outcomes.value()?.items ?? [])
      .filter((outcome) => outcome.visitId === visitId)
      .map((outcome) => this.#texts.text(`outcomes.type.${outcome.type}`))
      .join(', ');
  }

  protected namesOf(ids: readonly string[]): string {
    return ids
      .map((id) => this.persons().find((person) => person.id === id)?.firstName)
      .filter(Boolean)
      .join(', ');
  }
}
