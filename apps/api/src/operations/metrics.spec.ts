import { DataSource } from 'typeorm';
import { accessEndpoints, familyEndpoints, newId } from '@tilts/domain';
import { Readiness } from '../database/readiness.js';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../test-app.js';
import { FiguresPortTaken, MetricsServer } from './metrics-server.js';

let app: TestApp;
let figures: MetricsServer;
beforeAll(async () => {
  app = await startTestApp();
  await app.owner.query('INSERT INTO key_check (id, value) VALUES (1, $1) ON CONFLICT DO NOTHING', [
    app.seals.checkValue(1),
  ]);
  figures = await MetricsServer.open(
    { host: '127.0.0.1', port: 0 },
    { source: app.nest.get(DataSource), readiness: app.nest.get(Readiness), sealing: { current: 7 } },
  );
});
afterAll(async () => {
  await figures.close();
  await app.close();
});

const scrape = (path = '/metrics'): Promise<Response> => fetch(`http://127.0.0.1:${figures.port}${path}`);

describe('metrics', () => {
  it('count by route template and status, and tell of nobody', async () => {
    const mediator = app.as.mediator('JELGAVA');
    const family = newId();
    await mediator.refused(familyEndpoints.read, { params: { id: family } });
    await mediator.refused(familyEndpoints.read, { params: { id: newId() } });
    await app.as
      .nobody()
      .refused(accessEndpoints.signIn, { input: { email: 'lasma.ozola@tilts.test', password: 'x' } });
    await fetch(`${app.address}/api/families?q=Ozola`);
    await fetch(`${app.address}/Ozola/26123456`);

    const text = await (await scrape()).text();
    expect(text).toContain('tilts_requests_total{method="GET",route="/api/families/:id",status="404"} 2');
    expect(text).toContain('tilts_requests_total{method="POST",route="/api/sessions",status="401"} 1');
    expect(text).toMatch(/tilts_request_seconds_bucket\{le="0\.01",method="GET",route="\/api\/families\/:id"\} \d/);
    for (const planted of [family, await mediator.id(), 'zola', '26123456', 'jelgava', 'tilts.test', TEST_PASSWORD])
      expect(text).not.toContain(planted);
    // 127.0.0.1 and every other address.
    expect(text).not.toMatch(/\d+\.\d+\.\d+\.\d+/);
  });

  it('tell how database, queue, schema, keys and event loop are', async () => {
    await app.owner.query(
      `INSERT INTO pgboss.job (name, data, created_on) VALUES ('mail', '{}', now() - interval '90 seconds')`,
    );
    const text = await (await scrape()).text();
    expect(text).toContain('tilts_ready 1');
    expect(text).toContain('tilts_sealing_key_number 7');
    expect(text).toMatch(/tilts_migrations\{state="applied"\} [1-9]/);
    expect(text).toContain('tilts_migrations{state="missing"} 0');
    expect(text).toContain('tilts_jobs{queue="mail",state="created"} 1');
    expect(Number(/tilts_oldest_job_seconds\{queue="mail"\} ([\d.]+)/.exec(text)?.[1])).toBeGreaterThan(89);
    expect(text).toMatch(/tilts_database_connections\{state="open"\} [1-9]/);
    expect(text).toMatch(/nodejs_eventloop_lag_p99_seconds /);
  });

  it('say which setting helps when another process has their port', async () => {
    const measured = { source: app.nest.get(DataSource), readiness: app.nest.get(Readiness), sealing: { current: 7 } };
    const second = MetricsServer.open({ host: '127.0.0.1', port: figures.port }, measured);
    await expect(second).rejects.toThrow(new FiguresPortTaken(figures.port));
    await expect(second).rejects.toThrow(/METRICS_PORT/);
    expect((await scrape()).status).toBe(200);
  });

  it('are nowhere on the public port, and nothing else is on theirs', async () => {
    for (const path of ['/metrics', '/api/metrics']) expect((await fetch(app.address + path)).status).toBe(404);
    for (const path of ['/', '/api/health', '/metrics/x']) expect((await scrape(path)).status).toBe(404);
  });
});
