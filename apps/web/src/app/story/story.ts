import { dayOf, timeOf, type ConsentView, type OutcomeView, type ReferralSent, type VisitView } from '@tilts/domain';

/** One thing that happened with a family. */
export type StoryItem = { id: string; day: string; time: string } & (
  | { kind: 'visit'; visit: VisitView }
  | { kind: 'outcome'; outcome: OutcomeView }
  | { kind: 'referral'; referral: ReferralSent }
  | { kind: 'consent'; consent: ConsentView }
);
export type StoryKind = StoryItem['kind'];

/** All kinds mixed, newest first. An outcome ticked in a visit stands with its visit, not twice. */
export function storyOf(facts: {
  visits: readonly VisitView[];
  outcomes: readonly OutcomeView[];
  referrals: readonly ReferralSent[];
  consents: readonly ConsentView[];
}): StoryItem[] {
  const shownVisits = new Set(facts.visits.map((visit) => visit.id));
  const items: StoryItem[] = [
    ...facts.visits.map((visit) => ({
      kind: 'visit' as const,
      id: visit.id,
      day: visit.day,
      time: visit.time ?? '',
      visit,
    })),
    ...facts.outcomes
      .filter((outcome) => !outcome.visitId || !shownVisits.has(outcome.visitId))
      .map((outcome) => ({ kind: 'outcome' as const, id: outcome.id, day: outcome.day, time: '', outcome })),
    ...facts.referrals
      .filter((referral) => referral.sentAt !== null)
      .map((referral) => ({
        kind: 'referral' as const,
        id: referral.id,
        ...momentOf(referral.sentAt ?? ''),
        referral,
      })),
    ...facts.consents.map((consent) => ({
      kind: 'consent' as const,
      id: consent.id,
      day: consent.givenOn,
      time: '',
      consent,
    })),
  ];
  return items.sort((a, b) => b.day.localeCompare(a.day) || b.time.localeCompare(a.time) || b.id.localeCompare(a.id));
}

function momentOf(moment: string): { day: string; time: string } {
  return { day: dayOf(moment), time: timeOf(moment) };
}
