import { Injectable, Module, type OnModuleInit } from '@nestjs/common';
import {
  consentEndpoints,
  familyEndpoints,
  newId,
  personEndpoints,
  registrationEndpoints,
  type ConsentView,
  type NewConsent,
  type NewFamily,
} from '@tilts/domain';
import { aConsentToShare, aFamily, aMember, aPerson } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';
import { ConsentService } from './consent.service.js';
import { ConsentsModule } from './consents.module.js';

const { list, create } = consentEndpoints;

/** Stands where referrals stand: hears of withdrawn shares, and asks at that moment whether anything may still travel. */
const heard: { consentId: string; stillHeld: string | null }[] = [];
let deaf = false;

@Injectable()
class Listener implements OnModuleInit {
  constructor(private readonly consents: ConsentService) {}

  onModuleInit(): void {
    this.consents.onShareWithdrawn(async ({ consentId, familyId }) => {
      if (deaf) throw new Error('The listener failed');
      const share = { familyId, personId: newId(), purpose: 'SOC', recipientKind: 'socialService' } as const;
      heard.push({ consentId, stillHeld: await this.consents.shareHolds(share) });
    });
  }
}

@Module({ imports: [ConsentsModule], providers: [Listener] })
class ListenerModule {}

describe('consents', () => {
  let app: TestApp;
  let mediator: Somebody;
  beforeAll(async () => {
    app = await startTestApp({ features: [ListenerModule] });
    mediator = app.as.mediator('JELGAVA');
  });
  afterAll(() => app.close());

  const mother = aMember({ householdRole: 'contact', birthYear: 1985 });
  const aRegisteredFamily = async (): Promise<NewFamily> => {
    const persons = [aMember({ ...mother, id: newId() }), aMember({ householdRole: 'child', birthYear: 2018 })];
    const input = aFamily({ municipalityId: municipalityId('JELGAVA'), persons });
    await mediator.call(registrationEndpoints.register, { input });
    return input;
  };
  const give = (consent: NewConsent): Promise<ConsentView> => mediator.call(create, { input: consent });
  const endOf = (family: { id: string }, consent: { id: string; kind: 'record' | 'share' }): NewConsent =>
    aConsentToShare(family, { kind: consent.kind, withdraws: consent.id, noticeRead: false, spokenYes: false });
  const held = async (family: { id: string }): Promise<string[]> => {
    const consents = await mediator.call(list, { input: { familyId: family.id } });
    return consents.items
      .filter((consent) => !consent.withdrawnOn)
      .map((consent) => consent.kind)
      .sort();
  };

  it('to share are given for a purpose and a kind of institution, once', async () => {
    const family = await aRegisteredFamily();
    const input = aConsentToShare(family, { purpose: 'HOU', recipientKind: 'housingCommission' });
    const [first, second] = await Promise.all([give(input), give(input)]);
    expect(first).toMatchObject({
      kind: 'share',
      purpose: 'HOU',
      recipientKind: 'housingCommission',
      recordedBy: 'mediator JELGAVA',
      withdrawnOn: null,
    });
    expect(second).toEqual(first);
    expect(
      await mediator.refused(create, { input: aConsentToShare(family, { ...input, purpose: 'EDU' }) }),
    ).toMatchObject({ code: 'ID_TAKEN' });
    expect(await held(family)).toEqual(['record', 'share']);
  });

  it('end by a row of their own, once, and stay in the list', async () => {
    const family = await aRegisteredFamily();
    const consent = await give(aConsentToShare(family));
    const withdrawal = endOf(family, consent);
    const ended = await give(withdrawal);
    expect(ended).toEqual({ ...consent, withdrawnOn: withdrawal.givenOn });
    expect(await give(withdrawal)).toEqual(ended);
    expect(await mediator.refused(create, { input: endOf(family, consent) })).toMatchObject({
      code: 'CONSENT_WITHDRAWN',
    });
    expect((await mediator.call(list, { input: { familyId: family.id } })).items).toContainEqual(ended);
  });

  it('to share end with the yes to being recorded, and nothing new is written', async () => {
    const family = await aRegisteredFamily();
    await give(aConsentToShare(family));
    await give(endOf(family, { id: family.consent.id, kind: 'record' }));
    expect(await held(family)).toEqual([]);
    expect(await mediator.refused(create, { input: aConsentToShare(family) })).toMatchObject({
      code: 'FAMILY_NEEDS_CONSENT',
    });
    expect(await mediator.refused(personEndpoints.create, { input: aPerson({ familyId: family.id }) })).toMatchObject({
      code: 'FAMILY_NEEDS_CONSENT',
    });

    await give(aConsentToShare(family, { kind: 'record' }));
    expect(await held(family)).toEqual(['record']);
    await mediator.call(personEndpoints.create, { input: aPerson({ familyId: family.id }) });
  });

  it('to share that end are told at once to who shared by them, or do not end', async () => {
    const family = await aRegisteredFamily();
    const [first, second] = [await give(aConsentToShare(family)), await give(aConsentToShare(family))];
    await give(endOf(family, first));
    expect(heard.at(-1)).toEqual({ consentId: first.id, stillHeld: second.id });
    await give(endOf(family, { id: family.consent.id, kind: 'record' }));
    expect(heard.at(-1)).toEqual({ consentId: second.id, stillHeld: null });

    const other = await aRegisteredFamily();
    const consent = await give(aConsentToShare(other));
    deaf = true;
    expect(await mediator.refused(create, { input: endOf(other, consent) })).toMatchObject({ code: 'INTERNAL' });
    deaf = false;
    expect(await held(other)).toEqual(['record', 'share']);
  });

  it('for a child are an adult’s', async () => {
    const family = await aRegisteredFamily();
    const [adult, child] = family.persons;
    const about = { personId: child?.id ?? null };
    const fieldsOf = async (consent: NewConsent): Promise<unknown> =>
      (await mediator.refused(create, { input: consent })).fields;
    expect(await fieldsOf(aConsentToShare(family, about))).toEqual([{ field: 'giver', code: 'mismatch' }]);
    expect(await fieldsOf(aConsentToShare(family, { ...about, giver: 'guardian' }))).toEqual([
      { field: 'guardianId', code: 'required' },
    ]);
    expect(await fieldsOf(aConsentToShare(family, { personId: newId() }))).toEqual([
      { field: 'personId', code: 'notThere' },
    ]);
    await give(aConsentToShare(family, { ...about, giver: 'guardian', guardianId: adult?.id ?? null }));
  });

  it('cannot be ended by another family, nor be seen by another mediator', async () => {
    const [family, other] = [await aRegisteredFamily(), await aRegisteredFamily()];
    const consent = await give(aConsentToShare(family));
    expect((await mediator.refused(create, { input: endOf(other, consent) })).fields).toEqual([
      { field: 'withdraws', code: 'notThere' },
    ]);
    const stranger = app.as.mediator('JELGAVA', 'second');
    expect(await stranger.refused(list, { input: { familyId: family.id } })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await stranger.refused(create, { input: endOf(family, consent) })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await held(family)).toEqual(['record', 'share']);
  });

  it('are never changed nor deleted by the app', async () => {
    const [rights] = await app.owner.query<{ update: boolean; delete: boolean }[]>(
      `SELECT has_table_privilege('tilts_app', 'consent', 'UPDATE') AS update, has_table_privilege('tilts_app', 'consent', 'DELETE') AS delete`,
    );
    expect(rights).toEqual({ update: false, delete: false });
  });

  it('may be withdrawn of a closed family too', async () => {
    const family = await aRegisteredFamily();
    const consent = await give(aConsentToShare(family));
    const { version } = await mediator.call(familyEndpoints.read, { params: { id: family.id } });
    const { name, phone, address, language, arrangement } = family;
    const input = {
      name,
      phone,
      address,
      language,
      arrangement,
      version,
      status: 'closed',
      closeReason: 'moved',
      rules: () => [],
    } as const;
    await mediator.call(familyEndpoints.change, { params: { id: family.id }, input });
    await give(endOf(family, consent));
    expect(await held(family)).toEqual(['record']);
  });
});
