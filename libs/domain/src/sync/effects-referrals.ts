import { shareConsentFor } from '../consents/consent.js';
import { directoryEndpoints } from '../directory/directory.endpoints.js';
import type { InstitutionView } from '../directory/institution.js';
import { dayOf } from '../fields/day.js';
import { noticeEndpoints } from '../notices/notices.endpoints.js';
import { movesOffered, statusAfter, type ReferralStatus } from '../referrals/referral-lifecycle.js';
import type { NewReferral, ReferralEventView, ReferralSent, ReferralStep } from '../referrals/referral.js';
import { referralEndpoints } from '../referrals/referrals.endpoints.js';
import { snapshotOf } from '../referrals/snapshot.js';
import type { FamilyBundle } from './copy.js';
import { asOfToday } from './answers-referrals.js';
import { changed, effect, replaced, type Doing, type Effect } from './effecting.js';
import { dueOnHeld } from './local-copy-days.js';
import { bundleOf, byId, held } from './local-copy-lists.js';
import { keptAnswer, newestNotices, referenceKey, unreadNotices, type HeldCopy } from './local-copy.js';

/** Writing and moving referrals, as the sender; messages and notices. */
export const referralEffects: Effect[] = [
  effect(
    referralEndpoints.create,
    (copy, { input }, doing) => {
      const bundle = bundleOf(copy, input.familyId);
      const referral = bundle && !byId(bundle.referrals, input.id) && drafted(copy, bundle, input, doing);
      return referral ? changed(copy, bundle, { referrals: [...bundle.referrals, referral] }) : copy;
    },
    (after, { input }) => referralIn(after, input.id),
  ),

  effect(
    referralEndpoints.move,
    (copy, { params, input: step }, doing) => {
      const found = held(copy, 'referrals', params.id);
      const referral = found && moved(copy, found.bundle, found.record, step, doing);
      return referral ? changed(copy, found.bundle, { referrals: replaced(found.bundle.referrals, referral) }) : copy;
    },
    (after, { params }) => referralIn(after, params.id),
  ),

  effect(
    referralEndpoints.write,
    (copy, { params, input: { id, text } }, { by, at }) => {
      const bundle = held(copy, 'referrals', params.id)?.bundle;
      if (!bundle || threadOf(bundle, params.id).some((message) => message.id === id)) return copy;
      const messages = [
        ...threadOf(bundle, params.id),
        { id, side: 'sender' as const, by: by.name, mine: true, at, text },
      ];
      const others = bundle.messages.filter(({ referralId }) => referralId !== params.id);
      return changed(copy, bundle, { messages: [...others, { referralId: params.id, messages }] });
    },
    (after, { params, input }) => {
      const bundle = held(after, 'referrals', params.id)?.bundle;
      return bundle && threadOf(bundle, params.id).find(({ id }) => id === input.id);
    },
  ),

  effect(
    noticeEndpoints.markRead,
    (copy, { params }) => {
      const reference = { ...copy.reference };
      for (const asked of [newestNotices, unreadNotices]) {
        const kept = keptAnswer(copy, noticeEndpoints.list, asked);
        if (!kept) continue;
        const items = kept.items.map((notice) => (notice.id === params.id ? { ...notice, read: true } : notice));
        reference[referenceKey(noticeEndpoints.list, { input: asked })] = { ...kept, items };
      }
      return { ...copy, reference };
    },
    () => undefined,
  ),
];

/** Numbers are counted at the office. */
const NUMBER_NOT_YET_GIVEN = '…';

function drafted(
  copy: HeldCopy,
  { family, persons }: FamilyBundle,
  referral: NewReferral,
  { by, at }: Doing,
): ReferralSent | undefined {
  const institution = institutionIn(copy, referral.institutionId);
  const person = byId(persons, referral.personId);
  if (!institution || !person) return undefined;
  const today = dayOf(at);
  const household = persons.filter(({ leftOn }) => leftOn === null || leftOn > today).length;
  const { id, familyId, personId, institutionId, needArea, request, ground, groundReason = null } = referral;
  return {
    ...{ id, familyId, personId, institutionId, needArea, request, ground, groundReason },
    number: NUMBER_NOT_YET_GIVEN,
    status: 'draft',
    municipalityId: family.municipalityId,
    familyCode: family.code,
    institution: institution.name,
    institutionKind: institution.kind,
    institutionHasUsers: institution.hasUsers,
    service: institution.services.find((service) => service.id === referral.serviceId)?.name ?? null,
    person: snapshotOf(person, family, household, referral.travels),
    sentBy: by.name,
    ...{ consentOn: null, sentAt: null, dueOn: null, daysLeft: null, age: null, takenBy: null, reference: null },
    takenByMe: false,
    version: 1,
    moves: movesOffered('draft', 'sender'),
    events: [],
  };
}

/** Undefined for a step that is not offered: the office has taken it already, or will refuse it. */
function moved(
  copy: HeldCopy,
  bundle: FamilyBundle,
  referral: ReferralSent,
  step: ReferralStep,
  { id, by, at }: Doing,
): ReferralSent | undefined {
  const status = statusAfter(referral.status, step.move, 'sender', askedFrom(referral.events));
  if (status === undefined) return undefined;
  const { reason = null, text = null, move } = step;
  const event: ReferralEventView = { id, move, status, side: 'sender', by: by.name, at, reason, text };
  return {
    ...referral,
    ...(move === 'send' && sending(copy, bundle, referral, at)),
    status,
    version: referral.version + 1,
    moves: movesOffered(status, 'sender'),
    events: [...referral.events, event],
  };
}

function sending(
  copy: HeldCopy,
  { consents }: FamilyBundle,
  { institutionId, ground, personId, needArea, institutionKind }: ReferralSent,
  at: string,
): Pick<ReferralSent, 'sentAt' | 'dueOn' | 'consentOn' | 'daysLeft' | 'age'> {
  const institution = institutionIn(copy, institutionId);
  const dueOn = institution ? (dueOnHeld(copy, institution, dayOf(at)) ?? institution.answerBy) : null;
  // The narrower consent, for this person, is named before the family's.
  const narrowFirst = [...consents].sort((a, b) => Number(a.personId === null) - Number(b.personId === null));
  const consent = ground === 'consent' ? shareConsentFor(narrowFirst, personId, needArea, institutionKind) : undefined;
  return { sentAt: at, dueOn, consentOn: consent?.givenOn ?? null, daysLeft: institution?.answerDays ?? null, age: 0 };
}

/** The status in which more was asked last. */
function askedFrom(events: readonly ReferralEventView[]): ReferralStatus | null {
  const asked = events.findLastIndex(({ move }) => move === 'askMore');
  return events[asked - 1]?.status ?? null;
}

function referralIn(copy: HeldCopy, id: string): ReferralSent | undefined {
  const referral = held(copy, 'referrals', id)?.record;
  return referral && asOfToday(copy, referral);
}

function institutionIn(copy: HeldCopy, id: string): InstitutionView | undefined {
  return byId(keptAnswer(copy, directoryEndpoints.institutions)?.items ?? [], id);
}

function threadOf({ messages }: FamilyBundle, referralId: string): FamilyBundle['messages'][number]['messages'] {
  return messages.find((thread) => thread.referralId === referralId)?.messages ?? [];
}
