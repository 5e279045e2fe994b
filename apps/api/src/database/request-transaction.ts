import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { dayOf, DomainError, type Day, type Instant, type Role } from '@tilts/domain';
import type { PoolClient } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { inTransaction, type OpenTransaction } from './checked-transaction.js';
import { transactionRun } from '../platform/telemetry.js';
import { Clock } from './clock.js';

/** Who is behind a request, as the database knows it at this moment. */
export interface SessionContext {
  id: string;
  accountId: string;
  role: Role;
  /** Of a social worker. */
  institutionId: string | null;
  /** Was it begun with the password alone? */
  level: 'password' | 'second';
  /** They showed a short while ago that it is them. */
  proved: boolean;
}

/** A signed-in person's request. `readOnly` runs as a role that can only SELECT and write the audit row of a read. */
export interface RequestContext {
  sessionId: string;
  requestId: string;
  readOnly: boolean;
}

/** Background work has no session: it runs as a service with a narrow policy of its own (row-security.sql). */
export interface ServiceContext {
  service: Service;
}
export type Service = 'mail';

interface Running {
  open: OpenTransaction;
  session: SessionContext | undefined;
  requestId: string | undefined;
  /** Plans are made for a role; one name for each keeps both. */
  plans: string;
  now: Date;
  after: (() => void | Promise<void>)[];
  over: boolean;
}

const READ = 'tilts_read';
const WRITE = 'none';
const READING = { plans: 'r', kind: 'read' };
const WRITING = { plans: 'w', kind: 'write' };
const serviceRoles: Record<Service, string> = { mail: 'tilts_mail' };

// Whether the session holds is asked in the same statement that lays it down: no row, no session.
const LAY_DOWN = {
  name: 'lay-down-session',
  text: `SELECT set_config('role', $2, true), set_config('app.session', $1::text, true), account_id, role, institution_id, level, proved FROM session_context($1::text::uuid)`,
};

/**
 * The one way to the database while a request is served: everything runs in one transaction that knows its session, and row
 * security decides which rows exist. Outside of a request it throws.
 */
@Injectable()
export class RequestTransaction {
  private readonly running = new AsyncLocalStorage<Running>();
  private readonly log = new Logger(RequestTransaction.name);

  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  /** For writes by entity, in this transaction. */
  get manager(): EntityManager {
    return this.current().open.runner.manager;
  }

  get session(): SessionContext {
    const { session } = this.current();
    if (!session) throw new Error('Background work has no session');
    return session;
  }

  get requestId(): string {
    const { requestId } = this.current();
    if (!requestId) throw new Error('Background work has no request');
    return requestId;
  }

  /** The moment at which this transaction began, for every row that it writes. */
  get now(): Instant {
    return this.current().now.toISOString();
  }

  /** Today in Europe/Riga. */
  get today(): Day {
    return dayOf(this.current().now);
  }

  /** A named prepared statement: planned once for a connection. Days and moments come back as text, counts as numbers. */
  async query<T extends object = Record<string, unknown>>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<T[]> {
    const { open, plans } = this.current();
    const { rows } = await open.client.query<T>({ name: plans + nameOf(sql), text: sql, values: [...parameters] });
    return rows;
  }

  /** The last statement of a transaction, whose answer nobody needs: it travels with COMMIT, and nothing is committed without it. */
  finally(sql: string, parameters: readonly unknown[] = []): void {
    const { open, plans } = this.current();
    if (open.last) throw new Error('A transaction has one last statement');
    open.last = { name: plans + nameOf(sql), text: sql, values: [...parameters] };
  }

  /** When `work` fails, what it wrote is taken back, its failure is thrown, and the transaction may go on. */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    const { open, after } = this.current();
    const { length } = after;
    // Not waited for: it travels in front of the first statement of `work`.
    const begun = open.client.query('SAVEPOINT attempt');
    begun.catch(() => undefined);
    try {
      const result = await work();
      await begun;
      await open.client.query('RELEASE SAVEPOINT attempt');
      return result;
    } catch (error) {
      after.length = length;
      await open.client.query('ROLLBACK TO SAVEPOINT attempt');
      await open.client.query('RELEASE SAVEPOINT attempt');
      throw error;
    }
  }

  /** For what must not happen when the transaction fails, and must not fail it. */
  afterCommit(action: () => void | Promise<void>): void {
    this.current().after.push(action);
  }

  /** Runs `work` in a transaction of its own; called once a request, before anything of it touches the database. */
  async run<T>(context: RequestContext | ServiceContext, work: () => Promise<T>): Promise<T> {
    if (this.running.getStore()?.over === false) throw new Error('A transaction is already running');
    const after: Running['after'] = [];
    const request =
      'service' in context
        ? { requestId: undefined, plans: context.service, kind: context.service }
        : { requestId: context.requestId, ...(context.readOnly ? READING : WRITING) };
    const { requestId, plans, kind } = request;
    const transaction = (): Promise<T> =>
      inTransaction(
        this.source,
        (client) => layDown(client, context),
        async (open, session) => {
          const now = this.clock.now();
          const running: Running = { open, requestId, plans, session, now, after, over: false };
          try {
            return await this.running.run(running, work);
          } finally {
            running.over = true;
          }
        },
      );
    const result = await transactionRun.tracePromise(transaction, { requestId, kind });
    for (const action of after)
      await Promise.resolve()
        .then(action)
        .catch((error: unknown) => this.log.error(error));
    return result;
  }

  private current(): Running {
    const running = this.running.getStore();
    if (!running) throw new Error('The database is reached only within a request: no transaction is running');
    // A promise that nobody awaited would otherwise write into another person's transaction.
    if (running.over) throw new Error('The transaction of this request is over');
    return running;
  }
}

interface SessionRow {
  account_id: string;
  role: Role;
  institution_id: string | null;
  level: 'password' | 'second';
  proved: boolean;
}

async function layDown(
  client: PoolClient,
  context: RequestContext | ServiceContext,
): Promise<SessionContext | undefined> {
  if ('service' in context) {
    await client.query(`SELECT set_config('role', $1, true)`, [serviceRoles[context.service]]);
    return undefined;
  }
  const { sessionId, readOnly } = context;
  const { rows } = await client.query<SessionRow>({
    ...LAY_DOWN,
    values: [sessionId, readOnly ? READ : WRITE],
  });
  const [found] = rows;
  if (!found) throw new DomainError('SESSION_OVER');
  const { account_id: accountId, institution_id: institutionId, role, level, proved } = found;
  return { id: sessionId, accountId, role, institutionId, level, proved };
}

const names = new Map<string, string>();

/** One name has one text on a connection, so the name is the text's hash. */
function nameOf(sql: string): string {
  let name = names.get(sql);
  if (!name) names.set(sql, (name = createHash('sha256').update(sql).digest('base64url').slice(0, 24)));
  return name;
}
