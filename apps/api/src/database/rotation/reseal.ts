import type { Client } from 'pg';
import { EVERYWHERE, Seals } from '../seals.js';
import type { SealedTable } from './sealed-tables.js';

/** Rows that are held at once; locked for some milliseconds. */
const BATCH = 100;

interface Row {
  tenant: string;
  id: string;
  salt: Buffer;
  sealed: Buffer;
}

/** What a walk through one table did. */
export interface Walked {
  resealed: number;
  /** Broken seals, which no key opens. */
  unreadable: number;
}

/**
 * Seals every row of a table anew that an older key sealed. It waits for nobody: a row that somebody writes at this moment is passed
 * over (the writer uses the new key, or the next walk comes by), and a batch is over in milliseconds. Killed, it is simply begun again.
 */
export async function resealTable(
  owner: Client,
  seals: Seals,
  table: SealedTable,
  onBatch: () => Promise<boolean>,
): Promise<Walked> {
  const walked = { resealed: 0, unreadable: 0 };
  const statements = statementsOf(table);
  let after: Pick<Row, 'tenant' | 'id'> | undefined;
  do {
    await owner.query('BEGIN');
    try {
      const { rows } = await owner.query<Row>(statements.next, [
        seals.current,
        ...(after ? keyOf(table, after) : FIRST.slice(table.tenant === EVERYWHERE ? 1 : 0)),
      ]);
      const fresh = rows.map((row) => ({ ...row, sealed: sealedAnew(seals, table, row) }));
      const good = fresh.filter((row): row is Row => row.sealed !== undefined);
      if (good.length > 0)
        await owner.query(statements.change, [
          good.map(({ id }) => id),
          good.map(({ sealed }) => sealed),
          ...(table.tenant === EVERYWHERE ? [] : [good.map(({ tenant }) => tenant)]),
        ]);
      await owner.query('COMMIT');
      walked.resealed += good.length;
      walked.unreadable += rows.length - good.length;
      after = rows.length === BATCH ? rows.at(-1) : undefined;
    } catch (error) {
      await owner.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  } while (after && (await onBatch()));
  return walked;
}

/** Rows of one table by the number of the key that sealed them; erased ones, which nobody can open, are left out. */
export async function countByKey(owner: Client, { table, salt }: SealedTable): Promise<Map<number, number>> {
  const { rows } = await owner.query<{ key: number; rows: string }>(
    `SELECT ${NUMBER} AS key, count(*) AS rows FROM ${table} t JOIN ${salt} WHERE t.sealed IS NOT NULL GROUP BY 1 ORDER BY 1`,
  );
  return new Map(rows.map(({ key, rows: count }) => [key, Number(count)]));
}

/** The first byte alone: the rest of a long text stays where it is. */
const NUMBER = 'get_byte(substring(t.sealed FROM 1 FOR 1), 0)';
const NOTHING = '00000000-0000-0000-0000-000000000000';
const FIRST = [NOTHING, NOTHING];

const keyOf = ({ tenant }: SealedTable, row: Pick<Row, 'tenant' | 'id'>): string[] =>
  tenant === EVERYWHERE ? [row.id] : [row.tenant, row.id];

function statementsOf({ table, id, tenant, salt }: SealedTable): { next: string; change: string } {
  const secured = tenant !== EVERYWHERE;
  const key = secured ? `t.${tenant}, t.${id}` : `t.${id}`;
  return {
    next: `
      SELECT ${secured ? `t.${tenant}` : `'${EVERYWHERE}'`} AS tenant, t.${id} AS id, s.salt, t.sealed FROM ${table} t JOIN ${salt}
      WHERE ${NUMBER} <> $1 AND (${key}) > (${secured ? '$2::uuid, $3::uuid' : '$2::uuid'})
      ORDER BY ${key} LIMIT ${BATCH} FOR NO KEY UPDATE OF t SKIP LOCKED`,
    change: `
      UPDATE ${table} t SET sealed = n.sealed FROM unnest($1::uuid[], $2::bytea[]${secured ? ', $3::uuid[]' : ''}) AS n (id, sealed${secured ? ', tenant' : ''})
      WHERE t.${id} = n.id${secured ? ` AND t.${tenant} = n.tenant` : ''}`,
  };
}

function sealedAnew(seals: Seals, { table }: SealedTable, { tenant, id, salt, sealed }: Row): Buffer | undefined {
  const place = { table, id, tenant };
  try {
    return seals.reseal(place, salt, sealed, place, salt);
  } catch {
    // It was broken before: with another key it would be no better.
    return undefined;
  }
}
