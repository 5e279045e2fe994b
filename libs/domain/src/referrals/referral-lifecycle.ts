import { choices, type ChoiceOf } from '../fields/choices.js';

export const referralStatuses = choices('referrals.status', [
  'draft',
  'sent',
  'received',
  'moreInfoNeeded',
  'accepted',
  'inProgress',
  'completed',
  'declined',
  'withdrawn',
]);
export type ReferralStatus = ChoiceOf<typeof referralStatuses>;

export const referralMoves = choices('referrals.move', [
  'send',
  'receive',
  'askMore',
  'answer',
  'accept',
  'acceptAndFinish',
  'start',
  'complete',
  'decline',
  'withdraw',
  'take',
  'release',
  'setReference',
  'recordAcceptance',
  'recordCompletion',
  'recordRefusal',
]);
export type ReferralMove = ChoiceOf<typeof referralMoves>;

/** Why an institution declines (domain: „atteikuma iemesls”). */
export const declineReasons = choices(
  'referrals.declineReason',
  ['notOurTask', 'noCapacity', 'notEntitled', 'alreadyHelped', 'cannotReach', 'missingPapers', 'other'],
  { needed: ['other'] },
);
export type DeclineReason = ChoiceOf<typeof declineReasons>;

/** The mediators' side and the institution's side. */
export const referralSides = choices('referrals.side', ['sender', 'receiver']);
export type ReferralSide = ChoiceOf<typeof referralSides>;

interface Step {
  from: readonly ReferralStatus[];
  /** `stay`: the status does not change; `back`: to where it was when more was asked. */
  to: ReferralStatus | 'stay' | 'back';
  by: ReferralSide;
  needs?: 'reason' | 'text';
}

const open = [
  'sent',
  'received',
  'moreInfoNeeded',
  'accepted',
  'inProgress',
] as const satisfies readonly ReferralStatus[];
const unanswered = ['sent', 'received', 'moreInfoNeeded'] as const satisfies readonly ReferralStatus[];

/** The whole life of a referral: from → to, by whom, what it needs. What does not stand here is refused and not offered. */
export const referralLifecycle: Record<ReferralMove, Step> = {
  send: { from: ['draft'], to: 'sent', by: 'sender' },
  /** Made by the first opening, not by a button. */
  receive: { from: ['sent'], to: 'received', by: 'receiver' },
  askMore: {
    from: ['sent', 'received', 'accepted', 'inProgress'],
    to: 'moreInfoNeeded',
    by: 'receiver',
    needs: 'text',
  },
  answer: { from: ['moreInfoNeeded'], to: 'back', by: 'sender', needs: 'text' },
  accept: { from: unanswered, to: 'accepted', by: 'receiver' },
  acceptAndFinish: { from: unanswered, to: 'completed', by: 'receiver', needs: 'text' },
  start: { from: ['accepted'], to: 'inProgress', by: 'receiver' },
  complete: { from: ['accepted', 'inProgress'], to: 'completed', by: 'receiver', needs: 'text' },
  decline: { from: unanswered, to: 'declined', by: 'receiver', needs: 'reason' },
  withdraw: { from: ['draft', ...open], to: 'withdrawn', by: 'sender' },
  take: { from: open, to: 'stay', by: 'receiver' },
  release: { from: open, to: 'stay', by: 'receiver' },
  setReference: { from: [...open, 'completed', 'declined'], to: 'stay', by: 'receiver', needs: 'text' },
  /** An answer that came by phone or letter, entered by the mediator. */
  recordAcceptance: { from: unanswered, to: 'accepted', by: 'sender', needs: 'text' },
  recordCompletion: { from: open, to: 'completed', by: 'sender', needs: 'text' },
  recordRefusal: { from: unanswered, to: 'declined', by: 'sender', needs: 'reason' },
};

/** Moves that this side may make now. */
export function movesOffered(status: ReferralStatus, side: ReferralSide): ReferralMove[] {
  return referralMoves.values.filter(
    (move) =>
      referralLifecycle[move].by === side && (referralLifecycle[move].from as readonly string[]).includes(status),
  );
}

/** Where a move leads. `askedFrom` is the status in which more was asked last; null if never. Undefined: not offered. */
export function statusAfter(
  status: ReferralStatus,
  move: ReferralMove,
  side: ReferralSide,
  askedFrom: ReferralStatus | null,
): ReferralStatus | undefined {
  const step = referralLifecycle[move];
  if (step.by !== side || !step.from.includes(status)) return undefined;
  if (step.to === 'stay') return status;
  return step.to === 'back' ? (askedFrom === null || askedFrom === 'sent' ? 'received' : askedFrom) : step.to;
}

/** Waits for the institution's first answer. */
export function isUnanswered(status: ReferralStatus): boolean {
  return (unanswered as readonly string[]).includes(status);
}

export function isClosed(status: ReferralStatus): boolean {
  return status === 'completed' || status === 'declined' || status === 'withdrawn';
}
