import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { Readiness } from '../database/readiness.js';
import type { Environment } from '../platform/environment.js';
import type { Secrets } from '../platform/secrets.js';

/** What is switched on to watch the running; each is loaded only then. */
export async function watch(
  app: NestFastifyApplication,
  { metrics, tracesUrl }: Environment,
  secrets: Secrets,
): Promise<{ end(): Promise<void> }> {
  const ends: (() => Promise<void>)[] = [];
  if (tracesUrl) {
    const { Traces } = await import('./traces.js');
    const traces = new Traces(tracesUrl);
    ends.push(() => traces.end());
  }
  if (metrics) {
    const { MetricsServer } = await import('./metrics-server.js');
    const measured = {
      source: app.get(DataSource),
      readiness: app.get(Readiness),
      sealing: secrets.sealing,
    };
    const server = await MetricsServer.open(metrics, measured);
    ends.push(() => server.close());
  }
  return { end: async () => void (await Promise.all(ends.map((end) => end()))) };
}
