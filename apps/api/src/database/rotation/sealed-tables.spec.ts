import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '../../../../../tools/test-database/test-database.js';
import { EVERYWHERE } from '../seals.js';
import { countByKey } from './reseal.js';
import { sealedTables } from './sealed-tables.js';

describe('the list of sealed tables', () => {
  let database: TestDatabase;
  let owner: Client;

  beforeAll(async () => {
    database = await testDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  /** Every sealed column with its table's primary key, as the catalogue has them. */
  async function sealedColumns(): Promise<string[]> {
    const { rows } = await owner.query<{ line: string }>(`
      SELECT c.relname || '.' || a.attname || ' (' || (SELECT string_agg(k.attname, ', ' ORDER BY array_position(i.indkey::int2[], k.attnum))
        FROM pg_index i JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = ANY (i.indkey) WHERE i.indrelid = c.oid AND i.indisprimary) || ')' AS line
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
      WHERE c.relnamespace = 'public'::regnamespace AND col_description(c.oid, a.attnum) = 'sealed' ORDER BY 1`);
    return rows.map(({ line }) => line);
  }

  const listed = sealedTables
    .map(({ table, id, tenant }) => `${table}.sealed (${tenant === EVERYWHERE ? id : `${tenant}, ${id}`})`)
    .sort();

  it('is every sealed column of the database, addressed by its primary key', async () => {
    expect(await sealedColumns()).toEqual(listed);
  });

  it('finds in each the row’s salt', async () => {
    for (const table of sealedTables) expect([...(await countByKey(owner, table))]).toEqual([]);
  });

  it('planted: a new sealed table that nobody listed is seen', async () => {
    await owner.query('CREATE TABLE planted (id uuid PRIMARY KEY, account_id uuid NOT NULL, secret bytea NOT NULL)');
    await owner.query(`COMMENT ON COLUMN planted.secret IS 'sealed'`);
    expect((await sealedColumns()).filter((line) => !listed.includes(line))).toEqual(['planted.secret (id)']);
    await owner.query('DROP TABLE planted');
  });
});
