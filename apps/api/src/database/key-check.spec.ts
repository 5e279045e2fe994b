import { randomBytes } from 'node:crypto';
import { testDatabase, type TestDatabase } from '../../../../tools/test-database/test-database.js';
import { KeysDoNotMatch, KeysMissing, keysExpected, recogniseKeys } from './key-check.js';
import { makeDataSource } from './data-source.js';
import { migrate } from './migrate.js';
import { Account } from '../access/account.entity.js';
import { newId } from '@tilts/domain';

describe('the key check', () => {
  let database: TestDatabase;
  const key = randomBytes(32);
  const own = { current: 1, keys: new Map([[1, key]]) };

  beforeAll(async () => (database = await testDatabase()));
  afterAll(() => database.drop());

  it('lets a first start make keys, and remembers them', async () => {
    expect(await keysExpected(database.ownerUrl)).toBe(false);
    await recogniseKeys(database.ownerUrl, own);
    expect(await keysExpected(database.ownerUrl)).toBe(true);
    await recogniseKeys(database.ownerUrl, own);
  });

  it('refuses other keys and names KEYS_DIR', async () => {
    const others = { current: 1, keys: new Map([[1, randomBytes(32)]]) };
    await expect(recogniseKeys(database.ownerUrl, others)).rejects.toThrow(KeysDoNotMatch);
    await expect(recogniseKeys(database.ownerUrl, others)).rejects.toThrow('KEYS_DIR');
  });

  it('refuses to start without a key that was used before', async () => {
    const later = { current: 2, keys: new Map([[2, randomBytes(32)]]) };
    await expect(recogniseKeys(database.ownerUrl, later)).rejects.toThrow(KeysMissing);
  });

  it('takes a further key beside the old one', async () => {
    await recogniseKeys(database.ownerUrl, {
      current: 2,
      keys: new Map([
        [1, key],
        [2, randomBytes(32)],
      ]),
    });
    await expect(recogniseKeys(database.ownerUrl, own)).rejects.toThrow('Sealing key 2 is missing');
  });

  it('never lets fresh keys stand beside sealed rows', async () => {
    const owner = await makeDataSource(database.ownerUrl, { poolSize: 1 }).initialize();
    await owner.manager.insert(Account, {
      id: newId(),
      role: 'coordinator',
      language: 'lv',
      salt: randomBytes(32),
      sealed: randomBytes(64),
      createdAt: new Date().toISOString(),
      version: 1,
    });
    await owner.query('DELETE FROM key_check');
    await owner.destroy();
    expect(await keysExpected(database.ownerUrl)).toBe(true);
    await expect(recogniseKeys(database.ownerUrl, own)).rejects.toThrow(KeysMissing);
  });

  it('a second migrate, and two at once, change nothing', async () => {
    await Promise.all([
      migrate(database.ownerUrl, database.appPassword),
      migrate(database.ownerUrl, database.appPassword),
    ]);
    expect(await keysExpected(database.ownerUrl)).toBe(true);
  });
});
