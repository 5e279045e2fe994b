import { consentEndpoints, newId, noticeEndpoints, referralEndpoints, type ReferralSent } from '@tilts/domain';
import { aConsentToShare } from '@tilts/testing';
import { startTestApp, type TestApp } from '../test-app.js';
import { ReferralsInJelgava } from '../testing/referrals-in-jelgava.js';

let app: TestApp;
let story: ReferralsInJelgava;
beforeAll(async () => {
  app = await startTestApp();
  story = new ReferralsInJelgava(app);
  await story.come();
});
afterAll(() => app.close());

describe('A consent that is withdrawn', () => {
  async function withdrawnAfter(step: (referral: ReferralSent) => Promise<unknown>): Promise<ReferralSent> {
    const family = await story.registered({});
    const referral = await story.move(
      story.mediator,
      await story.writtenFor(family, { request: 'Slepens lūgums' }),
      'send',
    );
    await story.mediator.call(referralEndpoints.write, {
      params: { id: referral.id },
      input: { id: newId(), text: 'Slepena ziņa' },
    });
    await step(referral);
    // Still open and not resting on the consent: it keeps the family's salt in the institution's reach, and that alone.
    const urgent = await story.writtenFor(family, {
      request: 'Cits',
      ground: 'childProtection',
      groundReason: 'Steidzami',
    });
    await story.move(story.mediator, urgent, 'send');
    await story.mediator.call(consentEndpoints.create, {
      input: aConsentToShare(family, { withdraws: family.share?.id ?? null }),
    });
    return referral;
  }

  it('ends the institution’s access at once: card, request, words and messages, and it is told', async () => {
    const referral = await withdrawnAfter(async (made) => {
      await story.open(story.worker, made);
      await story.move(story.worker, made, 'askMore', { text: 'Slepens jautājums' });
    });
    const { text } = await story.worker.send(referralEndpoints.read, { params: { id: referral.id } });
    expect(JSON.parse(text)).toMatchObject({ status: 'withdrawn', person: null, request: null, moves: [] });
    expect(text).not.toMatch(/Slepen|Zane/);
    expect(await story.worker.call(referralEndpoints.messages, { params: { id: referral.id } })).toEqual({
      items: [],
      next: null,
    });
    expect((await story.worker.send(referralEndpoints.list)).text).not.toContain('Slepens lūgums');
    expect((await story.worker.call(noticeEndpoints.list)).items[0]).toMatchObject({
      kind: 'withdrawn',
      referralId: referral.id,
    });
    expect((await story.open(story.mediator, referral)).events.at(-1)).toMatchObject({
      move: 'withdraw',
      side: 'sender',
    });
    expect((await story.open(story.mediator, referral)).request).toBe('Slepens lūgums');
  });

  it('ends it for a finished referral too, which stays finished', async () => {
    const referral = await withdrawnAfter((made) =>
      story.move(story.worker, made, 'acceptAndFinish', { text: 'Slepens iznākums' }),
    );
    const seen = await story.worker.send(referralEndpoints.read, { params: { id: referral.id } });
    expect(JSON.parse(seen.text)).toMatchObject({ status: 'completed', person: null, request: null });
    expect(seen.text).not.toMatch(/Slepen|Zane/);
    expect(await story.refused(story.worker, referral, 'setReference', { text: '1' })).toMatchObject({
      code: 'CONSENT_WITHDRAWN',
    });
  });
});
