import { consentEndpoints, newId, noticeEndpoints, registrationEndpoints, referralEndpoints } from '@tilts/domain';
import type { NewConsent, NewFamily, NewReferral, ReferralMove, ReferralSent, ReferralStep } from '@tilts/domain';
import { aConsentToShare, aFamily, aMember, aReferral } from '@tilts/testing';
import { institutionId } from '../directory/directory-rows.js';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';

let app: TestApp;
let mediator: Somebody;
let worker: Somebody;
let colleague: Somebody;

beforeAll(async () => {
  app = await startTestApp();
  mediator = app.as.mediator('JELGAVA');
  worker = app.as.socialWorker('JELGAVA');
  colleague = app.as.socialWorker('JELGAVA', 'second');
  await Promise.all([worker.id(), colleague.id()]);
});
afterAll(() => app.close());

const socialService = institutionId('JELGAVA', 'socialService');

async function registered(consent?: Partial<NewConsent>): Promise<NewFamily & { share: NewConsent | undefined }> {
  const family = aFamily({
    municipalityId: municipalityId('JELGAVA'), name: 'Slepeņu ģimene', address: 'Slepenā iela 5, Jelgava', phone: '+37129999999', language: 'romani',
    persons: [aMember({ householdRole: 'contact', firstName: 'Zane', lastName: 'Slepena', birthDate: '1984-05-06', birthYear: null }), aMember({ firstName: 'Roberts', lastName: 'Slepens' })],
  });
  await mediator.call(registrationEndpoints.register, { input: family });
  const share = consent && aConsentToShare(family, consent);
  if (share) await mediator.call(consentEndpoints.create, { input: share });
  return Object.assign(family, { share });
}

async function written(stated: Partial<NewReferral> = {}, consent: Partial<NewConsent> | undefined = {}): Promise<ReferralSent> {
  const family = await registered(consent);
  return (await mediator.call(referralEndpoints.create, { input: aReferral(family, { institutionId: socialService, ...stated }) })) as ReferralSent;
}

async function sent(stated: Partial<NewReferral> = {}): Promise<ReferralSent> {
  return move(mediator, await written(stated), 'send');
}

async function move(by: Somebody, { id }: { id: string }, name: ReferralMove, more: Partial<ReferralStep> = {}): Promise<ReferralSent> {
  return (await by.call(referralEndpoints.move, { params: { id }, input: { move: name, ...more } })) as ReferralSent;
}

const refused = (by: Somebody, { id }: { id: string }, name: ReferralMove, more: Partial<ReferralStep> = {}) =>
  by.refused(referralEndpoints.move, { params: { id }, input: { move: name, ...more } });

const open = async (by: Somebody, { id }: { id: string }) => (await by.call(referralEndpoints.read, { params: { id } })) as ReferralSent;

describe('A referral', () => {
  it('begins as a draft with the card that will travel, and gets the next number', async () => {
    const first = await written({ travels: ['phone'] });
    expect(first).toMatchObject({ status: 'draft', sentAt: null, dueOn: null, daysLeft: null, moves: ['send', 'withdraw'], institutionHasUsers: true, events: [] });
    expect(first.person).toEqual({ firstName: 'Zane', lastName: 'S.', birthYear: 1984, birthDate: null, phone: '+37129999999', address: null, language: null, household: null });
    const next = await written();
    expect(Number(next.number.slice(5)) - Number(first.number.slice(5))).toBe(1);
    expect(next.number).toMatch(/^\d{4}-\d{4}$/);
  });

  it('sent again answers as the first time; with other words it is refused', async () => {
    const family = await registered({});
    const referral = aReferral(family, { institutionId: socialService });
    const [a, b] = await Promise.all([1, 2].map(() => mediator.call(referralEndpoints.create, { input: referral })));
    expect(b).toEqual(a);
    expect(await mediator.refused(referralEndpoints.create, { input: aReferral(family, { ...referral, request: 'Kas cits' }) })).toMatchObject({ code: 'ID_TAKEN' });
  });

  it('goes to an institution of the city and is about a member of the family', async () => {
    const [family, other] = [await registered(), await registered()];
    const wrongs = [{ institutionId: institutionId('RIGA', 'socialService') }, { institutionId: newId() }, { institutionId: socialService, serviceId: newId() }, { institutionId: socialService, personId: other.persons[0]?.id ?? '' }];
    for (const wrong of wrongs) {
      expect(await mediator.refused(referralEndpoints.create, { input: aReferral(family, wrong) })).toMatchObject({ code: 'INVALID_INPUT', fields: [{ code: 'notThere' }] });
    }
  });

  it('needs at the instant of sending a consent for this purpose and this kind of recipient', async () => {
    for (const consent of [undefined, { purpose: 'EDU' as const }, { recipientKind: 'school' as const }]) {
      const family = await registered(consent);
      const draft = await mediator.call(referralEndpoints.create, { input: aReferral(family, { institutionId: socialService }) });
      expect(await refused(mediator, draft, 'send')).toMatchObject({ code: 'REFERRAL_NEEDS_CONSENT' });
    }
    const referral = await sent();
    expect(referral).toMatchObject({ status: 'sent', age: 0, moves: ['withdraw', 'recordAcceptance', 'recordCompletion', 'recordRefusal'] });
    expect(referral.consentOn).not.toBeNull();
    expect(referral.dueOn).not.toBeNull();
    expect(referral.daysLeft).toBeGreaterThan(0);
  });

  it('never waits for consent when a child must be protected', async () => {
    const referral = await move(mediator, await written({ ground: 'childProtection', groundReason: 'Bērns viens mājās' }, undefined), 'send');
    expect(referral).toMatchObject({ status: 'sent', ground: 'childProtection', groundReason: 'Bērns viens mājās', consentOn: null });
  });
});

describe('The institution', () => {
  it('sees of the person nothing but the snapshot', async () => {
    const referral = await sent({ travels: ['lastName'] });
    const { text } = await worker.send(referralEndpoints.read, { params: { id: referral.id } });
    expect(JSON.parse(text)).toMatchObject({ status: 'received', person: { firstName: 'Zane', lastName: 'Slepena', birthYear: 1984, birthDate: null, phone: null, address: null } });
    for (const hidden of [referral.familyId, referral.familyCode, referral.personId, 'Slepenā iela', '29999999', 'romani', '1984-05-06', 'Slepeņu', 'Roberts', 'groundReason']) {
      expect(text).not.toContain(hidden);
    }
    const { text: list } = await worker.send(referralEndpoints.list);
    expect(list).not.toContain(referral.familyId);
    expect(list).toContain(referral.id);
  });

  it('marks it received by opening it for the first time, once', async () => {
    const referral = await sent();
    const [a, b] = await Promise.all([open(worker, referral), open(colleague, referral)]);
    expect([a.status, b.status]).toEqual(['received', 'received']);
    const seen = await open(mediator, referral);
    expect(seen.events.map((event) => [event.move, event.side])).toEqual([['send', 'sender'], ['receive', 'receiver']]);
  });

  it('does not see drafts, drafts that were thrown away, or what went elsewhere', async () => {
    const draft = await written();
    const thrown = await move(mediator, await written(), 'withdraw');
    const elsewhere = await sent();
    const missing = await worker.refused(referralEndpoints.read, { params: { id: newId() } });
    const hidden: [Somebody, ReferralSent][] = [[worker, draft], [worker, thrown], [app.as.socialWorker('RIGA'), elsewhere], [app.as.mediator('JELGAVA', 'second'), elsewhere], [app.as.mediator('RIGA'), elsewhere]];
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
    const { items } = await worker.call(referralEndpoints.list, { input: { limit: 100 } });
    expect(items.map((item) => item.id)).not.toEqual(expect.arrayContaining([draft.id]));
    expect(items.map((item) => item.id)).not.toEqual(expect.arrayContaining([thrown.id]));
  });

  it('accepts, asks, hears the answer, goes on where it was, and completes', async () => {
    const referral = await sent();
    await open(worker, referral);
    expect(await move(worker, referral, 'accept')).toMatchObject({ status: 'accepted', daysLeft: null });
    expect(await move(worker, referral, 'start')).toMatchObject({ status: 'inProgress' });
    expect(await refused(worker, referral, 'askMore')).toMatchObject({ code: 'REFERRAL_MOVE_NEEDS_TEXT', status: 422 });
    await move(worker, referral, 'askMore', { text: 'Kāds ir bērna vecums?' });
    expect(await refused(worker, referral, 'answer', { text: 'Pats' })).toMatchObject({ code: 'REFERRAL_MOVE_NOT_OFFERED' });
    expect(await move(mediator, referral, 'answer', { text: 'Desmit gadi.' })).toMatchObject({ status: 'inProgress' });
    const done = await move(worker, referral, 'complete', { text: 'Pabalsts piešķirts.' });
    expect(done.events.map((event) => [event.move, event.text])).toEqual([
      ['send', null], ['receive', null], ['accept', null], ['start', null], ['askMore', 'Kāds ir bērna vecums?'], ['answer', 'Desmit gadi.'], ['complete', 'Pabalsts piešķirts.'],
    ]);
    expect(done.moves).toEqual(['setReference']);
    expect(await refused(mediator, referral, 'withdraw')).toMatchObject({ code: 'REFERRAL_CLOSED' });
  });

  it('declines with a reason from the list', async () => {
    const referral = await sent();
    expect(await refused(worker, referral, 'decline')).toMatchObject({ code: 'REFERRAL_MOVE_NEEDS_REASON' });
    expect(await move(worker, referral, 'decline', { reason: 'notOurTask', text: 'Jautājiet skolai.' })).toMatchObject({ status: 'declined' });
    expect((await open(mediator, referral)).events.at(-1)).toMatchObject({ move: 'decline', reason: 'notOurTask', text: 'Jautājiet skolai.' });
  });

  it('says inside who has taken it, and keeps its own number', async () => {
    const referral = await sent();
    const taken = await move(worker, referral, 'take');
    expect(taken).toMatchObject({ status: 'sent', takenByMe: true });
    expect(taken.moves).toContain('release');
    const seen = await open(colleague, referral);
    expect(seen).toMatchObject({ takenByMe: false, takenBy: taken.takenBy });
    expect(seen.moves).not.toContain('release');
    expect(await refused(colleague, referral, 'release')).toMatchObject({ code: 'REFERRAL_MOVE_NOT_OFFERED' });
    expect(await move(worker, referral, 'release')).toMatchObject({ takenBy: null });
    await move(worker, referral, 'setReference', { text: 'SOPA-2026/17' });
    await move(colleague, referral, 'setReference', { text: 'SOPA-2026/18' });
    expect((await open(mediator, referral)).reference).toBe('SOPA-2026/18');
    expect(await refused(worker, referral, 'setReference', { text: 'x'.repeat(61) })).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('Two moves at once', () => {
  it('one wins, and the other is told', async () => {
    const referral = await sent();
    const answers = await Promise.all([
      worker.send(referralEndpoints.move, { params: { id: referral.id }, input: { move: 'accept' } }),
      colleague.send(referralEndpoints.move, { params: { id: referral.id }, input: { move: 'decline', reason: 'other' } }),
      worker.send(referralEndpoints.move, { params: { id: referral.id }, input: { move: 'accept' } }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await open(mediator, referral)).events.filter((event) => ['accept', 'decline'].includes(event.move))).toHaveLength(1);
  });
});

describe('An answer by phone or letter', () => {
  it('is entered by the mediator', async () => {
    const referral = await sent();
    expect(await refused(mediator, referral, 'recordAcceptance')).toMatchObject({ code: 'REFERRAL_MOVE_NEEDS_TEXT' });
    await move(mediator, referral, 'recordAcceptance', { text: 'Zvanīja 12. maijā.' });
    expect(await move(mediator, referral, 'recordCompletion', { text: 'Vēstule saņemta.' })).toMatchObject({ status: 'completed' });
    expect(await refused(worker, referral, 'recordRefusal', { reason: 'other' })).toMatchObject({ code: 'REFERRAL_CLOSED' });
  });
});

describe('A consent that is withdrawn', () => {
  async function withdrawnAfter(step: (referral: ReferralSent) => Promise<unknown>): Promise<ReferralSent> {
    const family = await registered({});
    const draft = await mediator.call(referralEndpoints.create, { input: aReferral(family, { institutionId: socialService, request: 'Slepens lūgums' }) });
    const referral = await move(mediator, draft, 'send');
    await step(referral);
    // Still open and not resting on the consent: it keeps the family's salt in the institution's reach, and that alone.
    const urgent = await mediator.call(referralEndpoints.create, { input: aReferral(family, { institutionId: socialService, request: 'Cits', ground: 'childProtection', groundReason: 'Steidzami' }) });
    await move(mediator, urgent, 'send');
    await mediator.call(referralEndpoints.write, { params: { id: referral.id }, input: { id: newId(), text: 'Slepena ziņa' } }).catch(() => undefined);
    await mediator.call(consentEndpoints.create, { input: aConsentToShare(family, { withdraws: family.share?.id ?? null }) });
    return referral;
  }

  it('ends the institution’s access at once: card, request, words and messages, and it is told', async () => {
    const referral = await withdrawnAfter(async (made) => {
      await open(worker, made);
      await move(worker, made, 'askMore', { text: 'Slepens jautājums' });
    });
    const { text } = await worker.send(referralEndpoints.read, { params: { id: referral.id } });
    expect(JSON.parse(text)).toMatchObject({ status: 'withdrawn', person: null, request: null, moves: [] });
    expect(text).not.toMatch(/Slepen|Zane/);
    expect(await worker.call(referralEndpoints.messages, { params: { id: referral.id } })).toEqual({ items: [], next: null });
    expect((await worker.send(referralEndpoints.list)).text).not.toContain('Slepens lūgums');
    expect((await worker.call(noticeEndpoints.list)).items[0]).toMatchObject({ kind: 'withdrawn', referralId: referral.id });
    expect((await open(mediator, referral)).events.at(-1)).toMatchObject({ move: 'withdraw', side: 'sender' });
    expect((await open(mediator, referral)).request).toBe('Slepens lūgums');
  });

  it('ends it for a finished referral too, which stays finished', async () => {
    const referral = await withdrawnAfter((made) => move(worker, made, 'acceptAndFinish', { text: 'Slepens iznākums' }));
    const seen = await worker.send(referralEndpoints.read, { params: { id: referral.id } });
    expect(JSON.parse(seen.text)).toMatchObject({ status: 'completed', person: null, request: null });
    expect(seen.text).not.toMatch(/Slepen|Zane/);
    expect(await refused(worker, referral, 'setReference', { text: '1' })).toMatchObject({ code: 'CONSENT_WITHDRAWN' });
  });
});

describe('The list of referrals', () => {
  it('has boards, the overdue first, and pages without gaps', async () => {
    const ids: string[] = [];
    for (const due of ['2026-11-20', '2018-05-02', '2026-12-24', '2018-05-02']) {
      const { id } = await sent();
      await app.owner.query('UPDATE referral SET due_on = $2 WHERE id = $1', [id, due]);
      ids.push(id);
    }
    for (const [who, board] of [[worker, 'waiting'], [mediator, 'waiting'], [worker, null]] as const) {
      const seen: ReferralSent[] = [];
      for (let after: string | null = null; seen.length === 0 || after !== null; ) {
        const page: { items: unknown[]; next: string | null } = await who.call(referralEndpoints.list, { input: { board, limit: 3, after } });
        seen.push(...(page.items as ReferralSent[]));
        after = page.next;
      }
      const open = seen.filter((referral) => ['sent', 'received', 'moreInfoNeeded', 'accepted', 'inProgress'].includes(referral.status));
      expect(open.map((referral) => referral.dueOn)).toEqual(open.map((referral) => referral.dueOn).sort());
      expect(new Set(seen.map((referral) => referral.id)).size).toBe(seen.length);
      expect(seen.map((referral) => referral.id)).toEqual(expect.arrayContaining(ids));
      expect(seen.find((referral) => referral.id === ids[1])?.daysLeft).toBeLessThan(-2000);
    }
    const { items } = await worker.call(referralEndpoints.list, { input: { board: 'answered' } });
    expect(items.every((referral) => ['completed', 'declined', 'withdrawn'].includes(referral.status))).toBe(true);
  });
});

describe('The thread', () => {
  it('is written by both sides, oldest first, and a repeated message stands once', async () => {
    const referral = await sent();
    const question = { id: newId(), text: 'Vai varat atnākt otrdien?' };
    const first = await worker.call(referralEndpoints.write, { params: { id: referral.id }, input: question });
    expect(await worker.call(referralEndpoints.write, { params: { id: referral.id }, input: question })).toEqual(first);
    await mediator.call(referralEndpoints.write, { params: { id: referral.id }, input: { id: newId(), text: 'Jā, desmitos.' } });
    const { items } = await mediator.call(referralEndpoints.messages, { params: { id: referral.id } });
    expect(items.map(({ side, mine, text }) => [side, mine, text])).toEqual([['receiver', false, question.text], ['sender', true, 'Jā, desmitos.']]);
    const page = await mediator.call(referralEndpoints.messages, { params: { id: referral.id }, input: { limit: 1 } });
    expect((await mediator.call(referralEndpoints.messages, { params: { id: referral.id }, input: { limit: 1, after: page.next } })).items).toMatchObject([{ text: 'Jā, desmitos.' }]);
    await move(mediator, referral, 'withdraw');
    expect(await mediator.refused(referralEndpoints.write, { params: { id: referral.id }, input: { id: newId(), text: 'Vēl' } })).toMatchObject({ code: 'REFERRAL_CLOSED' });
  });
});
