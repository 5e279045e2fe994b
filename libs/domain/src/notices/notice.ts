import { choices, type ChoiceOf } from '../fields/choices.js';
import { Choice, Moment, Reference, Text, YesNo } from '../fields/fields.js';
import { Paging } from '../endpoint/page.js';

/** A step of a referral that its other side is told about. */
export const noticeKinds = choices('notices.kind', [
  'sent',
  'received',
  'moreInfoNeeded',
  'answered',
  'accepted',
  'inProgress',
  'completed',
  'declined',
  'withdrawn',
  'message',
]);
export type NoticeKind = ChoiceOf<typeof noticeKinds>;

/** „You have a task”: tells that something happened to a referral, never about whom. */
export class NoticeView {
  @Reference()
  id: string;

  @Choice(noticeKinds)
  kind: NoticeKind;

  @Reference()
  referralId: string;

  /** The referral's number, `2026-0148`. */
  @Text({ max: 12 })
  referralNumber: string;

  @Moment()
  at: string;

  @YesNo()
  read: boolean;
}

export class NoticeFilter extends Paging {
  @YesNo({ optional: true })
  unread?: boolean | null;
}
