import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Client } from 'pg';
import { from, to } from 'pg-copy-streams';
import { BackupRefused } from './refused.js';
import type { Table } from './tables.js';

/** What was counted over the rows of one table as COPY writes them: two tables with the same sum hold the same. */
export interface TableSum {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

const NEWLINE = 10;

/** Counts while rows pass by. In COPY's text format every row ends with the only newline that it has. */
export class Tally {
  private readonly hash = createHash('sha256');
  rows = 0;
  private bytes = 0;

  add(chunk: Uint8Array): void {
    this.hash.update(chunk);
    this.bytes += chunk.length;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) this.rows++;
  }

  sumOf(name: string): TableSum {
    return { name, rows: this.rows, bytes: this.bytes, sha256: this.hash.copy().digest('hex') };
  }
}

/** How values are written must not depend on the server's settings. */
export const SAME_WRITING = `
  SET LOCAL client_encoding = 'UTF8'; SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres';
  SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0`;

/** All rows, in the order of the primary key. */
export async function* rowsOf(client: Client, table: Table): AsyncGenerator<Uint8Array> {
  const columns = table.columns.join(', ');
  const stream = client.query(
    to(`COPY (SELECT ${columns} FROM public."${table.name}" ORDER BY ${table.order}) TO STDOUT`),
  );
  yield* stream as AsyncIterable<Uint8Array>;
}

export async function sumOf(client: Client, table: Table): Promise<TableSum> {
  const tally = new Tally();
  for await (const chunk of rowsOf(client, table)) tally.add(chunk);
  return tally.sumOf(table.name);
}

/** A table that is being filled. */
export interface Filling {
  add(rows: Uint8Array): Promise<void>;
  end(): Promise<void>;
}

export function fill(client: Client, table: Table): Filling {
  const stream = client.query(from(`COPY public."${table.name}" (${table.columns.join(', ')}) FROM STDIN`));
  let failure: Error | undefined;
  const done = new Promise<void>((resolve, reject) => {
    stream.once('finish', resolve);
    stream.once('error', (error) => reject((failure = error)));
  });
  // It is asked at the end; until then a failure only stops the adding.
  done.catch(() => undefined);
  const told = async (): Promise<never> => {
    throw new BackupRefused(`The rows of ${table.name} do not fit: ${failure?.message ?? 'unknown reason'}`, {
      cause: failure,
    });
  };
  return {
    async add(rows) {
      if (failure) await told();
      if (!stream.write(rows)) await Promise.race([once(stream, 'drain'), done]).catch(told);
    },
    async end() {
      stream.end();
      await done.catch(told);
    },
  };
}
