import type { MessageView, ReferralEventView, ReferralView } from '@tilts/domain';

/** One line of the thread: a step that was made, or somebody's words. */
export type ThreadItem = { id: string; at: string } & (
  { kind: 'event'; event: ReferralEventView } | { kind: 'message'; message: MessageView }
);

/** Steps and messages in the order in which they happened. */
export function threadOf(referral: Pick<ReferralView, 'events'>, messages: readonly MessageView[]): ThreadItem[] {
  const items: ThreadItem[] = [
    ...referral.events.map((event) => ({ kind: 'event' as const, id: event.id, at: event.at, event })),
    ...messages.map((message) => ({ kind: 'message' as const, id: message.id, at: message.at, message })),
  ];
  return items.sort((a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id));
}
