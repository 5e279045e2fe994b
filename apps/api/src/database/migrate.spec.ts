import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '../../../../tools/test-database/test-database.js';
import { makeDataSource } from './data-source.js';
import { DatabaseTooNew, migrate } from './migrate.js';
import { stepsOf } from './readiness.js';

let database: TestDatabase;
let admin: Client;
beforeAll(async () => {
  database = await testDatabase();
  admin = new Client({ connectionString: database.ownerUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

/** A database in which nobody ever was. */
async function inEmptyDatabase(work: (ownerUrl: string, owner: Client) => Promise<void>): Promise<void> {
  const name = `tilts_test_empty_${process.pid}_${Date.now()}`;
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(database.ownerUrl);
  url.pathname = `/${name}`;
  const owner = new Client({ connectionString: url.href });
  await owner.connect();
  try {
    await work(url.href, owner);
  } finally {
    await owner.end();
    await admin.query(`DROP DATABASE ${name}`);
  }
}

describe('bringing a database up to date', () => {
  it('is done once when several processes start at once on an empty one', async () => {
    await inEmptyDatabase(async (ownerUrl, owner) => {
      await Promise.all([1, 2, 3].map(() => migrate(ownerUrl, database.appPassword)));
      const { rows } = await owner.query<{ name: string }>('SELECT name FROM migration ORDER BY id');
      expect(rows.map(({ name }) => name)).toEqual(await steps(ownerUrl));
    });
  });

  it('waits for nobody who is at work, when nothing is to be done', async () => {
    const someone = new Client({ connectionString: database.ownerUrl });
    await someone.connect();
    try {
      await someone.query('BEGIN; LOCK TABLE account, family, visit IN ROW EXCLUSIVE MODE');
      await migrate(database.ownerUrl, database.appPassword);
    } finally {
      await someone.end();
    }
  }, 10_000);

  it('closes every table anew when a part changed', async () => {
    await admin.query('ALTER TABLE family NO FORCE ROW LEVEL SECURITY');
    await admin.query(
      `SET ROLE tilts_resolver; COMMENT ON FUNCTION installation_state() IS 'of an older version'; RESET ROLE`,
    );
    await migrate(database.ownerUrl, database.appPassword);
    const { rows } = await admin.query(`SELECT relforcerowsecurity AS forced FROM pg_class WHERE relname = 'family'`);
    expect(rows).toEqual([{ forced: true }]);
  });

  it('is refused to an old version after a newer one, which it names, and changes nothing', async () => {
    const newer = 'SomethingLater2999000000000';
    await admin.query('INSERT INTO migration (timestamp, name) VALUES (2999000000000, $1)', [newer]);
    await admin.query('DROP FUNCTION installation_state()');
    const refused = migrate(database.ownerUrl, database.appPassword);
    await expect(refused).rejects.toThrow(DatabaseTooNew);
    await expect(refused).rejects.toThrow(`its step ${newer} is unknown here`);
    const { rows } = await admin.query(`SELECT to_regprocedure('installation_state()') AS made`);
    expect(rows).toEqual([{ made: null }]);
    await admin.query('DELETE FROM migration WHERE name = $1', [newer]);
  });
});

/** The steps of this version, oldest first. */
async function steps(ownerUrl: string): Promise<string[]> {
  const source = await makeDataSource(ownerUrl, { poolSize: 1 }).initialize();
  await source.destroy();
  return stepsOf(source);
}
