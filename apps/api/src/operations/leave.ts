import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Readiness } from '../database/readiness.js';

/** How long what has begun may take after the doors are closed. Milliseconds; docker-compose.yml waits longer than this. */
const LIMIT = 10_000;

/**
 * Leaves without losing what was begun: „not ready” first, so that the proxy sends people elsewhere; then no new connection; then
 * the answers that are under way; then queue and database. Who still holds a connection after the limit is cut off.
 */
export async function leave(app: NestFastifyApplication, delaySeconds: number): Promise<void> {
  app.get(Readiness).leave();
  await sleep(delaySeconds * 1_000);
  const server = app.getHttpServer() as unknown as { closeAllConnections(): void };
  const cut = setTimeout(() => server.closeAllConnections(), LIMIT);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}
