import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedDatabase } from '../../apps/api/src/database/embedded-database.js';
import { makeDataSource } from '../../apps/api/src/database/data-source.js';
import { migrate } from '../../apps/api/src/database/migrate.js';
import { loadExampleDirectory } from '../../apps/api/src/directory/reference-data.js';

/** A migrated, empty database of one spec file, on a real PostgreSQL. */
export interface TestDatabase {
  readonly ownerUrl: string;
  /** `tilts_app`: what the API itself logs in with. */
  readonly appUrl: string;
  readonly appPassword: string;
  /** Only on the embedded server; proofs that look past row security are skipped without it. */
  readonly superuserUrl: string | undefined;
  /** Call it in `afterAll`, after closing your own connections. */
  drop(): Promise<void>;
}

/** The password of `tilts_app` on the server of the run; the server is on loopback and lives for one run. */
const APP_PASSWORD = 'tilts-test-app';
/** Any number that nobody else on the server uses: only one worker migrates the template. */
const TEMPLATE_LOCK = 20_171_001;

let made = 0;

/** One database a worker, made anew from the migrated template for each spec file that asks. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await openServer();
  const prefix = `tilts_test_${required('TILTS_TEST_RUN')}`;
  const name = `${prefix}_w${process.env['JEST_WORKER_ID'] ?? '1'}${made++ ? `_${made}` : ''}`;
  await asAdmin(server.ownerUrl, async (admin) => {
    await makeTemplate(admin, server, `${prefix}_template`);
    await drop(server, name);
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${prefix}_template`);
  });
  const ownerUrl = onDatabase(server.ownerUrl, name);
  return {
    ownerUrl,
    appUrl: onDatabase(server.ownerUrl, name, { user: 'tilts_app', password: APP_PASSWORD }),
    appPassword: APP_PASSWORD,
    superuserUrl: server.superuserUrl && onDatabase(server.superuserUrl, name),
    drop: async () => {
      await drop(server, name);
      await server.leave();
    },
  };
}

/** A database that nothing was ever put into, not even tables: what a first start or a restore finds. */
export async function emptyDatabase(): Promise<Pick<TestDatabase, 'ownerUrl' | 'superuserUrl' | 'drop'>> {
  const server = await openServer();
  const name = `tilts_test_${required('TILTS_TEST_RUN')}_w${process.env['JEST_WORKER_ID'] ?? '1'}_empty_${++made}`;
  await drop(server, name);
  await asAdmin(server.ownerUrl, (admin) => admin.query(`CREATE DATABASE ${name}`));
  return {
    ownerUrl: onDatabase(server.ownerUrl, name),
    superuserUrl: server.superuserUrl && onDatabase(server.superuserUrl, name),
    drop: async () => {
      await drop(server, name);
      await server.leave();
    },
  };
}

interface Server {
  readonly ownerUrl: string;
  readonly superuserUrl: string | undefined;
  leave(): Promise<void>;
}

/** With DATABASE_URL the same specs run on that server, beside the named database and never in it. */
async function openServer(): Promise<Server> {
  const given = process.env['DATABASE_URL'];
  if (given) return { ownerUrl: given, superuserUrl: undefined, leave: async () => undefined };
  const folder = required('TILTS_TEST_FOLDER');
  return startEmbeddedDatabase({
    dataDir: join(folder, 'data'),
    passwordFile: join(folder, 'keys', 'owner.password'),
    durability: 'none',
  });
}

async function makeTemplate(admin: Client, server: Server, template: string): Promise<void> {
  await admin.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (rowCount) return;
    const unfinished = `${template}_new`;
    await drop(server, unfinished);
    await admin.query(`CREATE DATABASE ${unfinished}`);
    await migrate(onDatabase(server.ownerUrl, unfinished), APP_PASSWORD);
    await fillDirectory(onDatabase(server.ownerUrl, unfinished));
    await admin.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`);
  } finally {
    await admin.query('SELECT pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}

/** Specs begin with the five cities and their institutions. */
async function fillDirectory(ownerUrl: string): Promise<void> {
  const owner = await makeDataSource(ownerUrl, { poolSize: 1 }).initialize();
  try {
    await loadExampleDirectory(owner.manager);
  } finally {
    await owner.destroy();
  }
}

/** Only a superuser may send away who is still connected; elsewhere PostgreSQL waits some seconds for them. */
async function drop({ superuserUrl, ownerUrl }: Server, name: string): Promise<void> {
  const force = superuserUrl ? 'WITH (FORCE)' : '';
  await asAdmin(superuserUrl ?? ownerUrl, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} ${force}`));
}

async function asAdmin(ownerUrl: string, action: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new Client({ connectionString: ownerUrl });
  await admin.connect();
  try {
    await action(admin);
  } finally {
    await admin.end();
  }
}

function onDatabase(url: string, name: string, login?: { user: string; password: string }): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  if (login) [changed.username, changed.password] = [login.user, login.password];
  return changed.href;
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is set by set-up.mjs: run the specs with jest.`);
  return value;
}
