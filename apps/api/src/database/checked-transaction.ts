import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import { DomainError } from '@tilts/domain';
import type { DataSource, QueryRunner } from 'typeorm';

/** A connection in a transaction: TypeORM's runner and the pg client below it, the same one. */
export interface OpenTransaction {
  runner: QueryRunner;
  client: PoolClient;
  /** Sent in one trip with COMMIT. When it fails, COMMIT is answered with ROLLBACK, and the failure is thrown. */
  last?: QueryConfig;
}

/** TypeORM does not know of a BEGIN that it did not send. Told, an inner `manager.transaction()` becomes a savepoint. */
interface RunnerState {
  isTransactionActive: boolean;
  transactionDepth: number;
  releasePostgresConnection(error?: Error): Promise<void>;
}

/**
 * Runs `work` between BEGIN and COMMIT on one connection. `context` travels with BEGIN in one trip and must resolve before
 * any other statement. COMMIT is checked: PostgreSQL answers ROLLBACK, without an error, when a failed statement was swallowed.
 */
export async function inTransaction<C, T>(
  source: DataSource,
  context: (client: PoolClient) => Promise<C>,
  work: (open: OpenTransaction, context: C) => Promise<T>,
): Promise<T> {
  const runner = source.createQueryRunner();
  const state = runner as unknown as RunnerState;
  let client: PoolClient;
  try {
    client = (await runner.connect()) as PoolClient;
  } catch (error) {
    await runner.release();
    throw Object.assign(new DomainError('UNAVAILABLE'), { cause: error });
  }
  let broken: Error | undefined;
  try {
    const [begun, told] = await Promise.allSettled([client.query('BEGIN'), context(client)]);
    if (begun.status === 'rejected') throw begun.reason;
    if (told.status === 'rejected') throw told.reason;
    state.isTransactionActive = true;
    state.transactionDepth = 1;
    const open: OpenTransaction = { runner, client };
    const result = await work(open, told.value);
    const [last, committed] = await Promise.allSettled([
      open.last && client.query(open.last),
      client.query('COMMIT') as Promise<QueryResult>,
    ]);
    if (last.status === 'rejected') throw last.reason;
    if (committed.status === 'rejected') throw committed.reason;
    const answer = committed.value;
    if (answer.command !== 'COMMIT')
      throw new Error(`COMMIT was answered with ${answer.command}: a failed statement was swallowed`);
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
    // The server is gone, so nobody knows whether COMMIT arrived: the caller sends the same id again.
    if (broken) throw Object.assign(new DomainError('UNAVAILABLE'), { cause: error });
    throw error;
  } finally {
    state.isTransactionActive = false;
    state.transactionDepth = 0;
    // A connection that could not even roll back is thrown away: nobody may inherit its session.
    await state.releasePostgresConnection(broken);
  }
}
