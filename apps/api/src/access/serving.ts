import { Injectable } from '@nestjs/common';
import { DomainError, isFile, mayDo, needsSecondFactor, type Endpoint } from '@tilts/domain';
import { RequestTransaction, type SessionContext } from '../database/request-transaction.js';
import type { Call } from '../platform/serves.decorator.js';
import { toView } from '../platform/view-projection.js';
import type { Caller } from './token.strategy.js';

export type AnyCall = Call<object, string>;

/** What an operation answered, and what its audit row will say. */
export interface Served {
  output: unknown;
  audit: AuditEntry;
}

export interface AuditEntry {
  write: boolean;
  operation: string;
  subjects: string[];
}

/** One operation within a transaction, alike for a request and for a command among many: may they, do it, show only what its View declares. */
@Injectable()
export class Serving {
  constructor(private readonly transaction: RequestTransaction) {}

  /** A transaction of this caller. */
  run<T>({ sessionId, role }: Caller, requestId: string, readOnly: boolean, work: () => Promise<T>): Promise<T> {
    return this.transaction.run({ sessionId, requestId, readOnly }, () => {
      // The token is up to five minutes old; what the account is today decides.
      if (this.transaction.session.role !== role) throw new DomainError('SIGN_IN_NEEDED');
      return work();
    });
  }

  /** Its audit row is the caller's to write: without it nothing may be committed. */
  async serve(endpoint: Endpoint, call: AnyCall, handle: () => Promise<object | undefined>): Promise<Served> {
    const { session } = this.transaction;
    refuseUnentitled(endpoint, session);
    return told(endpoint, session, call, await handle());
  }

  /** The same for several calls of one operation, each with an audit row of its own. */
  async serveAll(
    endpoint: Endpoint,
    calls: readonly AnyCall[],
    handle: () => Promise<readonly (object | undefined)[]>,
  ): Promise<Served[]> {
    const { session } = this.transaction;
    refuseUnentitled(endpoint, session);
    const results = await handle();
    return calls.map((call, i) => told(endpoint, session, call, results[i]));
  }
}

function told(endpoint: Endpoint, session: SessionContext, call: AnyCall, result: object | undefined): Served {
  const subjects = new Set(Object.values(call.params).filter((id) => id !== 'current'));
  const output = shown(endpoint, session, result, subjects);
  const operation = `${endpoint.method} ${endpoint.path}`;
  const { ids = [] } = call.input as { ids?: string[] };
  const named = endpoint.auditsAsked ? ids.filter((id) => subjects.has(id)) : [...subjects];
  return { output, audit: { write: isWrite(endpoint), operation, subjects: named } };
}

export function isWrite({ method, marks }: Endpoint): boolean {
  return method !== 'GET' || marks;
}

/** What a session has proved is asked of the database at each call, so that it holds for every process at once. */
function refuseUnentitled({ permission, stepUp }: Endpoint, { role, level, proved }: SessionContext): void {
  if (permission === 'public') return;
  if (!mayDo(role, permission)) throw new DomainError('NOT_FOUND');
  if (level === 'password' && needsSecondFactor(role, permission)) throw new DomainError('SECOND_FACTOR_NEEDED');
  if (stepUp && !proved) throw new DomainError('STEP_UP_NEEDED');
}

/** `session`: of nobody yet, when the operation is public. */
export function shown(
  endpoint: Endpoint,
  session: Pick<SessionContext, 'role'> | undefined,
  result: object | undefined,
  subjects: Set<string>,
): unknown {
  if (endpoint.output === null) return undefined;
  if (isFile(endpoint.output)) return result;
  const view = (session && endpoint.outputFor?.[session.role]) ?? endpoint.output;
  return toView(view, result ?? {}, subjects);
}
