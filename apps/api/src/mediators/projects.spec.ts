import { mediatorEndpoints, newId, outcomeEndpoints, registrationEndpoints, visitEndpoints } from '@tilts/domain';
import { aFamily, anAssignment, anOutcome, aProject, aVisit, TestClock } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';

const { projects, createProject, changeProject, removeProject, assign } = mediatorEndpoints;

describe('projects, kept by the coordinator', () => {
  const clock = new TestClock('2026-11-23T10:00:00Z');
  let app: TestApp;
  let coordinator: Somebody;
  beforeAll(async () => {
    app = await startTestApp({ clock });
    coordinator = app.as.coordinator();
  });
  afterAll(() => app.close());

  it('are added once, with their names, grant and funder', async () => {
    const project = aProject({ grantNumber: 'PARAUGS-2027', funder: 'Parauga fonds', funderEn: 'Sample fund' });
    const made = await coordinator.call(createProject, { input: project });
    expect(made).toMatchObject({ ...project, version: 1 });
    expect(await coordinator.call(createProject, { input: project })).toEqual(made);
    expect(await coordinator.refused(createProject, { input: { ...project, name: 'Cits' } })).toMatchObject({
      code: 'ID_TAKEN',
    });
    expect((await coordinator.call(projects)).items).toContainEqual(made);
    expect((await app.as.evaluator().call(projects)).items).toContainEqual(made);
    // A mediator sees those in which they work.
    expect((await app.as.mediator('JELGAVA').call(projects)).items).not.toContainEqual(made);
    const backwards = aProject({ startsOn: '2026-05-01', endsOn: '2026-04-30' });
    expect((await coordinator.refused(createProject, { input: backwards })).fields).toEqual([
      { field: 'endsOn', code: 'beforeTheOther' },
    ]);
  });

  it('are changed with the version that was read', async () => {
    const { id, rules: _, ...details } = aProject();
    await coordinator.call(createProject, { input: aProject({ id }) });
    const input = { ...details, name: 'Jauns nosaukums', endsOn: '2026-12-31', version: 1 };
    expect(await coordinator.call(changeProject, { params: { id }, input })).toMatchObject({
      name: 'Jauns nosaukums',
      endsOn: '2026-12-31',
      version: 2,
    });
    expect((await coordinator.refused(changeProject, { params: { id }, input })).code).toBe('CHANGED_MEANWHILE');
    expect((await coordinator.refused(changeProject, { params: { id: newId() }, input })).code).toBe('NOT_FOUND');
    await coordinator.call(removeProject, { params: { id } });
    expect((await coordinator.refused(removeProject, { params: { id } })).code).toBe('NOT_FOUND');
  });

  it('keep their work: the period is moved past it only when that is meant, and nobody deletes them', async () => {
    const { id, rules: _, ...details } = aProject({ startsOn: '2026-02-01', endsOn: null });
    await coordinator.call(createProject, { input: aProject({ id, ...details }) });
    const mediatorId = await app.as.mediator('VALMIERA').id();
    const city = municipalityId('VALMIERA');
    // The later one takes over the days on which both run.
    await coordinator.call(assign, {
      input: anAssignment({ mediatorId, municipalityId: city, projectId: id, startsOn: '2026-02-01' }),
    });
    const family = aFamily({ municipalityId: city });
    const mediator = app.as.mediator('VALMIERA');
    await mediator.call(registrationEndpoints.register, { input: family });
    const visit = aVisit(family, { day: '2026-11-20', minutes: 30, outcomes: [] });
    await mediator.call(visitEndpoints.create, { input: visit });
    await mediator.call(outcomeEndpoints.create, { input: anOutcome(family, { day: '2026-11-21' }) });

    const params = { id };
    const shorter = { ...details, endsOn: '2026-11-19', version: 1 };
    expect(await coordinator.refused(changeProject, { params, input: shorter })).toMatchObject({
      code: 'PROJECT_WORK_OUTSIDE',
      params: { count: 2 },
    });
    const later = { ...details, startsOn: '2026-11-21', version: 1 };
    expect(await coordinator.refused(changeProject, { params, input: later })).toMatchObject({
      params: { count: 1 },
    });
    const meant = { ...shorter, workMayLieOutside: true };
    expect(await coordinator.call(changeProject, { params, input: meant })).toMatchObject({ endsOn: '2026-11-19' });
    expect((await mediator.call(visitEndpoints.read, { params: { id: visit.id } })).day).toBe('2026-11-20');
    expect(await coordinator.refused(removeProject, { params })).toMatchObject({ code: 'STILL_IN_USE' });
    expect((await coordinator.call(projects)).items.map((project) => project.id)).toContain(id);
  });

  it('are nobody else’s to keep', async () => {
    const params = { id: app.projectId };
    for (const person of [app.as.mediator('RIGA'), app.as.socialWorker('RIGA'), app.as.evaluator()]) {
      expect((await person.send(createProject, { input: aProject() })).status).toBe(404);
      expect((await person.send(changeProject, { params, input: { ...aProject(), version: 1 } })).status).toBe(404);
      expect((await person.send(removeProject, { params })).status).toBe(404);
    }
  });
});
