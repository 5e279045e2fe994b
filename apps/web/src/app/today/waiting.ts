import {
  daysBetween,
  isSent,
  type DraftView,
  type NoticeKind,
  type NoticeView,
  type ReferralSent,
  type ReferralView,
  type VisitView,
} from '@tilts/domain';

/** Something that needs the mediator: a promised step, an answer to a referral, a visit or a referral begun and not finished. */
export type Waiting =
  | { is: 'step'; key: string; familyId: string; visit: VisitView; on: string; daysLeft: number }
  | { is: 'question'; key: string; familyId: string | null; referral: ReferralView }
  | { is: 'answer'; key: string; familyId: string | null; referral: ReferralView | null; notice: NoticeView }
  | { is: 'draft'; key: string; familyId: string | null; draft: DraftView };

export interface WhatWaits {
  now: Waiting[];
  /** Steps of more than a week ahead: promised, but not for today. */
  later: Waiting[];
}

/** That an institution opened a referral is good to know, but nobody waits for the mediator. */
const answers: readonly NoticeKind[] = ['accepted', 'inProgress', 'completed', 'declined', 'message', 'moreInfoNeeded'];
const soon = 7;

/** Late steps first (the longest waiting on top), then questions, steps of today, answers, drafts, steps of the coming days. */
export function whatWaits(
  today: string,
  from: {
    steps: readonly VisitView[];
    notices: readonly NoticeView[];
    referrals: readonly (ReferralView | ReferralSent)[];
    drafts: readonly DraftView[];
  },
): WhatWaits {
  const steps = from.steps
    .filter((visit) => visit.nextStepOn && !visit.nextStepDoneOn && !visit.voided)
    // The filter above leaves only visits with a day.
    .map((visit) => ({ visit, on: visit.nextStepOn as string }))
    .sort((a, b) => a.on.localeCompare(b.on) || a.visit.id.localeCompare(b.visit.id))
    .map(({ visit, on }): Waiting & { is: 'step' } => ({
      is: 'step',
      key: visit.id,
      familyId: visit.familyId,
      visit,
      on,
      daysLeft: daysBetween(today, on),
    }));
  const questions = from.referrals
    .filter((referral) => referral.status === 'moreInfoNeeded')
    .map((referral): Waiting => ({ is: 'question', key: referral.id, familyId: familyOf(referral), referral }));
  const asked = new Set(questions.map((question) => question.key));
  const drafts = from.drafts.map((draft): Waiting => ({
    is: 'draft',
    key: draft.id,
    familyId: draft.familyId ?? null,
    draft,
  }));
  const within = (first: number, last: number): Waiting[] =>
    steps.filter(({ daysLeft }) => daysLeft >= first && daysLeft <= last);
  return {
    now: [
      ...within(-Infinity, -1),
      ...questions,
      ...within(0, 0),
      ...newAnswers(from.notices, from.referrals, asked),
      ...drafts,
      ...within(1, soon),
    ],
    later: within(soon + 1, Infinity),
  };
}

/** One line for a referral, its newest step; what is asked already stands above. */
function newAnswers(
  notices: readonly NoticeView[],
  referrals: readonly ReferralView[],
  asked: ReadonlySet<string>,
): Waiting[] {
  const newest = new Map<string, NoticeView>();
  for (const notice of notices) {
    if (notice.read || !answers.includes(notice.kind) || asked.has(notice.referralId)) continue;
    const known = newest.get(notice.referralId);
    if (!known || known.at < notice.at) newest.set(notice.referralId, notice);
  }
  return [...newest.values()]
    .sort((a, b) => b.at.localeCompare(a.at))
    .map((notice) => {
      const referral = referrals.find((one) => one.id === notice.referralId) ?? null;
      return { is: 'answer', key: notice.referralId, familyId: referral && familyOf(referral), referral, notice };
    });
}

function familyOf(referral: ReferralView): string | null {
  return isSent(referral) ? referral.familyId : null;
}

/** How one greets in Latvia: morning till eleven, evening from six. */
export function partOfDay(time: string): 'morning' | 'day' | 'evening' {
  if (time >= '05:00' && time < '11:00') return 'morning';
  return time >= '11:00' && time < '18:00' ? 'day' : 'evening';
}
