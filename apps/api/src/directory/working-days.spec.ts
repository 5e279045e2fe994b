import { directoryEndpoints, type WorkingDayException } from '@tilts/domain';
import { TestClock } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';
import { institutionId } from './directory-rows.js';

const { workingYear, putException, removeException, institutions } = directoryEndpoints;

describe('working days', () => {
  // A Monday; Jelgava's social service answers in ten working days.
  const clock = new TestClock('2026-11-23T10:00:00Z');
  let app: TestApp;
  let coordinator: Somebody;
  beforeAll(async () => {
    app = await startTestApp({ clock });
    coordinator = app.as.coordinator();
  });
  afterAll(() => app.close());

  const moved: WorkingDayException = { day: '2026-11-30', works: false, moved: true, note: 'Pārcelta uz 5. decembri' };

  async function answerBy(kind: 'socialService' | 'school'): Promise<string | undefined> {
    const input = { municipalityId: municipalityId('JELGAVA') };
    const { items } = await app.as.mediator('JELGAVA').call(institutions, { input });
    return items.find((one) => one.id === institutionId('JELGAVA', kind))?.answerBy;
  }

  it('show the public holidays of a year beside the exceptions', async () => {
    const year = await app.as.mediator('JELGAVA').call(workingYear, { input: { year: 2018 } });
    expect(year.holidays).toContainEqual({
      day: '2018-03-30',
      name: 'Lielā Piektdiena',
      nameEn: 'Good Friday',
    });
    expect(year.exceptions.map(({ day }) => day)).toEqual(['2018-04-21', '2018-04-30']);
    expect((await coordinator.call(workingYear, { input: { year: 2026 } })).exceptions).toEqual([]);
    expect((await app.as.evaluator().send(workingYear, { input: { year: 2026 } })).status).toBe(404);
  });

  it('count an exception at once, for those who follow moved days', async () => {
    expect([await answerBy('socialService'), await answerBy('school')]).toEqual(['2026-12-07', '2026-11-30']);
    expect((await coordinator.call(putException, { input: moved })).exceptions).toEqual([moved]);
    expect([await answerBy('socialService'), await answerBy('school')]).toEqual(['2026-12-08', '2026-11-30']);
    const given = { ...moved, moved: false, note: 'Brīvdiena visiem' };
    expect((await coordinator.call(putException, { input: given })).exceptions).toEqual([given]);
    expect([await answerBy('socialService'), await answerBy('school')]).toEqual(['2026-12-08', '2026-12-01']);
  });

  it('count what another process wrote, too', async () => {
    await app.owner.query(`INSERT INTO working_day_exception VALUES ('2026-12-01', false, false, 'Cits process')`);
    expect(await answerBy('socialService')).toBe('2026-12-09');
  });

  it('are plain again when the exception is taken away', async () => {
    for (const day of ['2026-11-30', '2026-12-01']) await coordinator.call(removeException, { input: { day } });
    expect(await answerBy('socialService')).toBe('2026-12-07');
    expect((await coordinator.call(removeException, { input: { day: '2026-12-01' } })).exceptions).toEqual([]);
  });

  it('are kept by coordinators only', async () => {
    for (const person of [app.as.mediator('RIGA'), app.as.socialWorker('RIGA'), app.as.evaluator()]) {
      expect((await person.send(putException, { input: moved })).status).toBe(404);
      expect((await person.send(removeException, { input: { day: moved.day } })).status).toBe(404);
    }
    expect((await coordinator.refused(putException, { input: { ...moved, day: '2026-02-30' } })).fields).toMatchObject([
      { field: 'day', code: 'notADay' },
    ]);
  });
});
