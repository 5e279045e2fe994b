import {
  consentEndpoints,
  mediatorEndpoints,
  newId,
  referralEndpoints,
  registrationEndpoints,
  visitEndpoints,
  type NewAssignment,
} from '@tilts/domain';
import { aConsentToShare, aFamily, anAssignment, aReferral, aVisit, TestClock, type CityKey } from '@tilts/testing';
import { institutionId } from '../directory/directory-rows.js';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { Assignment } from './project.entity.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';

const { assignments, assign, changeAssignment, removeAssignment } = mediatorEndpoints;

describe('assignments, kept by the coordinator', () => {
  const clock = new TestClock('2026-11-23T10:00:00Z');
  let app: TestApp;
  let coordinator: Somebody;
  let mediatorId: string;
  beforeAll(async () => {
    app = await startTestApp({ clock });
    coordinator = app.as.coordinator();
    mediatorId = await app.as.mediator('JELGAVA').id();
  });
  afterAll(() => app.close());

  const to = (city: CityKey, stated: Partial<NewAssignment> = {}): NewAssignment =>
    anAssignment({ mediatorId, municipalityId: municipalityId(city), projectId: app.projectId, ...stated });
  const wrong = async (stated: Partial<NewAssignment>): Promise<unknown> =>
    (await coordinator.refused(assign, { input: to('VENTSPILS', stated) })).fields;

  it('let a mediator work elsewhere, from the day that was said', async () => {
    const dobele = to('DOBELE', { startsOn: '2026-11-23' });
    const { rules: _, ...said } = dobele;
    const made = await coordinator.call(assign, { input: dobele });
    expect(made).toEqual({ ...said, mediatorName: 'mediator JELGAVA', version: 1 });
    expect(await coordinator.call(assign, { input: dobele })).toEqual(made);
    const family = aFamily({ municipalityId: municipalityId('DOBELE') });
    await app.as.mediator('JELGAVA').call(registrationEndpoints.register, { input: family });
    expect((await app.as.mediator('JELGAVA').call(assignments)).items).toContainEqual(made);

    await coordinator.call(assign, { input: to('RIGA', { startsOn: '2026-11-24' }) });
    const tooEarly = aFamily({ municipalityId: municipalityId('RIGA') });
    expect((await app.as.mediator('JELGAVA').refused(registrationEndpoints.register, { input: tooEarly })).code).toBe(
      'NO_ASSIGNMENT',
    );
  });

  it('need a mediator who has not left, a municipality and a project', async () => {
    expect(await wrong({ mediatorId: await app.as.evaluator().id() })).toEqual([
      { field: 'mediatorId', code: 'notThere' },
    ]);
    expect(await wrong({ mediatorId: newId() })).toEqual([{ field: 'mediatorId', code: 'notThere' }]);
    expect(await wrong({ projectId: newId() })).toEqual([{ field: 'projectId', code: 'notThere' }]);
    expect(await wrong({ municipalityId: newId() })).toEqual([{ field: 'municipalityId', code: 'notThere' }]);
    const left = await app.as.mediator('RIGA', 'second').id();
    await app.owner.query('UPDATE account SET ended_at = now() WHERE id = $1', [left]);
    expect(await wrong({ mediatorId: left })).toEqual([{ field: 'mediatorId', code: 'notThere' }]);
    expect(await wrong({ startsOn: '2026-05-02', endsOn: '2026-05-01' })).toEqual([
      { field: 'endsOn', code: 'beforeTheOther' },
    ]);
    expect(await wrong({ hoursPerWeek: 61 })).toMatchObject([{ field: 'hoursPerWeek', code: 'tooLarge' }]);
  });

  it('never overlap for the same mediator, municipality and project', async () => {
    const spring = to('VALMIERA', { startsOn: '2026-03-01', endsOn: '2026-05-31' });
    await coordinator.call(assign, { input: spring });
    for (const [startsOn, endsOn] of [
      ['2026-05-31', null],
      ['2026-01-01', '2026-03-01'],
      ['2026-04-01', '2026-04-02'],
      ['2026-01-01', null],
    ] as const)
      expect(await coordinator.refused(assign, { input: to('VALMIERA', { startsOn, endsOn }) })).toMatchObject({
        code: 'ASSIGNMENT_OVERLAPS',
      });
    await coordinator.call(assign, { input: to('VALMIERA', { startsOn: '2026-01-01', endsOn: '2026-02-28' }) });
    const grown = { startsOn: '2026-02-28', endsOn: '2026-05-31', hoursPerWeek: 12, version: 1 };
    expect(await coordinator.refused(changeAssignment, { params: { id: spring.id }, input: grown })).toMatchObject({
      code: 'ASSIGNMENT_OVERLAPS',
    });
  });

  it('never overlap when two are written at once: the second one waits and then sees the first', async () => {
    const [first, second] = ['2026-06-01', '2026-07-01'].map((startsOn) => to('VALMIERA', { startsOn }));
    const waiting = await app.owner.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`assignments ${mediatorId}`]);
      const answer = coordinator.refused(assign, { ...(second && { input: second }) });
      await new Promise((resolve) => setTimeout(resolve, 300));
      const { rules: _, ...row } = first ?? to('VALMIERA');
      await manager.insert(Assignment, row);
      return { answer };
    });
    expect(await waiting.answer).toMatchObject({ code: 'ASSIGNMENT_OVERLAPS' });
  });

  it('are ended with their last day, and say how many families stay behind', async () => {
    const second = await app.as.mediator('VENTSPILS', 'second').id();
    const mine = (await coordinator.call(assignments)).items.find((one) => one.mediatorId === second);
    for (const name of ['Pirmā ģimene', 'Otrā ģimene'])
      await app.as.mediator('VENTSPILS', 'second').call(registrationEndpoints.register, {
        input: aFamily({ municipalityId: municipalityId('VENTSPILS'), name }),
      });
    const params = { id: mine?.id ?? '' };
    const end = { startsOn: '2017-10-01', endsOn: '2026-11-30', hoursPerWeek: 12, version: 1 };
    const ended = await coordinator.call(changeAssignment, { params, input: end });
    expect(ended).toEqual({ assignment: { ...mine, endsOn: '2026-11-30', version: 2 }, familiesLeft: 2 });
    expect((await coordinator.refused(changeAssignment, { params, input: end })).code).toBe('CHANGED_MEANWHILE');
    const on = await coordinator.call(changeAssignment, {
      params,
      input: { startsOn: '2017-10-01', endsOn: null, hoursPerWeek: 6, version: 2 },
    });
    expect(on).toMatchObject({ assignment: { endsOn: null, hoursPerWeek: 6 }, familiesLeft: 0 });
  });

  it('leave no family behind when the mediator goes on in another assignment there', async () => {
    const second = await app.as.mediator('VENTSPILS', 'second').id();
    const mine = (await coordinator.call(assignments)).items.find((one) => one.mediatorId === second);
    const end = { startsOn: '2017-10-01', endsOn: '2026-11-30', hoursPerWeek: 6, version: mine?.version ?? 0 };
    const params = { id: mine?.id ?? '' };
    expect((await coordinator.call(changeAssignment, { params, input: end })).familiesLeft).toBe(2);
    await coordinator.call(assign, { input: to('VENTSPILS', { mediatorId: second, startsOn: '2026-12-01' }) });
    const again = { ...end, version: end.version + 1 };
    expect((await coordinator.call(changeAssignment, { params, input: again })).familiesLeft).toBe(0);
  });

  it('are taken back only before they begin', async () => {
    const future = to('DOBELE', {
      projectId: app.projectId,
      mediatorId: await app.as.mediator('RIGA').id(),
      startsOn: '2026-11-24',
    });
    await coordinator.call(assign, { input: future });
    await coordinator.call(removeAssignment, { params: { id: future.id } });
    expect((await coordinator.refused(removeAssignment, { params: { id: future.id } })).code).toBe('NOT_FOUND');
    const begun = (await coordinator.call(assignments)).items.find((one) => one.startsOn === '2026-11-23');
    expect(await coordinator.refused(removeAssignment, { params: { id: begun?.id ?? '' } })).toMatchObject({
      code: 'ASSIGNMENT_BEGUN',
    });
  });

  it('keep the days of work that was recorded by them: reports count mediators and referrals by assignments', async () => {
    const valmiera = app.as.mediator('VALMIERA', 'second');
    const [kept] = (await valmiera.call(assignments)).items;
    const params = { id: kept?.id ?? '' };
    const days = (startsOn: string, endsOn: string | null, version: number) =>
      ({ params, input: { startsOn, endsOn, hoursPerWeek: 12, version } }) as const;
    const family = aFamily({ municipalityId: municipalityId('VALMIERA') });
    await valmiera.call(registrationEndpoints.register, { input: family });
    await valmiera.call(visitEndpoints.create, { input: aVisit(family, { day: '2026-11-20' }) });
    expect(await coordinator.refused(changeAssignment, days('2026-11-21', null, 1))).toMatchObject({
      code: 'ASSIGNMENT_WORK_OUTSIDE',
      params: { count: 1 },
    });
    await valmiera.call(consentEndpoints.create, { input: aConsentToShare(family) });
    const referral = await valmiera.call(referralEndpoints.create, {
      input: aReferral(family, { institutionId: institutionId('VALMIERA', 'socialService') }),
    });
    await valmiera.call(referralEndpoints.move, { params: { id: referral.id }, input: { move: 'send' } });
    // Else it could be moved behind today and then be taken back as one that never began.
    expect(await coordinator.refused(changeAssignment, days('2026-11-24', null, 1))).toMatchObject({
      code: 'ASSIGNMENT_WORK_OUTSIDE',
      params: { count: 2 },
    });
    expect(await coordinator.refused(changeAssignment, days('2026-11-01', '2026-11-22', 1))).toMatchObject({
      params: { count: 1 },
    });
    expect((await valmiera.call(assignments)).items[0]).toMatchObject({ startsOn: '2017-10-01', endsOn: null });
    expect((await coordinator.call(changeAssignment, days('2026-11-20', '2026-11-23', 1))).assignment.version).toBe(2);
  });

  it('are nobody else’s to keep', async () => {
    const params = { id: newId() };
    for (const person of [app.as.mediator('JELGAVA'), app.as.socialWorker('RIGA'), app.as.evaluator()]) {
      expect((await person.send(assign, { input: to('VENTSPILS') })).status).toBe(404);
      expect((await person.send(changeAssignment, { params, input: { ...to('VENTSPILS'), version: 1 } })).status).toBe(
        404,
      );
      expect((await person.send(removeAssignment, { params })).status).toBe(404);
    }
  });
});
