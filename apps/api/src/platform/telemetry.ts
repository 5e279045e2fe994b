import { channel, tracingChannel } from 'node:diagnostics_channel';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A request came in. */
export interface RequestBegun {
  readonly id: string;
  readonly method: string;
}

/** A request was answered, or its caller went away: the pattern of its route, never its address. */
export interface RequestAnswered extends RequestBegun {
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** A transaction of a request, or of background work. */
export interface TransactionTold {
  readonly requestId: string | undefined;
  readonly kind: string;
}

/**
 * Where the running tells of itself. Nobody listens unless METRICS or traces are switched on (operations/), and then it costs
 * nothing. What is told here may leave the house: templates, methods, figures; no ids of people, no names, no addresses.
 */
export const requestBegun = channel('tilts:request-begun');
export const requestAnswered = channel('tilts:request-answered');
export const transactionRun = tracingChannel<TransactionTold>('tilts:transaction');

/** Nginx's code for a caller that did not wait. No answer of ours has it. */
const WENT_AWAY = 499;

export function tellOf(request: FastifyRequest, reply: FastifyReply): void {
  const { id, method } = request;
  if (requestBegun.hasSubscribers) requestBegun.publish({ id, method } satisfies RequestBegun);
  if (!requestAnswered.hasSubscribers) return;
  const { raw } = reply;
  // „close” comes also when nobody was there any more to hear the answer.
  raw.once('close', () => {
    const route = request.routeOptions.url ?? 'none';
    const status = raw.writableFinished ? raw.statusCode : WENT_AWAY;
    requestAnswered.publish({
      id,
      method,
      route,
      status,
      seconds: reply.elapsedTime / 1_000,
    } satisfies RequestAnswered);
  });
}
