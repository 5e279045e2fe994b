import { directoryEndpoints, institutionKinds, workingDaysBetween } from '@tilts/domain';
import { cityKeys, TestClock } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type TestApp } from '../test-app.js';
import { institutionId } from './directory-rows.js';

const { institutions } = directoryEndpoints;

describe('the directory', () => {
  // A Monday after which nothing but weekends is free for a while.
  const clock = new TestClock('2026-11-23T10:00:00Z');
  let app: TestApp;
  beforeAll(async () => (app = await startTestApp({ clock })));
  afterAll(() => app.close());

  it('holds every kind of institution, the social services of all five first', async () => {
    for (const city of cityKeys) await app.as.socialWorker(city).id();
    const { items, next } = await app.as.coordinator().call(institutions);
    expect(next).toBeNull();
    expect(new Set(items.map((institution) => institution.kind))).toEqual(new Set(institutionKinds.values));
    expect(items.slice(0, 5).every((institution) => institution.kind === 'socialService' && institution.hasUsers)).toBe(
      true,
    );
    expect(items.some((institution) => !institution.hasUsers)).toBe(true);
    for (const { answerDays, municipalityId: city } of items.slice(0, 5)) {
      expect(answerDays).toBeGreaterThanOrEqual(10);
      expect(answerDays).toBeLessThanOrEqual(22);
      expect(city).not.toBeNull();
    }
  });

  it('shows those of a city and of the whole country, who help with a need', async () => {
    const input = { municipalityId: municipalityId('JELGAVA'), needArea: 'HOU' as const };
    const { items } = await app.as.mediator('JELGAVA').call(institutions, { input });
    expect(items.map((institution) => institution.kind)).toEqual([
      'socialService',
      'migrationOffice',
      'housingCommission',
      'ngo',
    ]);
    expect(
      items.every((institution) => institution.services.some((service) => service.needAreas.includes('HOU'))),
    ).toBe(true);
  });

  it('says by when they would answer', async () => {
    const { items } = await app.as
      .socialWorker('JELGAVA')
      .call(institutions, { input: { municipalityId: municipalityId('JELGAVA') } });
    const social = items.find((institution) => institution.id === institutionId('JELGAVA', 'socialService'));
    expect(social).toMatchObject({
      answerDays: 10,
      answerBy: '2026-12-07',
      phone: expect.stringMatching(/^\+371 6\d{7}$/),
      email: expect.stringMatching(/\.example$/),
    });
    expect(
      workingDaysBetween('2026-11-23', social?.answerBy ?? '', (day) => ![0, 6].includes(new Date(day).getUTCDay())),
    ).toBe(10);
  });

  it('is paged', async () => {
    const whole = await app.as.coordinator().call(institutions);
    const found: string[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page = await app.as.coordinator().call(institutions, { input: { limit: 20, ...(after && { after }) } });
      found.push(...page.items.map((institution) => institution.id));
      after = page.next;
    }
    expect(found).toEqual(whole.items.map((institution) => institution.id));
  });

  it('is not for the evaluator', async () => expect((await app.as.evaluator().send(institutions)).status).toBe(404));
});
