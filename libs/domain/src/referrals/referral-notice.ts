import type { NoticeKind } from '../notices/notice.js';
import type { ReferralMove } from './referral-lifecycle.js';

/** What the other side of a referral is told after a move; null: what one side keeps to itself. */
export const noticeAfter: Record<ReferralMove, NoticeKind | null> = {
  send: 'sent',
  receive: 'received',
  askMore: 'moreInfoNeeded',
  answer: 'answered',
  accept: 'accepted',
  acceptAndFinish: 'completed',
  start: 'inProgress',
  complete: 'completed',
  decline: 'declined',
  withdraw: 'withdrawn',
  take: null,
  release: null,
  setReference: null,
  recordAcceptance: 'accepted',
  recordCompletion: 'completed',
  recordRefusal: 'declined',
};
