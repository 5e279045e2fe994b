import { newId, referralEndpoints, type ReferralSent } from '@tilts/domain';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';
import { ReferralsInJelgava } from '../testing/referrals-in-jelgava.js';

let app: TestApp;
let story: ReferralsInJelgava;
beforeAll(async () => {
  app = await startTestApp();
  story = new ReferralsInJelgava(app);
  await story.come();
});
afterAll(() => app.close());

describe('The institution', () => {
  it('sees of the person nothing but the snapshot', async () => {
    const referral = await story.sent({ travels: ['lastName'] });
    const { text } = await story.worker.send(referralEndpoints.read, { params: { id: referral.id } });
    expect(JSON.parse(text)).toMatchObject({
      status: 'received',
      person: { firstName: 'Zane', lastName: 'Slepena', birthYear: 1984, birthDate: null, phone: null, address: null },
    });
    for (const hidden of [
      referral.familyId,
      referral.familyCode,
      referral.personId,
      'Slepenā iela',
      '29999999',
      'romani',
      '1984-05-06',
      'Slepeņu',
      'Roberts',
      'groundReason',
    ]) {
      expect(text).not.toContain(hidden);
    }
    const { text: list } = await story.worker.send(referralEndpoints.list);
    expect(list).not.toContain(referral.familyId);
    expect(list).toContain(referral.id);
  });

  it('marks it received by opening it for the first time, once', async () => {
    const referral = await story.sent();
    const [a, b] = await Promise.all([story.open(story.worker, referral), story.open(story.colleague, referral)]);
    expect([a.status, b.status]).toEqual(['received', 'received']);
    const seen = await story.open(story.mediator, referral);
    expect(seen.events.map((event) => [event.move, event.side])).toEqual([
      ['send', 'sender'],
      ['receive', 'receiver'],
    ]);
  });

  it('does not see drafts, drafts that were thrown away, or what went elsewhere', async () => {
    const draft = await story.written();
    const thrown = await story.move(story.mediator, await story.written(), 'withdraw');
    const elsewhere = await story.sent();
    const missing = await story.worker.refused(referralEndpoints.read, { params: { id: newId() } });
    const hidden: [Somebody, ReferralSent][] = [
      [story.worker, draft],
      [story.worker, thrown],
      [app.as.socialWorker('RIGA'), elsewhere],
      [app.as.mediator('JELGAVA', 'second'), elsewhere],
      [app.as.mediator('RIGA'), elsewhere],
    ];
    for (const [who, { id }] of hidden) {
      const params = { id };
      for (const answer of [
        await who.refused(referralEndpoints.read, { params }),
        await who.refused(referralEndpoints.move, { params, input: { move: 'accept' } }),
        await who.refused(referralEndpoints.messages, { params }),
        await who.refused(referralEndpoints.write, { params, input: { id: newId(), text: 'Labdien!' } }),
      ]) {
        expect({ ...answer, requestId: '' }).toEqual({ ...missing, requestId: '' });
      }
    }
    const { items } = await story.worker.call(referralEndpoints.list, { input: { limit: 100 } });
    expect(items.map((item) => item.id)).not.toEqual(expect.arrayContaining([draft.id]));
    expect(items.map((item) => item.id)).not.toEqual(expect.arrayContaining([thrown.id]));
  });

  it('accepts, asks, hears the answer, goes on where it was, and completes', async () => {
    const referral = await story.sent();
    await story.open(story.worker, referral);
    expect(await story.move(story.worker, referral, 'accept')).toMatchObject({ status: 'accepted', daysLeft: null });
    expect(await story.move(story.worker, referral, 'start')).toMatchObject({ status: 'inProgress' });
    expect(await story.refused(story.worker, referral, 'askMore')).toMatchObject({
      code: 'REFERRAL_MOVE_NEEDS_TEXT',
      status: 422,
    });
    await story.move(story.worker, referral, 'askMore', { text: 'Kāds ir bērna vecums?' });
    expect(await story.refused(story.worker, referral, 'answer', { text: 'Pats' })).toMatchObject({
      code: 'REFERRAL_MOVE_NOT_OFFERED',
    });
    expect(await story.move(story.mediator, referral, 'answer', { text: 'Desmit gadi.' })).toMatchObject({
      status: 'inProgress',
    });
    const done = await story.move(story.worker, referral, 'complete', { text: 'Pabalsts piešķirts.' });
    expect(done.events.map((event) => [event.move, event.text])).toEqual([
      ['send', null],
      ['receive', null],
      ['accept', null],
      ['start', null],
      ['askMore', 'Kāds ir bērna vecums?'],
      ['answer', 'Desmit gadi.'],
      ['complete', 'Pabalsts piešķirts.'],
    ]);
    expect(done.moves).toEqual(['setReference']);
    expect(await story.refused(story.mediator, referral, 'withdraw')).toMatchObject({ code: 'REFERRAL_CLOSED' });
  });

  it('declines with a reason from the list', async () => {
    const referral = await story.sent();
    expect(await story.refused(story.worker, referral, 'decline')).toMatchObject({
      code: 'REFERRAL_MOVE_NEEDS_REASON',
    });
    expect(
      await story.move(story.worker, referral, 'decline', { reason: 'notOurTask', text: 'Jautājiet skolai.' }),
    ).toMatchObject({
      status: 'declined',
    });
    expect((await story.open(story.mediator, referral)).events.at(-1)).toMatchObject({
      move: 'decline',
      reason: 'notOurTask',
      text: 'Jautājiet skolai.',
    });
  });

  it('says inside who has taken it, and keeps its own number', async () => {
    const referral = await story.sent();
    const taken = await story.move(story.worker, referral, 'take');
    expect(taken).toMatchObject({ status: 'sent', takenByMe: true });
    expect(taken.moves).toContain('release');
    const seen = await story.open(story.colleague, referral);
    expect(seen).toMatchObject({ takenByMe: false, takenBy: taken.takenBy });
    expect(seen.moves).not.toContain('release');
    expect(await story.refused(story.colleague, referral, 'release')).toMatchObject({
      code: 'REFERRAL_MOVE_NOT_OFFERED',
    });
    expect(await story.move(story.worker, referral, 'release')).toMatchObject({ takenBy: null });
    await story.move(story.worker, referral, 'setReference', { text: 'SOPA-2026/17' });
    await story.move(story.colleague, referral, 'setReference', { text: 'SOPA-2026/18' });
    expect((await story.open(story.mediator, referral)).reference).toBe('SOPA-2026/18');
    expect(await story.refused(story.worker, referral, 'setReference', { text: 'x'.repeat(61) })).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});

describe('Two moves at once', () => {
  it('one wins, and the other is told', async () => {
    const referral = await story.sent();
    const answers = await Promise.all([
      story.worker.send(referralEndpoints.move, { params: { id: referral.id }, input: { move: 'accept' } }),
      story.colleague.send(referralEndpoints.move, {
        params: { id: referral.id },
        input: { move: 'decline', reason: 'other' },
      }),
      story.worker.send(referralEndpoints.move, { params: { id: referral.id }, input: { move: 'accept' } }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(
      (await story.open(story.mediator, referral)).events.filter((event) => ['accept', 'decline'].includes(event.move)),
    ).toHaveLength(1);
  });
});

describe('An answer by phone or letter', () => {
  it('is entered by the mediator', async () => {
    const referral = await story.sent();
    expect(await story.refused(story.mediator, referral, 'recordAcceptance')).toMatchObject({
      code: 'REFERRAL_MOVE_NEEDS_TEXT',
    });
    await story.move(story.mediator, referral, 'recordAcceptance', { text: 'Zvanīja 12. maijā.' });
    expect(await story.move(story.mediator, referral, 'recordCompletion', { text: 'Vēstule saņemta.' })).toMatchObject({
      status: 'completed',
    });
    expect(await story.refused(story.worker, referral, 'recordRefusal', { reason: 'other' })).toMatchObject({
      code: 'REFERRAL_CLOSED',
    });
  });
});
