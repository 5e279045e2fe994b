import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { csv, DomainError, isFile, mediaTypes, needsSecondFactor, type Endpoint, type Role } from '@tilts/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { RequestTransaction, type SessionContext } from '../database/request-transaction.js';
import { receive } from '../platform/received-input.js';
import { endpointOf, setCall } from '../platform/serves.decorator.js';
import { toView } from '../platform/view-projection.js';
import { callerOf } from './token.strategy.js';

/** The life of a request between guard and answer: check the input, open the transaction, serve, audit, project, commit. */
@Injectable()
export class ServingInterceptor implements NestInterceptor {
  constructor(private readonly transaction: RequestTransaction) {}

  intercept(context: ExecutionContext, next: CallHandler<object | undefined>): Observable<unknown> {
    const endpoint = endpointOf(context.getHandler());
    if (!endpoint) return next.handle();
    const http = context.switchToHttp();
    return from(this.serve(endpoint, http.getRequest(), http.getResponse(), () => lastValueFrom(next.handle())));
  }

  private async serve(
    endpoint: Endpoint,
    request: FastifyRequest,
    reply: FastifyReply,
    handle: () => Promise<object | undefined>,
  ): Promise<unknown> {
    const call = receive(endpoint, request);
    setCall(request, call);
    if (endpoint.permission === 'public') return answer(endpoint, undefined, await handle(), new Set(), reply);

    const caller = callerOf(request);
    const readOnly = endpoint.method === 'GET' && !endpoint.marks;
    return this.transaction.run({ sessionId: caller.sessionId, requestId: request.id, readOnly }, async () => {
      const { session } = this.transaction;
      const { role } = session;
      // The token is up to five minutes old; what the account is today decides.
      if (role !== caller.role) throw new DomainError('SIGN_IN_NEEDED');
      refuseUnproved(endpoint, session);
      const subjects = new Set(Object.values(call.params).filter((id) => id !== 'current'));
      const answered = answer(endpoint, role, await handle(), subjects, reply);
      this.audit(endpoint, request.id, subjects);
      return answered;
    });
  }

  /** One row for each operation, in its transaction: when it cannot be written, nothing is answered. */
  private audit(endpoint: Endpoint, requestId: string, subjects: Set<string>): void {
    const operation = `${endpoint.method} ${endpoint.path}`;
    const write = endpoint.method === 'GET' && !endpoint.marks ? 'audit_read' : 'audit_write';
    this.transaction.finally(`SELECT ${write}($1, $2, $3)`, [requestId, operation, [...subjects]]);
  }
}

/** What a session has proved is asked of the database at each call, so that it holds for every process at once. */
function refuseUnproved({ permission, stepUp }: Endpoint, { role, level, proved }: SessionContext): void {
  if (permission === 'public') return;
  if (level === 'password' && needsSecondFactor(role, permission)) throw new DomainError('SECOND_FACTOR_NEEDED');
  if (stepUp && !proved) throw new DomainError('STEP_UP_NEEDED');
}

function answer(
  endpoint: Endpoint,
  role: Role | undefined,
  result: object | undefined,
  subjects: Set<string>,
  reply: FastifyReply,
): unknown {
  if (endpoint.output === null) return undefined;
  if (isFile(endpoint.output)) {
    // Downloads must not tell what they hold by their name.
    void reply
      .header('content-type', mediaTypes[endpoint.output])
      .header('content-disposition', `attachment; filename="report.${endpoint.output}"`);
    // The mark in front makes Excel read ā and š.
    return endpoint.output === csv ? `\uFEFF${String(result)}` : result;
  }
  const view = (role && endpoint.outputFor?.[role]) ?? endpoint.output;
  return toView(view, result ?? {}, subjects);
}
