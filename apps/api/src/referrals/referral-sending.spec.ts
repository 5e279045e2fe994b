import {
  consentEndpoints,
  familyEndpoints,
  newId,
  referralEndpoints,
  type FamilyChange,
  type NewConsent,
} from '@tilts/domain';
import { aReferral } from '@tilts/testing';
import { institutionId } from '../directory/directory-rows.js';
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

describe('A child-protection report', () => {
  it('waits for no yes and no open file', async () => {
    const family = await story.registered();
    const { consent } = family;
    await story.mediator.call(consentEndpoints.create, {
      input: { ...consent, id: newId(), familyId: family.id, kind: 'record', withdraws: consent.id } as NewConsent,
    });
    const kept = await story.mediator.call(familyEndpoints.read, { params: { id: family.id } });
    const { name, phone, address, language, arrangement, version } = kept;
    const closed = { status: 'closed', closeReason: 'ownWish' } as const;
    await story.mediator.call(familyEndpoints.change, {
      params: { id: family.id },
      input: { name, phone, address, language, arrangement, version, ...closed } as FamilyChange,
    });
    const report = { ground: 'childProtection', groundReason: 'Bērns viens mājās' } as const;
    await story.move(story.mediator, await story.writtenFor(family, report), 'send');
    const other = aReferral(family, { institutionId: story.socialService });
    expect(await story.mediator.refused(referralEndpoints.create, { input: other })).toMatchObject({
      code: 'FAMILY_CLOSED',
    });
  });
});

describe('A referral', () => {
  it('begins as a draft with the card that will travel, and gets the next number', async () => {
    const first = await story.written({ travels: ['phone'] });
    expect(first).toMatchObject({
      status: 'draft',
      sentAt: null,
      dueOn: null,
      daysLeft: null,
      moves: ['send', 'withdraw'],
      institutionHasUsers: true,
      events: [],
    });
    expect(first.person).toEqual({
      firstName: 'Zane',
      lastName: 'S.',
      birthYear: 1984,
      birthDate: null,
      phone: '+37129999999',
      address: null,
      language: null,
      household: null,
    });
    const next = await story.written();
    expect(Number(next.number.slice(5)) - Number(first.number.slice(5))).toBe(1);
    expect(next.number).toMatch(/^\d{4}-\d{4}$/);
  });

  it('sent again answers as the first time; with other words it is refused', async () => {
    const family = await story.registered({});
    const referral = aReferral(family, { institutionId: story.socialService });
    const [a, b] = await Promise.all(
      [1, 2].map(() => story.mediator.call(referralEndpoints.create, { input: referral })),
    );
    expect(b).toEqual(a);
    expect(
      await story.mediator.refused(referralEndpoints.create, {
        input: aReferral(family, { ...referral, request: 'Kas cits' }),
      }),
    ).toMatchObject({ code: 'ID_TAKEN' });
  });

  it('goes to an institution of the city and is about a member of the family', async () => {
    const [family, other] = [await story.registered(), await story.registered()];
    const wrongs = [
      { institutionId: institutionId('RIGA', 'socialService') },
      { institutionId: newId() },
      { institutionId: story.socialService, serviceId: newId() },
      { institutionId: story.socialService, personId: other.persons[0]?.id ?? '' },
    ];
    for (const wrong of wrongs) {
      expect(await story.mediator.refused(referralEndpoints.create, { input: aReferral(family, wrong) })).toMatchObject(
        {
          code: 'INVALID_INPUT',
          fields: [{ code: 'notThere' }],
        },
      );
    }
  });

  it('needs at the instant of sending a consent for this purpose and this kind of recipient', async () => {
    for (const consent of [undefined, { purpose: 'EDU' as const }, { recipientKind: 'school' as const }]) {
      const family = await story.registered(consent);
      const draft = await story.mediator.call(referralEndpoints.create, {
        input: aReferral(family, { institutionId: story.socialService }),
      });
      expect(await story.refused(story.mediator, draft, 'send')).toMatchObject({ code: 'REFERRAL_NEEDS_CONSENT' });
    }
    const referral = await story.sent();
    expect(referral).toMatchObject({
      status: 'sent',
      age: 0,
      moves: ['withdraw', 'recordAcceptance', 'recordCompletion', 'recordRefusal'],
    });
    expect(referral.consentOn).not.toBeNull();
    expect(referral.dueOn).not.toBeNull();
    expect(referral.daysLeft).toBeGreaterThan(0);
  });

  it('never waits for consent when a child must be protected', async () => {
    const referral = await story.move(
      story.mediator,
      await story.written({ ground: 'childProtection', groundReason: 'Bērns viens mājās' }, undefined),
      'send',
    );
    expect(referral).toMatchObject({
      status: 'sent',
      ground: 'childProtection',
      groundReason: 'Bērns viens mājās',
      consentOn: null,
    });
  });
});
