import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { allEndpoints, DomainError, errorCodes, type ErrorCode, type Problem } from '@tilts/domain';
import { format, messageOf, catalogues } from '@tilts/i18n';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeForLog } from './log.js';
import { WEB_BUILD, type WebBuild } from './web-build.js';

/** What Fastify itself refuses, before any handler. */
const refusedByFastify: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_TYPE',
  FST_ERR_CTP_EMPTY_TYPE: 'UNSUPPORTED_TYPE',
};

/** The database is away or overloaded: worth another try. Everything else unknown is a mistake of ours. */
const passing = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  '08006',
  '08001',
  '57P01',
  '57P02',
  '57P03',
  // The disk is full, the memory, the connections; somebody stopped the statement; it is a copy that only reads.
  '53000',
  '53100',
  '53200',
  '53300',
  '57014',
  '58030',
  '25006',
  '40001',
  '40P01',
  '55P03',
]);

/** What the database says once the session of a request is over. */
const SESSION_ENDED = 'Tilts: the session is over';

/** The one place where a refusal becomes an answer. Whatever fails, people get a code, never a stack or a row. */
@Catch()
export class ErrorAnswers implements ExceptionFilter {
  constructor(@Inject(WEB_BUILD) private readonly web: WebBuild | undefined) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    // An address of the web app, typed or followed: the app itself finds the page.
    if (this.web && isNoRoute(error) && isPageAddress(request)) return this.web.sendIndex(reply);
    const refusal = refusalOf(error, request);
    if (refusal.status >= 500) request.log.error(describeForLog(error), 'failed');
    return sendProblem(reply, refusal, request.id);
  }
}

function sendProblem(reply: FastifyReply, refusal: DomainError, requestId: string): FastifyReply {
  if (refusal.params['seconds'] !== undefined) reply.header('retry-after', String(refusal.params['seconds']));
  return (
    reply
      .code(refusal.status)
      .header('cache-control', 'no-store')
      .type('application/problem+json; charset=utf-8')
      // Already text: Fastify would otherwise look for a serializer of this type.
      .send(JSON.stringify(problemOf(refusal, requestId)))
  );
}

function problemOf(refusal: DomainError, requestId: string): Problem {
  const { code, status, params, fields } = refusal;
  const key = `errors.${code}` as const;
  const title = messageOf(catalogues.en, key) ? format('en', key, params) : code;
  return { type: `/api/docs#${code}`, title, status, code, params, fields, requestId };
}

function refusalOf(error: unknown, request: FastifyRequest): DomainError {
  if (isNoRoute(error)) return new DomainError(methodsAt(request).length > 0 ? 'METHOD_NOT_ALLOWED' : 'NOT_FOUND');
  return asRefusal(error);
}

/** The code of whatever went wrong while an operation was served. */
export function asRefusal(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (typeof code === 'string' && refusedByFastify[code]) return new DomainError(refusedByFastify[code]);
  // Ended while this request was under way (row-security.sql, `caller`).
  if (error instanceof Error && error.message === SESSION_ENDED) return new DomainError('SESSION_OVER');
  if (typeof code === 'string' && passing.has(code)) return new DomainError('UNAVAILABLE');
  const status = error instanceof HttpException ? error.getStatus() : statusCode;
  // 403: a path that leads out of the folder of the web app.
  if (status === 404 || status === 403) return new DomainError('NOT_FOUND');
  if (status === errorCodes.UNSUPPORTED_TYPE) return new DomainError('UNSUPPORTED_TYPE');
  if (status === errorCodes.TOO_LARGE) return new DomainError('TOO_LARGE');
  return new DomainError(typeof status === 'number' && status >= 400 && status < 500 ? 'MALFORMED' : 'INTERNAL');
}

/** Nest's answer when no route fits. A record that does not exist is a DomainError. */
function isNoRoute(error: unknown): boolean {
  return error instanceof HttpException && error.getStatus() === 404;
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}

function isPageAddress(request: FastifyRequest): boolean {
  const path = pathOf(request);
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return isRead && path !== '/api' && !path.startsWith('/api/') && !/\.[^/]*$/.test(path);
}

const patterns = allEndpoints.map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^/api${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
}));

function methodsAt(request: FastifyRequest): string[] {
  const path = pathOf(request);
  return patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
}
