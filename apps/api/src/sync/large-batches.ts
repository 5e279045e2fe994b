import { DomainError, linesType, rescueFileLimit, syncEndpoints } from '@tilts/domain';
import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';

/** Bytes, packed and unpacked: a phone that was away for long hands in three million at a time. */
export const BATCH_LIMIT = 4_194_304;

/** Bytes: in base64, with what stands around it. */
const RESCUE_LIMIT = Math.ceil(rescueFileLimit / 3) * 4 + 1_000;

type Lines = AsyncGenerator<unknown, undefined>;
const further = new WeakMap<FastifyRequest, Lines>();

/**
 * Only here bodies may be larger than elsewhere. Batches may come packed; what unpacks to more is refused while it is unpacked. `requireToken`
 * runs before anything of a body is read: megabytes of strangers would fill the memory. A batch of several lines is handed on when its
 * first one is there.
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
  server.addContentTypeParser(linesType, async (request: FastifyRequest, body: Readable) => {
    if (request.routeOptions.url !== addressOf(commands.path)) throw new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE();
    const lines = linesIn(body, (text) => asJson(server, request, text));
    const { value } = await lines.next();
    further.set(request, lines);
    return value;
  });
  // Whoever reads no more lets go of the body, so that the rest of it can run off.
  server.addHook('onSend', async (request) => void (await further.get(request)?.return(undefined)));
}

/** What a request brings after the line that is its body, as it arrives. Whoever stops before the end leaves the rest on the way. */
export async function* furtherLines(request: FastifyRequest): AsyncGenerator<unknown, void> {
  const lines = further.get(request);
  if (lines) yield* lines;
}

async function* linesIn(body: Readable, parse: (text: string) => Promise<unknown>): Lines {
  const decoder = new TextDecoder();
  let line = '';
  let bytes = 0;
  let isFirst = true;
  for await (const chunk of piecesOf(body)) {
    bytes += chunk.length;
    if (bytes > BATCH_LIMIT) throw new DomainError('TOO_LARGE');
    const [first = '', ...next] = decoder.decode(chunk, { stream: true }).split('\n');
    line += first;
    for (const begun of next) {
      yield await parse(line);
      isFirst = false;
      line = begun;
    }
  }
  line += decoder.decode();
  // The last line may be ended, too.
  if (line !== '' || isFirst) yield await parse(line);
}

/** A body that is cut off, or was not packed as it says, is malformed. Never destroyed: its connection would be, and the answer with it. */
async function* piecesOf(body: Readable): AsyncGenerator<Buffer, void> {
  try {
    yield* body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } catch {
    throw new DomainError('MALFORMED');
  }
}

/** As every other body is read. */
function asJson(server: FastifyInstance, request: FastifyRequest, text: string): Promise<unknown> {
  const parse = server.getDefaultJsonParser('error', 'error');
  return new Promise((read, refuse) => {
    void parse(request, text, (error, value) => {
      if (error) refuse(error);
      else read(value);
    });
  });
}

/** `/accounts/{id}` as Fastify writes it. */
function addressOf(path: string): string {
  return `/api${path.replace(/\{(\w+)\}/g, ':$1')}`;
}
