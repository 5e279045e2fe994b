import { aReferral } from '@tilts/testing';
import { newestNotices, newId, noticeEndpoints, referralEndpoints, unreadNotices } from '../index.js';
import * as held from './testing/held-copy.js';
import { page } from './testing/held-copy.js';
import { anna, copy, done, draft, notice, questioned, share, sharedOfChild, to, family } from './testing/one-family.js';

describe('A referral', () => {
  const said = aReferral(
    { ...family, persons: [anna] },
    { institutionId: held.office.id, travels: ['lastName', 'household'] },
  );

  it('is a draft without a number, with the card that will travel', () => {
    const { output, ask } = done([referralEndpoints.create, { input: said }]);
    expect(output).toMatchObject({
      ...{
        id: said.id,
        number: '…',
        status: 'draft',
        institution: held.office.name,
        institutionKind: 'socialService',
        familyCode: 'JEL-0012',
      },
      ...{
        person: { firstName: 'Anna', lastName: 'Bērziņa', household: 2, phone: null },
        request: said.request,
        moves: ['send', 'withdraw'],
      },
      ...{ sentAt: null, dueOn: null, daysLeft: null, age: null, version: 1, events: [] },
    });
    expect(ask(referralEndpoints.list, { input: { board: 'waiting' } }).items).toHaveLength(3);
    expect(ask(referralEndpoints.messages, to(said))).toEqual(page([]));
  });

  it('is sent with its due day, and rests on the consent of that person', () => {
    const { output } = done(
      [referralEndpoints.create, { input: said }],
      [referralEndpoints.move, to(said, { move: 'send' })],
    );
    // Five working days after Monday the 23rd, the Saturday among them.
    expect(output).toMatchObject({
      status: 'sent',
      sentAt: held.now,
      dueOn: '2026-11-28',
      daysLeft: 5,
      age: 0,
      version: 2,
      consentOn: share.givenOn,
    });
    expect(done([referralEndpoints.move, to(draft, { move: 'send' })]).output).toMatchObject({
      consentOn: sharedOfChild.givenOn,
    });
  });

  it('moves as the lifecycle says, and not at all where it says nothing', () => {
    const { output } = done([referralEndpoints.move, to(questioned, { move: 'answer', text: 'Lūk, papīri.' })]);
    expect(output).toMatchObject({ status: 'inProgress', version: 2, moves: ['withdraw', 'recordCompletion'] });
    expect((output as typeof questioned).events.at(-1)).toMatchObject({
      move: 'answer',
      status: 'inProgress',
      side: 'sender',
      by: held.me.name,
      text: 'Lūk, papīri.',
    });
    expect(done([referralEndpoints.move, to(draft, { move: 'answer', text: 'x' })]).after).toBe(copy);
    expect(done([referralEndpoints.move, to(draft, { move: 'withdraw' })]).output).toMatchObject({
      status: 'withdrawn',
      moves: [],
      sentAt: null,
    });
  });

  it('carries a thread', () => {
    const input = { id: newId(), text: 'Kad varam nākt?' };
    const { output, ask } = done([referralEndpoints.write, to(questioned, input)]);
    const message = { ...input, side: 'sender', by: held.me.name, mine: true, at: held.now };
    expect(output).toEqual(message);
    expect(ask(referralEndpoints.messages, to(questioned)).items).toEqual([message]);
  });

  it('has notices that somebody read', () => {
    const { ask, output } = done([noticeEndpoints.markRead, to(notice)]);
    expect(output).toBeUndefined();
    expect(ask(noticeEndpoints.list, { input: newestNotices }).items).toEqual([{ ...notice, read: true }]);
    expect(ask(noticeEndpoints.list, { input: unreadNotices }).items).toEqual([]);
  });
});
