import { mediatorEndpoints, newId } from '@tilts/domain';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type TestApp } from '../test-app.js';

const { projects, assignments } = mediatorEndpoints;

describe('projects and assignments', () => {
  let app: TestApp;
  const other = newId();
  beforeAll(async () => {
    app = await startTestApp();
    await app.owner.query(
      `INSERT INTO project (id, name, name_en, starts_on, ends_on) VALUES ($1, 'Cits projekts', 'Another project', '2019-01-01', '2019-12-31')`,
      [other],
    );
    const riga = await app.as.mediator('RIGA').id();
    await app.owner.query(
      `INSERT INTO assignment (id, mediator_id, municipality_id, project_id, starts_on, ends_on, hours_per_week) VALUES ($1, $2, $3, $4, '2019-01-01', '2019-12-31', 8)`,
      [newId(), riga, municipalityId('RIGA'), other],
    );
    await app.as.mediator('JELGAVA').id();
  });
  afterAll(() => app.close());

  it('are a mediator’s own', async () => {
    const jelgava = app.as.mediator('JELGAVA');
    expect((await jelgava.call(projects)).items.map((project) => project.id)).toEqual([app.projectId]);
    const mine = await jelgava.call(assignments);
    expect(mine.items).toEqual([
      expect.objectContaining({
        mediatorId: await jelgava.id(),
        mediatorName: 'mediator JELGAVA',
        municipalityId: municipalityId('JELGAVA'),
        hoursPerWeek: 12,
        endsOn: null,
      }),
    ]);
  });

  it('are all seen by the coordinator, newest first, and paged', async () => {
    const coordinator = app.as.coordinator();
    expect((await coordinator.call(projects)).items.map((project) => project.id)).toEqual([other, app.projectId]);
    const all = await coordinator.call(assignments);
    expect(all.items.map((assignment) => assignment.projectId)).toEqual([other, app.projectId, app.projectId]);
    expect((await coordinator.call(assignments, { input: { projectId: other } })).items).toHaveLength(1);
    const first = await coordinator.call(assignments, { input: { limit: 2 } });
    const second = await coordinator.call(assignments, { input: { limit: 2, after: first.next } });
    expect([...first.items, ...second.items]).toEqual(all.items);
  });

  it('are projects only for the evaluator, nothing for social workers', async () => {
    expect((await app.as.evaluator().call(projects)).items).toHaveLength(2);
    expect((await app.as.evaluator().send(assignments)).status).toBe(404);
    expect((await app.as.socialWorker('JELGAVA').send(projects)).status).toBe(404);
  });
});
