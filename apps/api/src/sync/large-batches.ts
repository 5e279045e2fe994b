import { rescueFileLimit, syncEndpoints } from '@tilts/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Bytes, packed and unpacked: a phone that was away for long hands in three million at a time. */
export const BATCH_LIMIT = 4_194_304;

/** Bytes: in base64, with what stands around it. */
const RESCUE_LIMIT = Math.ceil(rescueFileLimit / 3) * 4 + 1_000;

/**
 * Only here bodies may be larger than elsewhere. Batches may come packed; what unpacks to more is refused while it is unpacked. `requireToken`
 * runs before anything of a body is read: megabytes of strangers would fill the memory.
 */
export function takeLargeBatches(
  server: FastifyInstance,
  requireToken: (request: FastifyRequest) => Promise<void>,
): void {
  const { commands, loadRescueFile } = syncEndpoints;
  server.addHook('onRoute', (route) => {
    if (route.url === addressOf(commands.path) && route.method === commands.method) {
      route.bodyLimit = BATCH_LIMIT;
      route.onRequest = requireToken;
      Object.assign(route, { decompress: { requestEncodings: ['gzip'] } });
    }
    if (route.url === addressOf(loadRescueFile.path) && route.method === loadRescueFile.method) {
      route.bodyLimit = RESCUE_LIMIT;
      route.onRequest = requireToken;
    }
  });
}

/** `/accounts/{id}` as Fastify writes it. */
function addressOf(path: string): string {
  return `/api${path.replace(/\{(\w+)\}/g, ':$1')}`;
}
