import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '../../../../tools/test-database/test-database.js';
import { makeDataSource } from '../database/data-source.js';
import { migrate } from '../database/migrate.js';
import { FirstTables1795392000000 } from '../database/migrations/1795392000000-first-tables.js';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { institutionId } from './directory-rows.js';

/** An installation of the first version, whose reference data stood there at each start. */
describe('an installation that is brought up to date', () => {
  const name = `tilts_test_upgrade_${process.pid}`;
  const [jelgava, social] = [municipalityId('JELGAVA'), institutionId('JELGAVA', 'socialService')];
  const nva = institutionId(null, 'employmentAgency');
  let database: TestDatabase;
  let admin: Client;
  let old: Client;
  let ownerUrl: string;

  beforeAll(async () => {
    database = await testDatabase();
    admin = new Client({ connectionString: database.ownerUrl });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    ownerUrl = Object.assign(new URL(database.ownerUrl), { pathname: `/${name}` }).href;
    const first = await makeDataSource(ownerUrl, { poolSize: 1 })
      .setOptions({ migrations: [FirstTables1795392000000] })
      .initialize();
    await first.runMigrations();
    await first.destroy();
    old = new Client({ connectionString: ownerUrl });
    await old.connect();
    await old.query(`
      INSERT INTO municipality VALUES ('${jelgava}', 'JELGAVA', 'JEL', 'Jelgavas pilsēta', 'Jelgavas pilsētā');
      INSERT INTO institution VALUES ('${social}', '${jelgava}', 'socialService', 'Mūsu dienests', NULL, '+371 60000000', NULL, NULL, 10, true, true, NULL),
        ('${nva}', NULL, 'employmentAgency', 'NVA filiāle', NULL, NULL, NULL, NULL, 3, false, true, NULL);
      INSERT INTO working_day_exception VALUES ('2026-06-22', false, true, 'Pārcelta')`);
    await migrate(ownerUrl, database.appPassword);
  });
  afterAll(async () => {
    await old.end();
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.end();
    await database.drop();
  });

  const all = async (sql: string): Promise<unknown[]> => (await old.query({ text: sql, rowMode: 'array' })).rows;

  it('keeps what is there and is given nothing of what was taken away', async () => {
    expect(await all('SELECT name, name_in, version FROM municipality')).toEqual([
      ['Jelgavas pilsēta', 'Jelgavas pilsētā', 1],
    ]);
    expect(await all('SELECT name, phone, answer_days, closed_on, version FROM institution ORDER BY name')).toEqual([
      ['Mūsu dienests', '+371 60000000', 10, null, 1],
      ['NVA filiāle', null, 3, null, 1],
    ]);
    expect(await all('SELECT note FROM working_day_exception')).toEqual([['Pārcelta']]);
    expect(await all('SELECT count(*)::integer FROM service')).toEqual([[0]]);
    expect(await all('SELECT name FROM reference_set ORDER BY name')).toEqual([['national'], ['workingDays']]);
  });

  it('is the same after a second start', async () => {
    await migrate(ownerUrl, database.appPassword);
    expect(await all('SELECT count(*)::integer FROM institution')).toEqual([[2]]);
  });
});
