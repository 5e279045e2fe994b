import { Client } from 'pg';
import { fillIn, sqlParts } from '../database-parts.js';
import { makeDataSource } from './data-source.js';
import { makeRoles } from './roles.js';

/** Any number that nobody else in this database uses: one migrates, the others wait and then find everything done. */
const MIGRATE_LOCK = 20_171_000;
const OLDEST_SERVER = 170_000;

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
    await makeRoles(owner, ownerUrl, appPassword);
    const tables = await makeDataSource(ownerUrl, { poolSize: 1, name: 'tilts-migrate' }).initialize();
    try {
      await tables.runMigrations();
      await applyParts(owner);
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

/** All of it or nothing: no moment at which a table stands open. */
async function applyParts(owner: Client): Promise<void> {
  await owner.query('BEGIN');
  try {
    await owner.query('GRANT CREATE ON SCHEMA public TO tilts_resolver');
    // The functions' own role makes them: an owner that is no superuser may not give functions away.
    await owner.query('SET LOCAL ROLE tilts_resolver');
    await owner.query('ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC');
    await owner.query('RESET ROLE');
    for (const { file, sql } of sqlParts()) {
      await owner.query(sql).catch((error: unknown) => {
        throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      });
    }
    await owner.query('REVOKE CREATE ON SCHEMA public FROM tilts_resolver');
    await owner.query('COMMIT');
  } catch (error) {
    await owner.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
