import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import { Client } from 'pg';
import { MIGRATE_LOCK } from '../migrate.js';
import { encryptFor } from './age-file.js';
import { rowsOf, SAME_WRITING, Tally, type TableSum } from './copy.js';
import {
  ABOUT,
  aboutOf,
  jsonOf,
  MANIFEST,
  partName,
  PROOF,
  provedText,
  type Manifest,
  type Proof,
} from './manifest.js';
import type { Seals } from '../seals.js';
import { BackupRefused } from './refused.js';
import { readTables, refuseHiddenRows, type Table } from './tables.js';
import { tar, type TarEntry } from './tar.js';
import { tiltsVersion } from './tilts-version.js';
import { writeWhole } from './whole-file.js';

/** Bytes of rows that are held at once. */
const PART = 1024 * 1024;

export interface WriteOptions {
  ownerUrl: string;
  /** The age recipient that may read it. */
  recipient: string;
  /** Vouch that it was written here. */
  seals: Pick<Seals, 'current' | 'vouchFor'>;
  file: string;
  /** Told after each table. */
  onTable?: (sum: TableSum, done: number, of: number) => void;
}

/**
 * Writes everything that the database holds into one encrypted file, as it was at one instant, while Tilts goes on working.
 * Within: a gzipped tar of about.json, the rows of each table as COPY writes them, and manifest.json.
 */
export async function writeArchive({
  ownerUrl,
  recipient,
  seals,
  file,
  onTable,
}: WriteOptions): Promise<Manifest & { bytes: number }> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'tilts-backup' });
  // A server that goes away is told to the query that waits for it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    // A Tilts that starts meanwhile waits here, instead of in front of our table locks with everybody else behind it.
    await client.query('SELECT pg_advisory_lock_shared($1)', [MIGRATE_LOCK]);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query(SAME_WRITING);
    const tables = await lockedTables(client);
    await refuseHiddenRows(client);
    const written: { manifest?: Manifest } = {};
    const packed = pipeline(
      tar(entries(client, tables, { seals, written, onTable })),
      createGzip({ level: 4 }),
      // Told to whoever reads the end of the pipe.
      () => undefined,
    );
    const bytes = await writeWhole(file, encryptFor(recipient, packed));
    await client.query('COMMIT');
    if (!written.manifest) throw new Error('An archive without its manifest');
    return { ...written.manifest, bytes };
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function lockedTables(client: Client): Promise<Table[]> {
  const { rows } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('public.migration') IS NOT NULL AS there`,
  );
  if (!rows[0]?.there) throw new BackupRefused('There is nothing to back up: Tilts never started on this database');
  const tables = await readTables(client);
  // As pg_dump does: nobody may change a table under us.
  await client.query(`LOCK TABLE ${tables.map(({ name }) => `public."${name}"`).join(', ')} IN ACCESS SHARE MODE`);
  return tables;
}

async function* entries(
  client: Client,
  tables: readonly Table[],
  { seals, written, onTable }: Pick<WriteOptions, 'seals' | 'onTable'> & { written: { manifest?: Manifest } },
): AsyncGenerator<TarEntry> {
  const about = jsonOf(
    aboutOf({ ...(await factsOf(client)), tables: tables.map(({ name, columns }) => ({ name, columns })) }),
  );
  yield { name: ABOUT, body: about };
  const sums: TableSum[] = [];
  for (const table of tables) {
    const tally = new Tally();
    let part = 0;
    for await (const body of inParts(rowsOf(client, table))) {
      tally.add(body);
      yield { name: partName(table.name, ++part), body };
    }
    const sum = tally.sumOf(table.name);
    sums.push(sum);
    onTable?.(sum, sums.length, tables.length);
  }
  written.manifest = { tables: sums, mail: await waitingMail(client) };
  const manifest = jsonOf(written.manifest);
  yield { name: MANIFEST, body: manifest };
  const key = seals.current;
  yield { name: PROOF, body: jsonOf({ key, mac: seals.vouchFor(provedText(about, manifest), key) } satisfies Proof) };
}

async function* inParts(rows: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of rows) {
    held.push(chunk);
    length += chunk.length;
    if (length < PART) continue;
    yield Buffer.concat(held);
    [held, length] = [[], 0];
  }
  if (length > 0) yield Buffer.concat(held);
}

async function factsOf(client: Client): Promise<Omit<Parameters<typeof aboutOf>[0], 'tables'>> {
  const one = async <T extends object>(sql: string): Promise<T[]> => (await client.query<T>(sql)).rows;
  const migrations = await one<{ name: string }>('SELECT name FROM public.migration ORDER BY timestamp');
  const keys = await one<{ id: number; value: Buffer }>('SELECT id, value FROM public.key_check ORDER BY id');
  const [server] = await one<{ version: string }>(`SELECT current_setting('server_version') AS version`);
  const [there] = await one<{ installation: boolean }>(
    `SELECT to_regclass('public.installation') IS NOT NULL AS installation`,
  );
  const [installation] = there?.installation
    ? await one<{ generation: string }>('SELECT generation FROM public.installation')
    : [];
  return {
    tilts: tiltsVersion(),
    postgres: server?.version ?? '',
    madeAt: new Date().toISOString(),
    generation: installation?.generation ?? null,
    migrations: migrations.map(({ name }) => name),
    keys: Object.fromEntries(keys.map(({ id, value }) => [id, value.toString('base64')])),
  };
}

/** Of the queue only this: its tables are pg-boss's own and are made anew, its jobs hold nothing but the id of a notice. */
async function waitingMail(client: Client): Promise<string[]> {
  const { rows: there } = await client.query<{ queue: boolean }>(
    `SELECT to_regclass('pgboss.job') IS NOT NULL AS queue`,
  );
  if (!there[0]?.queue) return [];
  const { rows } = await client.query<{ id: string }>(
    `SELECT data->>'noticeId' AS id FROM pgboss.job WHERE name = 'mail' AND state IN ('created', 'retry', 'active') AND data ? 'noticeId' ORDER BY created_on, id`,
  );
  return rows.map(({ id }) => id);
}
