// jest's globalTeardown: the run's server and files go; on a server given by DATABASE_URL only the run's own databases.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

export default async function tearDown() {
  if (process.env.DATABASE_URL)
    await dropDatabases(process.env.DATABASE_URL, `tilts_test_${process.env.TILTS_TEST_RUN}`);
  await removeRun(process.env.TILTS_TEST_FOLDER);
}

/** SIGQUIT: PostgreSQL's immediate stop; nothing of it is wanted any more. */
export async function removeRun(folder) {
  const pidFile = join(folder, 'data', 'postgres', 'pgdata', 'postmaster.pid');
  const pid = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, 'utf8'), 10) : 0;
  if (pid > 0) {
    try {
      process.kill(pid, 'SIGQUIT');
      for (let i = 0; i < 500; i++, await sleep(10)) process.kill(pid, 0);
    } catch {
      // It is gone, which is what we wait for.
    }
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function dropDatabases(url, prefix) {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [prefix]);
  for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS "${datname}"`);
  await client.end();
}
