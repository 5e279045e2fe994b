import type { LoggerService } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from './environment.js';

/**
 * The log of a running Tilts: who may read it is decided by other people than who may read about families, so it holds no
 * name, no query, no body, no cookie and no token, and of an address only the pattern of its route.
 */
export function makeLog(level: LogLevel, destination?: DestinationStream): Logger {
  const silent = (): undefined => undefined;
  const options = {
    level,
    base: undefined,
    // Fastify logs requests and errors through these of its own accord; nothing but what we name below may get in.
    serializers: { req: silent, res: silent, err: describeForLog },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** One line for each answered request. */
export function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const { method, routeOptions } = request;
  const route = routeOptions.url ?? 'none';
  const line = { method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
  // A page is thirty files, and a proxy asks every second whether all is well; what people did is in the other calls of the API.
  const byPeople = route.startsWith('/api') && !(route.startsWith('/api/health') && reply.statusCode === 200);
  request.log[byPeople ? 'info' : 'debug'](line, 'answered');
}

/** Of an error: its kind and where it happened. Its message may quote what a person typed („invalid input: Anna”). */
export function describeForLog(error: unknown): { kind: string; code?: string; constraint?: string; stack?: string } {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  // The stack begins with the message, which may itself hold lines that look like places.
  const { message, stack = '' } = error;
  const places = stack.slice(Math.max(0, stack.indexOf(message)) + message.length);
  const frames = error.stack === undefined ? undefined : places.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    kind: error.name,
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(frames && { stack: frames.join('\n') }),
  };
}

/** Nest's own words in our log; only what is wrong. */
export class NestLog implements LoggerService {
  constructor(private readonly pino: Logger) {}
  log(): void {
    // „Mapped {/api/families, GET} route”: nobody needs it.
  }
  warn(message: unknown): void {
    this.pino.warn(String(message));
  }
  error(message: unknown): void {
    this.pino.error(message instanceof Error ? describeForLog(message) : { kind: 'Nest' }, 'Nest');
  }
}
