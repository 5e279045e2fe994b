import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from '../../../../tools/test-database/test-database.js';
import { makeDataSource } from './data-source.js';
import { describeSchema } from './schema-description.js';

/** The migrations and the entities say the same, so that a changed entity without a migration fails here. */
describe('the migrated schema', () => {
  let database: TestDatabase;
  let owner: Client;
  let source: DataSource;

  beforeAll(async () => {
    database = await testDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    source = await makeDataSource(database.ownerUrl, { poolSize: 2 }).initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await owner.end();
    await database.drop();
  });

  const plain = (lines: string[]): string[] =>
    lines.map((line) => line.replaceAll(/\b(from_entities|public)\./g, '')).sort();

  const difference = async (): Promise<string[]> =>
    (await source.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);

  /** What TypeORM would make of the entities alone. It compares names of checks and indexes only; this compares what they say. */
  async function fromEntities(): Promise<string[]> {
    await owner.query('CREATE SCHEMA from_entities');
    const entities = await makeDataSource(database.ownerUrl, { poolSize: 2 })
      .setOptions({ schema: 'from_entities' })
      .initialize();
    try {
      await entities.synchronize();
      const described = await describeSchema(owner, 'from_entities');
      return plain(described);
    } finally {
      await entities.destroy();
      await owner.query('DROP SCHEMA from_entities CASCADE');
    }
  }

  it('is what the schema builder would make of the entities', async () => {
    expect(await difference()).toEqual([]);
  });

  it('says the same in every column, constraint, index and privacy class', async () => {
    expect(plain(await describeSchema(owner, 'public'))).toEqual(await fromEntities());
  });

  it('planted: a column without a migration is seen', async () => {
    await owner.query('ALTER TABLE family DROP COLUMN last_contact_on');
    try {
      expect(await difference()).toContainEqual(expect.stringContaining('last_contact_on'));
    } finally {
      await owner.query(
        `ALTER TABLE family ADD COLUMN last_contact_on date; COMMENT ON COLUMN family.last_contact_on IS 'open'`,
      );
    }
  });

  it('planted: a choice that only the entity knows is seen', async () => {
    await owner.query('ALTER TABLE person DROP CONSTRAINT gender_listed');
    await owner.query(`ALTER TABLE person ADD CONSTRAINT gender_listed CHECK (gender IN ('woman', 'man'))`);
    const [migrated, entities] = [plain(await describeSchema(owner, 'public')), await fromEntities()];
    expect(migrated.filter((line) => !entities.includes(line))).toEqual([expect.stringContaining('gender_listed')]);
  });
});
