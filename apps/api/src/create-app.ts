import fastifyCompress from '@fastify/compress';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '@tilts/domain';
import { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { constants } from 'node:zlib';
import { AccessTokens } from './access/token.strategy.js';
import { AppModule, type AppSettings } from './app.module.js';
import { logAnswer, NestLog } from './platform/log.js';
import { refuseOtherOrigins } from './platform/same-origin.js';
import { PERMISSIONS_POLICY, securityHeaders } from './platform/security-headers.js';
import { tellOf } from './platform/telemetry.js';
import { serveWebBuild } from './platform/web-build.js';
import { takeLargeBatches } from './sync/large-batches.js';

/** Bytes. A family of thirty with long notes is a tenth of it. */
const BODY_LIMIT = 262_144;

/** Until a request has arrived whole. Milliseconds; without a limit a stranger holds connections open, letter by letter. */
const REQUEST_TIMEOUT = 120_000;

/** The API as it is served, ready to listen; main.ts and every spec make it here. */
export async function createApp(settings: AppSettings, log: Logger): Promise<NestFastifyApplication> {
  const { web, environment } = settings;
  const adapter = new FastifyAdapter({
    loggerInstance: log,
    // We log one line for each answer ourselves (log.ts), without the address.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    // Never taken from the caller: it stands in our logs and audit.
    requestIdHeader: false,
    genReqId: () => newId(),
    // „/%” is no address: it goes where nothing is, and so gets the same words and headers as everything else.
    rewriteUrl: ({ url = '/' }) => (isAddress(url) ? url : '/api/-'),
    skipMiddie: true,
    trustProxy: environment.trustProxy.length > 0 && [...environment.trustProxy],
    // While the doors close, what still comes on an open connection is served, and told that the connection ends.
    return503OnClosing: false,
  });
  const server = adapter.getInstance() as unknown as FastifyInstance;

  await server.register(fastifyHelmet, securityHeaders(web?.styleNonce, environment.publicUrl));
  server.addHook('onRequest', async (request, reply) => {
    tellOf(request, reply);
    prepareAnswer(request, reply);
    refuseOtherOrigins(request, environment.publicUrl);
  });
  server.addHook('onResponse', async (request, reply) => logAnswer(request, reply));
  server.removeContentTypeParser('text/plain');
  await server.register(fastifyCookie);
  const tokens = new AccessTokens(settings.secrets);
  takeLargeBatches(server, (request) => tokens.requireOurs(request));
  server.addHook('onSend', async (request, reply) => staysForTheRest(request, reply));
  await server.register(fastifyCompress, {
    globalDecompression: false,
    threshold: 1_024,
    encodings: ['br', 'gzip'],
    // Best compression takes a hundred times the CPU of this, for a tenth less.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
  if (web) await serveWebBuild(server, web);

  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(settings), adapter, {
    logger: new NestLog(log),
    abortOnError: false,
    bodyParser: false,
  });
  app.setGlobalPrefix('api');
  try {
    await app.init();
    await server.ready();
  } catch (error) {
    await app.close().catch(() => undefined);
    throw error;
  }
  return app;
}

function prepareAnswer(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id).header('permissions-policy', PERMISSIONS_POLICY);
  // Personal data stays in no cache, neither in the browser's nor on the way.
  if (request.url.startsWith('/api')) reply.header('cache-control', 'no-store');
}

/**
 * Refused before its body was there. A connection that is closed while its other side still sends is reset, and the answer may be lost
 * with it; to a proxy this process would be broken, and it would send it nobody for a while. So the other side ends it.
 */
function staysForTheRest({ method, raw }: FastifyRequest, reply: FastifyReply): void {
  if (raw.complete || method === 'GET' || method === 'HEAD') return;
  raw.unpipe();
  raw.resume();
  reply.header('connection', 'keep-alive');
}

function isAddress(url: string): boolean {
  try {
    decodeURI(url);
    return true;
  } catch {
    return false;
  }
}
