import { accessEndpoints, type Endpoint } from '@tilts/domain';
import { DataSource } from 'typeorm';
import { healthEndpoints } from '../platform/health.endpoints.js';
import { startTestApp, type TestApp } from '../test-app.js';
import { Readiness } from './readiness.js';

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp();
  // As recogniseKeys leaves it at a start (key-check.ts).
  await app.owner.query('INSERT INTO key_check (id, value) VALUES (1, $1) ON CONFLICT DO NOTHING', [
    app.seals.checkValue(1),
  ]);
});
afterEach(() => app.close());

const status = async (endpoint: Endpoint = healthEndpoints.ready): Promise<number> =>
  (await app.as.nobody().send(endpoint)).status;

describe('readiness', () => {
  it('is there when database, schema and keys are, and tells nothing else', async () => {
    expect(await app.as.nobody().call(healthEndpoints.ready)).toEqual({ ready: true });
    expect(await app.as.nobody().call(healthEndpoints.live)).toEqual({ live: true });
  });

  it.each([
    ['a step of the schema is missing', `DELETE FROM migration WHERE id = (SELECT max(id) FROM migration)`],
    [
      'a newer version changed the schema',
      `INSERT INTO migration (timestamp, name) VALUES (2999000000000, 'NewerThanThis2999000000000')`,
    ],
    ['nobody brought the database up to date', 'DROP FUNCTION installation_state()'],
    ['the database was sealed with another key', `UPDATE key_check SET value = decode(repeat('00', 32), 'hex')`],
    ['a key is missing', `INSERT INTO key_check (id, value) VALUES (2, decode(repeat('00', 32), 'hex'))`],
    ['the database knows no key', 'DELETE FROM key_check'],
  ])('is not there when %s; the process lives', async (_, sql) => {
    await app.owner.query(sql);
    const refused = await app.as.nobody().refused(healthEndpoints.ready);
    expect(refused).toMatchObject({ code: 'UNAVAILABLE', status: 503, params: {}, fields: [] });
    expect(await status(healthEndpoints.live)).toBe(200);
  });

  it('stays when every connection of the requests is taken: busy is not unready', async () => {
    const source = app.nest.get(DataSource);
    const taken = Array.from({ length: 4 }, () => source.createQueryRunner());
    await Promise.all(taken.map((runner) => runner.connect()));
    try {
      expect(await status()).toBe(200);
    } finally {
      await Promise.all(taken.map((runner) => runner.release()));
    }
  });

  it('comes back when what was wrong is right again', async () => {
    await app.owner.query('UPDATE key_check SET id = 2');
    expect(await status()).toBe(503);
    await app.owner.query('UPDATE key_check SET id = 1');
    expect(await status()).toBe(200);
  });

  it('ends before anything else ends: who is there is served on', async () => {
    const mediator = app.as.mediator('JELGAVA');
    await mediator.id();
    app.nest.get(Readiness).leave();
    expect(await status()).toBe(503);
    expect(await mediator.call(accessEndpoints.me)).toMatchObject({ role: 'mediator' });
  });
});
