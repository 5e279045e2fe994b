import type { Client } from 'pg';
import { DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { makeDataSource } from '../data-source.js';
import { MIGRATE_LOCK } from '../migrate.js';
import { migrations } from '../migrations/migrations.js';
import { fill, SAME_WRITING, sumOf, type Filling } from './copy.js';
import { checkValues, refuseOtherKeys, unpackKeys, type KeyBundle } from './key-bundle.js';
import type { About } from './manifest.js';
import { readArchive, type Content, type Receiver } from './read-archive.js';
import { BackupRefused, codeOf } from './refused.js';
import { readTables, type Table } from './tables.js';

export interface RestoreOptions {
  file: string;
  bundle: KeyBundle;
  keysDir: string;
  /** Opens an owner's login on a database that nothing was ever put into; asked for once the archive was found good. */
  database: () => Promise<string>;
  /** Told before each part, and within it after each table. */
  onStep?: (text: string) => void;
  onTable?: (table: { name: string; rows: number }, done: number, of: number) => void;
}

/**
 * Puts an archive into an empty database: reads and checks all of it first, then writes everything in one transaction, the tables
 * themselves too, and compares what stands there with what the archive says. Whatever goes wrong: database and KEYS_DIR stay empty.
 * The tables are those of the archive's own migrations; the caller brings them up to date afterwards.
 */
export async function restoreArchive(options: RestoreOptions): Promise<Content> {
  const { file, bundle, keysDir, onStep, onTable } = options;
  refuseOtherKeys(keysDir, bundle);
  onStep?.('Checking the whole archive');
  const content = await readArchive(file, bundle, {
    about: (about) => {
      refuseMissingKeys(about, bundle);
      refuseNewer(about);
    },
    ...(onTable && { onTable }),
  });
  const source = await sourceOf(await options.database(), content.about).initialize();
  try {
    await inOneTransaction(source, (runner, client) => restoreInto(source, runner, client, content, options));
    return content;
  } catch (error) {
    if (codeOf(error) === NO_ROOM_ON_SERVER)
      throw new BackupRefused('The database server has no room left; nothing was kept', { cause: error });
    throw error;
  } finally {
    await source.destroy();
  }
}

const NO_ROOM_ON_SERVER = '53100';

/** What must be undone when the transaction fails, since it is no row. */
type Undo = () => void;

async function inOneTransaction(
  source: DataSource,
  work: (runner: QueryRunner, client: Client) => Promise<Undo>,
): Promise<void> {
  const runner = source.createQueryRunner();
  let undo: Undo | undefined;
  try {
    const client = (await runner.connect()) as Client;
    await client.query(`BEGIN; ${SAME_WRITING}`);
    // TypeORM begins no transaction of its own in here.
    Object.assign(runner, { isTransactionActive: true });
    undo = await work(runner, client);
    const { command } = await client.query('COMMIT');
    if (command !== 'COMMIT') throw new Error(`COMMIT was answered with ${command}`);
  } catch (error) {
    undo?.();
    await runner.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    Object.assign(runner, { isTransactionActive: false });
    await runner.release();
  }
}

async function restoreInto(
  source: DataSource,
  runner: QueryRunner,
  client: Client,
  { about, manifest }: Content,
  { file, bundle, keysDir, onStep, onTable }: RestoreOptions,
): Promise<Undo> {
  // A Tilts that starts on this database meanwhile waits, and then finds it filled.
  await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATE_LOCK]);
  await refuseFilled(client);
  onStep?.('Restoring');
  const executor = new MigrationExecutor(source, runner);
  executor.transaction = 'none';
  await executor.executePendingMigrations();
  const tables = fitting(await readTables(client), about);
  // Some steps begin with rows of their own; the archive has those.
  await client.query(`TRUNCATE ${tables.map(({ name }) => `public."${name}"`).join(', ')}`);
  // What triggers made is among the rows. References cannot be switched off by an owner: they are held by the order of the tables.
  await triggers(client, tables, 'DISABLE');
  const again = await readArchive(file, bundle, { ...filling(client, tables), ...(onTable && { onTable }) });
  if (JSON.stringify(again.manifest) !== JSON.stringify(manifest))
    throw new BackupRefused(`${file} changed while it was read`);
  await triggers(client, tables, 'ENABLE');
  onStep?.('Comparing every table with the archive');
  for (const [i, table] of tables.entries()) {
    if (JSON.stringify(await sumOf(client, table)) !== JSON.stringify(manifest.tables[i]))
      throw new BackupRefused(`The table ${table.name} does not hold what the archive holds; nothing was kept`);
  }
  await anew(client);
  // Before COMMIT: keys without names are found or taken out again, names without keys are lost.
  return unpackKeys(keysDir, bundle);
}

async function triggers(client: Client, tables: readonly Table[], how: 'DISABLE' | 'ENABLE'): Promise<void> {
  for (const { name } of tables) await client.query(`ALTER TABLE public."${name}" ${how} TRIGGER USER`);
}

/** Only the archive's own steps of the schema, and without pipelining, which COPY does not take part in. */
function sourceOf(ownerUrl: string, about: About): DataSource {
  const { options } = makeDataSource(ownerUrl, { poolSize: 1, name: 'tilts-restore', pipeline: false });
  return new DataSource({ ...options, migrations: migrations.filter(({ name }) => about.migrations.includes(name)) });
}

function refuseNewer({ migrations: theirs, tilts }: About): void {
  const ours = migrations.map(({ name }) => name);
  const unknown = theirs.filter((name) => !ours.includes(name));
  if (unknown.length > 0) {
    throw new BackupRefused(
      `The archive was made by a newer Tilts (${tilts}; ${unknown.join(', ')} is unknown here): update Tilts first, then restore`,
    );
  }
}

function refuseMissingKeys(about: About, { sealing }: KeyBundle): void {
  const held = checkValues(sealing);
  const missing = Object.keys(about.keys).filter((number) => held[number] !== about.keys[number]);
  if (missing.length > 0) {
    throw new BackupRefused(
      `The key bundle lacks sealing key ${missing.join(', ')} of this archive (made ${about.madeAt}): take the bundle of that time`,
    );
  }
}

async function refuseFilled(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname::text AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') ORDER BY 1 LIMIT 1`,
  );
  if (rows[0]) {
    throw new BackupRefused(
      `The database is not empty (it has a table ${rows[0].name}): restore into a new DATA_DIR, or into a database that was just created`,
    );
  }
}

/** The tables in the archive's order; both must know the same columns. */
function fitting(here: readonly Table[], { tables }: About): Table[] {
  const known = new Map(here.map((table) => [table.name, table]));
  const inside = tables.map(({ name, columns }) => {
    const table = known.get(name);
    if (table?.columns.join() !== columns.join())
      throw new BackupRefused(`The table ${name} of the archive is not the one that its migrations make`);
    return table;
  });
  if (inside.length !== here.length)
    throw new BackupRefused('The archive does not hold every table that its migrations make');
  return inside;
}

function filling(client: Client, tables: readonly Table[]): Pick<Receiver, 'rows' | 'end'> {
  let current: { name: string; filling: Filling } | undefined;
  const end = async (): Promise<void> => {
    const ending = current?.filling;
    current = undefined;
    await ending?.end();
  };
  return {
    async rows(name, rows) {
      if (current?.name !== name) {
        await end();
        const table = tables.find((one) => one.name === name);
        if (!table) throw new Error(`${name} is in no list of tables`);
        current = { name, filling: fill(client, table) };
      }
      await current.filling.add(rows);
    },
    end,
  };
}

/**
 * A restored installation is another one than that which was lost: phones and desks sign in anew, since a session or a link that was
 * taken back after the backup would hold again.
 */
async function anew(client: Client): Promise<void> {
  const changes = {
    session: 'UPDATE session SET ended_at = now() WHERE ended_at IS NULL',
    one_time_link: 'UPDATE one_time_link SET expires_at = least(expires_at, now()) WHERE used_at IS NULL',
    installation: 'UPDATE installation SET generation = gen_random_uuid()',
    // Numbers of transactions of another server: they would come again here.
    family_stamp: 'UPDATE family_stamp SET changed_in = 0',
  };
  for (const [table, change] of Object.entries(changes)) {
    const { rows } = await client.query<{ there: boolean }>(
      `SELECT to_regclass('public.${table}') IS NOT NULL AS there`,
    );
    if (rows[0]?.there) await client.query(change);
  }
}
