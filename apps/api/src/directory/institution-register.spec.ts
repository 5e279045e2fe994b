import {
  consentEndpoints,
  directoryEndpoints,
  newId,
  referralEndpoints,
  registrationEndpoints,
  type InstitutionRecord,
  type NewFamily,
} from '@tilts/domain';
import { aConsentToShare, aFamily, anInstitution, aReferral, aService, TestClock } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';
import { institutionId } from './directory-rows.js';

const d = directoryEndpoints;

describe('the directory, kept by the coordinator', () => {
  const clock = new TestClock('2026-11-23T10:00:00Z');
  const city = municipalityId('JELGAVA');
  let app: TestApp;
  let coordinator: Somebody;
  let mediator: Somebody;
  beforeAll(async () => {
    app = await startTestApp({ clock });
    coordinator = app.as.coordinator();
    mediator = app.as.mediator('JELGAVA');
  });
  afterAll(() => app.close());

  const made = (stated: Parameters<typeof anInstitution>[0] = {}): Promise<InstitutionRecord> =>
    coordinator.call(d.create, { input: anInstitution({ municipalityId: city, ...stated }) });
  const offered = async (): Promise<string[]> =>
    (await mediator.call(d.institutions, { input: { municipalityId: city } })).items.map(({ id }) => id);
  const seen = ({ version }: InstitutionRecord): { version: number } => ({ version });

  it('takes an institution once, and everybody sees it', async () => {
    const input = anInstitution({ municipalityId: city });
    const first = await coordinator.call(d.create, { input });
    expect(first).toMatchObject({
      ...input,
      confirmedOn: null,
      closedOn: null,
      hasUsers: false,
      version: 1,
      services: [],
    });
    expect(await coordinator.call(d.create, { input })).toEqual(first);
    expect(await coordinator.refused(d.create, { input: { ...input, name: 'Cita' } })).toMatchObject({
      code: 'ID_TAKEN',
    });
    expect(await offered()).toContain(first.id);
    const nowhere = anInstitution({ municipalityId: newId() });
    expect((await coordinator.refused(d.create, { input: nowhere })).fields).toEqual([
      { field: 'municipalityId', code: 'notThere' },
    ]);
  });

  it('changes what is written about it, confirms it today, and knows who was first', async () => {
    const one = await made();
    const params = { id: one.id };
    const details = { name: 'Jauns nosaukums', answerDays: 120, followsMovedDays: true, email: 'jauns@tilts.test' };
    const changed = await coordinator.call(d.change, { params, input: { ...details, ...seen(one) } });
    expect(changed).toMatchObject({ ...details, phone: null, kind: 'ngo', version: 2 });
    expect(await coordinator.refused(d.change, { params, input: { ...details, ...seen(one) } })).toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    for (const answerDays of [0, 121])
      expect(
        (await coordinator.refused(d.change, { params, input: { ...details, answerDays, version: 2 } })).fields,
      ).toMatchObject([{ field: 'answerDays' }]);
    expect(await coordinator.call(d.confirm, { params, input: seen(changed) })).toMatchObject({
      confirmedOn: '2026-11-23',
      version: 3,
    });
  });

  it('says whether somebody there can sign in', async () => {
    const id = institutionId('JELGAVA', 'socialService');
    const hasUsers = async (): Promise<boolean> => (await coordinator.call(d.institution, { params: { id } })).hasUsers;
    expect(await hasUsers()).toBe(false);
    const worker = await app.as.socialWorker('JELGAVA').id();
    expect(await hasUsers()).toBe(true);
    await app.owner.query('UPDATE account SET joined_at = NULL WHERE id = $1', [worker]);
    expect(await hasUsers()).toBe(false);
    await app.owner.query('UPDATE account SET joined_at = now(), ended_at = now() WHERE id = $1', [worker]);
    expect(await hasUsers()).toBe(false);
    await app.owner.query('UPDATE account SET ended_at = NULL WHERE id = $1', [worker]);
  });

  it('keeps services: added, changed, taken away', async () => {
    const { id: institution } = await made();
    const service = aService({ institutionId: institution, needAreas: ['LAN'] });
    const added = await coordinator.call(d.addService, { input: service });
    expect(added.services).toEqual([expect.objectContaining({ id: service.id, name: service.name, version: 1 })]);
    expect(await coordinator.call(d.addService, { input: service })).toEqual(added);
    const helps = async (): Promise<boolean> =>
      (await mediator.call(d.institutions, { input: { municipalityId: city, needArea: 'LAN' } })).items.some(
        ({ id }) => id === institution,
      );
    expect(await helps()).toBe(true);
    const { id: _, institutionId: __, rules: ___, ...details } = service;
    const input = { ...details, status: 'temporarilyClosed', version: 1 };
    const changed = await coordinator.call(d.changeService, { params: { id: service.id }, input });
    expect(changed.services).toMatchObject([{ status: 'temporarilyClosed', version: 2 }]);
    expect(await helps()).toBe(false);
    expect(await coordinator.refused(d.changeService, { params: { id: service.id }, input })).toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    expect(
      (await coordinator.refused(d.addService, { input: aService({ institutionId: institution, needAreas: [] }) }))
        .fields,
    ).toEqual([{ field: 'needAreas', code: 'required' }]);
    await coordinator.call(d.removeService, { params: { id: service.id } });
    expect((await coordinator.call(d.institution, { params: { id: institution } })).services).toEqual([]);
  });

  it('lists closed ones for the coordinator only, by municipality or the whole country', async () => {
    const one = await made();
    const closed = await coordinator.call(d.close, { params: { id: one.id }, input: seen(one) });
    expect(closed).toMatchObject({ closedOn: '2026-11-23', version: 2 });
    expect(await offered()).not.toContain(one.id);
    const own = await coordinator.call(d.register, { input: { municipalityId: city } });
    expect(own.items.map(({ id }) => id)).toContain(one.id);
    expect(own.items.every((item) => item.municipalityId === city)).toBe(true);
    const national = await coordinator.call(d.register, { input: { national: true } });
    expect(national.items.every((item) => item.municipalityId === null)).toBe(true);
    await coordinator.call(d.reopen, { params: { id: one.id }, input: seen(closed) });
    expect(await offered()).toContain(one.id);
  });

  describe('with referrals', () => {
    let institution: InstitutionRecord;
    let family: NewFamily;
    const written = (): Promise<string> => {
      const referral = aReferral(family, {
        institutionId: institution.id,
        serviceId: institution.services[0]?.id ?? null,
      });
      return mediator.call(referralEndpoints.create, { input: referral }).then(({ id }) => id);
    };
    const sending = (id: string) => ({ params: { id }, input: { move: 'send' as const } });
    beforeAll(async () => {
      institution = await made();
      institution = await coordinator.call(d.addService, { input: aService({ institutionId: institution.id }) });
      family = aFamily({ municipalityId: city });
      await mediator.call(registrationEndpoints.register, { input: family });
      const consent = aConsentToShare(family, { recipientKind: institution.kind });
      await mediator.call(consentEndpoints.create, { input: consent });
    });

    it('is never deleted, also not a service that one names', async () => {
      await mediator.call(referralEndpoints.move, sending(await written()));
      const [service] = institution.services;
      expect(await coordinator.refused(d.remove, { params: { id: institution.id } })).toMatchObject({
        code: 'STILL_IN_USE',
      });
      expect(await coordinator.refused(d.removeService, { params: { id: service?.id ?? '' } })).toMatchObject({
        code: 'STILL_IN_USE',
      });
      const kept = await coordinator.call(d.institution, { params: { id: institution.id } });
      expect(kept.services).toHaveLength(1);
      const unused = await made();
      await coordinator.call(d.remove, { params: { id: unused.id } });
      expect((await coordinator.refused(d.institution, { params: { id: unused.id } })).code).toBe('NOT_FOUND');
    });

    it('gets no new ones once it is closed; what was sent before goes on', async () => {
      const [sent, draft] = [await written(), await written()];
      await mediator.call(referralEndpoints.move, sending(sent));
      const closed = await coordinator.call(d.close, { params: { id: institution.id }, input: seen(institution) });
      const refused = aReferral(family, { institutionId: institution.id });
      expect(await mediator.refused(referralEndpoints.create, { input: refused })).toMatchObject({
        code: 'INSTITUTION_CLOSED',
      });
      expect(await mediator.refused(referralEndpoints.move, sending(draft))).toMatchObject({
        code: 'INSTITUTION_CLOSED',
      });
      const move = { params: { id: sent }, input: { move: 'recordAcceptance' as const, text: 'Apsolīja pa tālruni' } };
      expect((await mediator.call(referralEndpoints.move, move)).status).toBe('accepted');
      await coordinator.call(d.reopen, { params: { id: institution.id }, input: seen(closed) });
      expect((await mediator.call(referralEndpoints.move, sending(draft))).status).toBe('sent');
    });
  });

  it('is nobody else’s to keep', async () => {
    const id = institutionId('JELGAVA', 'socialService');
    for (const person of [mediator, app.as.socialWorker('JELGAVA'), app.as.evaluator()]) {
      for (const endpoint of [d.register, d.institution, d.create, d.change, d.confirm, d.close, d.reopen, d.remove])
        expect((await person.send(endpoint, { params: { id }, input: {} })).status).toBe(404);
      for (const endpoint of [d.addService, d.changeService, d.removeService])
        expect((await person.send(endpoint, { params: { id }, input: {} })).status).toBe(404);
    }
  });
});
