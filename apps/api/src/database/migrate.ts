import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { fillIn, sqlParts } from '../database-parts.js';
import { makeDataSource } from './data-source.js';
import { stepsOf } from './readiness.js';
import { makeRoles } from './roles.js';

/** Any number that nobody else in this database uses: one migrates, the others wait and then find everything done. A backup shares it. */
export const MIGRATE_LOCK = 20_171_000;
const OLDEST_SERVER = 170_000;

/** A start is refused: this version does not know what a newer one made of the database. */
export class DatabaseTooNew extends Error {
  constructor(step: string) {
    super(
      `A newer version of Tilts brought this database up to date (its step ${step} is unknown here). Start that version ` +
        'again, or restore the backup that was made before the update.',
    );
    this.name = 'DatabaseTooNew';
  }
}

/**
 * Brings a database to what this version of Tilts expects: roles, tables, row security, functions, reference data. Changes
 * nothing when all is there. `ownerUrl` is a login with CREATEROLE that owns the database.
 */
export async function migrate(ownerUrl: string, appPassword: string): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl, application_name: 'tilts-migrate' });
  await owner.connect();
  try {
    await refuseOldServer(owner);
    await owner.query('SELECT pg_advisory_lock($1)', [MIGRATE_LOCK]);
    const tables = await makeDataSource(ownerUrl, { poolSize: 1, name: 'tilts-migrate' }).initialize();
    try {
      await refuseNewerSchema(owner, stepsOf(tables));
      await makeRoles(owner, ownerUrl, appPassword);
      await despiteDeadlock(() => tables.runMigrations());
      await despiteDeadlock(() => applyParts(owner));
      await fillIn(ownerUrl, tables.manager);
    } finally {
      await tables.destroy();
    }
  } finally {
    await owner.end();
  }
}

async function refuseOldServer(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ version: string; number: number }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::integer AS number`,
  );
  if ((rows[0]?.number ?? 0) < OLDEST_SERVER)
    throw new Error(`Tilts needs PostgreSQL 17 or newer; DATABASE_URL leads to ${rows[0]?.version}`);
}

async function refuseNewerSchema(owner: Client, ours: readonly string[]): Promise<void> {
  const { rows } = await owner.query<{ exists: boolean }>(
    `SELECT to_regclass('public.migration') IS NOT NULL AS exists`,
  );
  if (!rows[0]?.exists) return;
  const steps = await owner.query<{ name: string }>('SELECT name FROM migration WHERE name <> ALL ($1)', [ours]);
  if (steps.rows[0]) throw new DatabaseTooNew(steps.rows[0].name);
}

/** Another process may be at work in the tables that change: PostgreSQL then ends one of the two, and we come again. */
async function despiteDeadlock(work: () => Promise<unknown>, tries = 5): Promise<void> {
  try {
    await work();
  } catch (error) {
    const deadlock = error instanceof Error && 'code' in error && error.code === '40P01';
    if (!deadlock || tries <= 1) throw error;
    await despiteDeadlock(work, tries - 1);
  }
}

/**
 * All of it or nothing: no moment at which a table stands open. Only when something changed, since it locks every table: who
 * starts beside a process at work would wait for its requests, and they for them.
 */
async function applyParts(owner: Client): Promise<void> {
  const mark = await markOfParts(owner);
  if ((await appliedMark(owner)) === mark) return;
  await owner.query('BEGIN');
  try {
    await owner.query('GRANT CREATE ON SCHEMA public TO tilts_resolver');
    // The functions' own role makes them: an owner that is no superuser may not give functions away.
    await owner.query('SET LOCAL ROLE tilts_resolver');
    await owner.query('ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC');
    await owner.query('RESET ROLE');
    for (const { file, sql } of sqlParts()) {
      await owner.query(sql).catch((error: unknown) => {
        if (!(error instanceof Error)) throw error;
        error.message = `${file}: ${error.message}`;
        throw error;
      });
    }
    await owner.query('SET LOCAL ROLE tilts_resolver');
    await owner.query(`COMMENT ON FUNCTION installation_state() IS '${mark}'`);
    await owner.query('RESET ROLE');
    await owner.query('REVOKE CREATE ON SCHEMA public FROM tilts_resolver');
    await owner.query('COMMIT');
  } catch (error) {
    await owner.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Tells one state of parts, tables and owner (the policies name it) from another. */
async function markOfParts(owner: Client): Promise<string> {
  const { rows } = await owner.query<{ state: string }>(
    `SELECT concat_ws(',', current_user, (SELECT string_agg(name, ',' ORDER BY id) FROM migration)) AS state`,
  );
  const hash = createHash('sha256').update(rows[0]?.state ?? '');
  for (const { sql } of sqlParts()) hash.update(sql);
  return hash.digest('hex');
}

/** Kept as the comment of a function that is itself one of the parts: with it, what was applied is gone. */
async function appliedMark(owner: Client): Promise<string | null | undefined> {
  const { rows } = await owner.query<{ mark: string | null }>(
    `SELECT obj_description(to_regprocedure('installation_state()'), 'pg_proc') AS mark`,
  );
  return rows[0]?.mark;
}
