import { dayOf, type Instant } from '../fields/day.js';
import type { NoticeView } from '../notices/notice.js';
import { noticeEndpoints } from '../notices/notices.endpoints.js';
import { directoryEndpoints } from '../directory/directory.endpoints.js';
import { isClosed, isUnanswered, type ReferralStatus } from '../referrals/referral-lifecycle.js';
import { boardOf, type MessageView, type ReferralBoard, type ReferralSent } from '../referrals/referral.js';
import { referralEndpoints } from '../referrals/referrals.endpoints.js';
import { answer, type Answering } from './answering.js';
import type { FamilyBundle } from './copy.js';
import { workingDaysHeld } from './local-copy-days.js';
import { bundleOf, byId, held, latest } from './local-copy-lists.js';
import { pageOfCopy, placeFrom, sorted, type Place } from './local-copy-paging.js';
import { keptAnswer, newestNotices, unreadNotices, type HeldCopy } from './local-copy.js';

/** Referrals of the mediator's families, what is written beside them, and notices about them. */
export const referralAnswers: Answering[] = [
  answer(referralEndpoints.list, (copy, { input }) => {
    const one = input.familyId ? bundleOf(copy, input.familyId) : undefined;
    const bundles = one ? [one] : copy.bundles;
    if (input.familyId ? !one : !copy.complete) return undefined;
    const board = input.board ?? null;
    const referrals = bundles.flatMap((bundle) => bundle.referrals);
    const wanted = board ? referrals.filter(({ status }) => boardOf(status) === board) : referrals;
    const { placeOf, descending } = orders[board ?? 'all'];
    const until = untilOf(bundles, board);
    const page = pageOfCopy(sorted(wanted, placeOf, { descending, until }), input);
    return page && { ...page, items: page.items.map((referral) => ({ ...asOfToday(copy, referral), events: [] })) };
  }),
  answer(referralEndpoints.read, (copy, { params }) => {
    const referral = held(copy, 'referrals', params.id)?.record;
    return referral && asOfToday(copy, referral);
  }),
  answer(referralEndpoints.messages, (copy, { params, input }) => {
    const found = held(copy, 'referrals', params.id);
    if (!found) return undefined;
    const thread = found.bundle.messages.find(({ referralId }) => referralId === params.id)?.messages ?? [];
    return pageOfCopy(sorted(thread, atPlace), input);
  }),

  answer(noticeEndpoints.list, (copy, { input }) => {
    const kept = keptAnswer(copy, noticeEndpoints.list, input.unread ? unreadNotices : newestNotices);
    if (!kept) return undefined;
    const until = kept.next === null ? null : placeFrom(kept.next);
    if (until === undefined) return undefined;
    const wanted = ({ read }: NoticeView): boolean => typeof input.unread !== 'boolean' || read !== input.unread;
    return pageOfCopy(sorted(kept.items, atPlace, { descending: true, until }), input, wanted);
  }),
];

const atPlace = ({ at, id }: Pick<MessageView | NoticeView, 'at' | 'id'>): Place => [at, id];

interface Order {
  placeOf: (referral: ReferralSent) => Place;
  descending: boolean;
}

// A draft has no due day yet; it stands behind what waits for others.
const dueOf = ({ dueOn }: ReferralSent): string => dueOn ?? '2099-12-31';
const byDue: Order = { placeOf: (referral) => [dueOf(referral), referral.id], descending: false };

/** Overdue first; what is finished, newest first. The numbers are the office's, since its cursors hold them. */
const orders: Record<ReferralBoard | 'all', Order> = {
  waiting: byDue,
  inWork: byDue,
  answered: { placeOf: (referral) => [answeredAt(referral), referral.id], descending: true },
  all: {
    placeOf: (referral) => [
      isClosed(referral.status) ? backwards(answeredAt(referral)) : daysSince2000(dueOf(referral)),
      referral.id,
    ],
    descending: false,
  },
};

function backwards(at: Instant): number {
  return 10_000_000_000 - Math.round(Date.parse(at) / 1_000);
}

function daysSince2000(day: string): number {
  return (Date.parse(day) - Date.UTC(2000, 0, 1)) / 86_400_000;
}

/** When it was first answered; else when it was sent; else when it was written, which its id tells. */
function answeredAt({ events, sentAt, id }: ReferralSent): Instant {
  const answers = (status: ReferralStatus): boolean =>
    !isUnanswered(status) && status !== 'draft' && status !== 'withdrawn';
  const first = events.find(({ status }) => answers(status));
  return first?.at ?? sentAt ?? new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toISOString();
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Behind which place of that list there are referrals that only the office has. */
function untilOf(bundles: readonly FamilyBundle[], board: ReferralBoard | null): Place | null {
  const since = board && board !== 'answered' ? null : latest(bundles.filter((bundle) => bundle.hasOlderReferrals));
  if (since === null) return null;
  const midnight = `${since}T00:00:00.000Z`;
  return board ? [midnight, FIRST_ID] : [backwards(midnight), LAST_ID];
}

/** Days are counted anew each day; where the working days of a year are not held here, they stay as the office told them last. */
export function asOfToday(copy: HeldCopy, referral: ReferralSent): ReferralSent {
  const { status, sentAt, dueOn, institutionId } = referral;
  const days = (from: string, to: string): number | undefined => {
    const institution = byId(keptAnswer(copy, directoryEndpoints.institutions)?.items ?? [], institutionId);
    return institution && workingDaysHeld(copy, institution, from, to);
  };
  const waits = sentAt !== null && isUnanswered(status);
  return {
    ...referral,
    daysLeft: waits && dueOn ? (days(copy.today, dueOn) ?? referral.daysLeft) : null,
    age: sentAt && !isClosed(status) ? (days(dayOf(sentAt), copy.today) ?? referral.age) : null,
  };
}
