import fastifyCompress from '@fastify/compress';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DomainError, newId } from '@tilts/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { constants } from 'node:zlib';
import { AppModule, type AppSettings } from './app.module.js';
import { sendProblem } from './platform/error-answers.js';
import { logAnswer, NestLog } from './platform/log.js';
import { refuseOtherOrigins } from './platform/same-origin.js';
import { PERMISSIONS_POLICY, securityHeaders } from './platform/security-headers.js';
import { serveWebBuild } from './platform/web-build.js';

/** Bytes. A family of thirty with long notes is a tenth of it. */
const BODY_LIMIT = 262_144;

/** The API as it is served, ready to listen; main.ts and every spec make it here. */
export async function createApp(settings: AppSettings, log: Logger): Promise<NestFastifyApplication> {
  const { web, environment } = settings;
  const adapter = new FastifyAdapter({
    loggerInstance: log,
    disableRequestLogging: true,
    bodyLimit: BODY_LIMIT,
    // Never taken from the caller: it stands in our logs and audit.
    requestIdHeader: false,
    genReqId: () => newId(),
    // What is no address at all („/%”) is answered before any hook: with the same words and headers.
    frameworkErrors: (_error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      void prepareAnswer(request, reply, securityHeaders(web?.styleNonce)).then(() => sendProblem(reply, new DomainError('MALFORMED'), request.id));
    },
    skipMiddie: true,
  } as ConstructorParameters<typeof FastifyAdapter>[0]);
  const server = adapter.getInstance() as unknown as FastifyInstance;

  await server.register(fastifyHelmet, securityHeaders(web?.styleNonce));
  server.addHook('onRequest', async (request, reply) => {
    await prepareAnswer(request, reply);
    refuseOtherOrigins(request, environment.publicUrl);
  });
  server.addHook('onResponse', async (request, reply) => logAnswer(request, reply));
  server.removeContentTypeParser('text/plain');
  await server.register(fastifyCookie);
  await server.register(fastifyCompress, {
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

async function prepareAnswer(request: FastifyRequest, reply: FastifyReply, helmet?: ReturnType<typeof securityHeaders>): Promise<void> {
  if (helmet) await reply.helmet(helmet);
  reply.header('x-request-id', request.id).header('permissions-policy', PERMISSIONS_POLICY);
  // Personal data stays in no cache, neither in the browser's nor on the way.
  if (request.url.startsWith('/api')) reply.header('cache-control', 'no-store');
}
