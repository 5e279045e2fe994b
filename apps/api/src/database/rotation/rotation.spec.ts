import { mkdtempSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { familyEndpoints, personEndpoints, registrationEndpoints, visitEndpoints } from '@tilts/domain';
import { aFamily, aPerson, aVisit } from '@tilts/testing';
import { Client } from 'pg';
import { loadDemo } from '../../demo/load-demo.js';
import { municipalityId } from '../../municipalities/municipality-seed.js';
import { makeLog } from '../../platform/log.js';
import type { SealingKeys } from '../../platform/sealing-keys.js';
import { loadSecrets, type KeptSecrets } from '../../platform/secrets.js';
import { startTestApp, type TestApp } from '../../test-app.js';
import { openKeyBundle } from '../backup/key-bundle.js';
import { recogniseKeys } from '../key-check.js';
import { EVERYWHERE, Seals } from '../seals.js';
import { resealTable } from './reseal.js';
import { RESEAL_LOCK, Resealing } from './resealing.js';
import { addKey, keyStatus, olderRows, retireKeys } from './rotate-keys.js';
import { sealedTables } from './sealed-tables.js';

const PASSPHRASE = 'pareizais zirgs baterija skava';
const LITTLE_WORK = 8;
const log = makeLog('silent');

let folder: string;
let app: TestApp;
let owner: Client;
let ownerUrl: string;
/** As the API has them, and as another process would. */
let here: KeptSecrets;
let there: KeptSecrets;
let before: Map<string, string>;
const keysDir = (): string => join(folder, 'keys');
const rotate = (name: string): Promise<number> =>
  addKey({ ownerUrl, keysDir: keysDir() }, { file: join(folder, name), passphrase: PASSPHRASE, work: LITTLE_WORK });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tilts-rotation-'));
  here = loadSecrets(keysDir(), { mayCreate: true });
  there = loadSecrets(keysDir(), { mayCreate: false });
  app = await startTestApp({ sealing: here.sealing });
  ownerUrl = (app.owner.options as { url?: string }).url ?? '';
  await recogniseKeys(ownerUrl, here.sealing);
  await loadDemo({ owner: app.owner.manager, seals: app.seals, password: 'a password for the demo', now: new Date() });
  await app.owner.query(
    `INSERT INTO draft SELECT (jsonb_populate_record(NULL::draft, jsonb_build_object('id', gen_random_uuid(), 'account_id', a.id, 'kind', 'visit', 'sealed', '', 'saved_at', now()))).* FROM account a`,
  );
  for (const { id, accountId, salt } of await app.owner.query<{ id: string; accountId: string; salt: Buffer }[]>(
    'SELECT d.id, a.id AS "accountId", a.salt FROM draft d JOIN account a ON a.id = d.account_id',
  ))
    await app.owner.query('UPDATE draft SET sealed = $2 WHERE id = $1', [
      id,
      app.seals.seal({ table: 'draft', id, tenant: EVERYWHERE }, salt, { content: accountId }),
    ]);
  owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  before = await everythingSealed(here);
}, 60_000);

/** Ended also when a test fails in the middle. */
const begun: (Resealing | Client)[] = [];
function resealing(sealing: SealingKeys, pace: { look: number; later: number }): Resealing {
  const one = new Resealing(ownerUrl, sealing, log, pace).start();
  begun.push(one);
  return one;
}
async function connected(): Promise<Client> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  begun.push(client);
  return client;
}

afterAll(async () => {
  for (const one of begun) await one.end();
  await owner?.end();
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What stands in every seal of every table, opened without the code that seals anew. */
async function everythingSealed({ sealing }: KeptSecrets): Promise<Map<string, string>> {
  const seals = new Seals(sealing);
  const opened = new Map<string, string>();
  for (const { table, id, tenant, salt } of sealedTables) {
    const { rows } = await owner.query<{ id: string; tenant: string; salt: Buffer; sealed: Buffer }>(
      `SELECT t.${id} AS id, ${tenant === EVERYWHERE ? `'${EVERYWHERE}'` : `t.${tenant}`} AS tenant, s.salt, t.sealed FROM ${table} t JOIN ${salt} WHERE t.sealed IS NOT NULL`,
    );
    for (const row of rows)
      opened.set(
        `${table} ${row.id}`,
        JSON.stringify(seals.unseal({ table, id: row.id, tenant: row.tenant }, row.salt, row.sealed)),
      );
  }
  return opened;
}

const left = async (): Promise<number> => olderRows(await keyStatus(ownerUrl), here.sealing.current);

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let i = 0; !(await done()); i++) {
    if (i > 600) throw new Error('It takes too long');
    await sleep(25);
  }
}

describe('a new key', () => {
  it('seals everything from the next moment on, in every process, and what was sealed can be read', async () => {
    expect(await rotate('bundle-2.age')).toBe(2);
    const account = await owner.query<{ id: string; salt: Buffer; sealed: Buffer }>(
      'SELECT id, salt, sealed FROM account LIMIT 1',
    );
    const { id, salt, sealed } = account.rows[0] ?? { id: '', salt: Buffer.of(), sealed: Buffer.of() };
    const place = { table: 'account', id, tenant: EVERYWHERE };
    here.sealing.reread();
    const anew = new Seals(here.sealing).seal(place, salt, { name: 'Ilze' });
    expect(anew[0]).toBe(2);
    // The other process did not look yet: it looks when it meets the number.
    expect(there.sealing.current).toBe(1);
    expect(new Seals(there.sealing).unseal(place, salt, anew)).toEqual({ name: 'Ilze' });
    expect(there.sealing.current).toBe(2);
    expect(new Seals(there.sealing).unseal(place, salt, sealed)).toHaveProperty('name');
  });

  it('is in a bundle before anything was sealed with it, and known to the database', async () => {
    const { sealing } = await openKeyBundle(join(folder, 'bundle-2.age'), PASSPHRASE);
    expect(sealing.current).toBe(2);
    expect(sealing.keys).toEqual(here.sealing.keys);
    expect((await owner.query('SELECT id FROM key_check ORDER BY id')).rows).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('waits until the last rotation is done, and no key goes while rows need it', async () => {
    await expect(rotate('bundle-3.age')).rejects.toThrow(/not finished: \d+ rows/);
    expect(JSON.parse(readFileSync(join(keysDir(), 'keys.json'), 'utf8'))).toMatchObject({ current: 2 });
  });

  it('finds people by their e-mail as before', () => {
    expect(new Seals(here.sealing).token('email:ilze@tilts.test')).toEqual(app.seals.token('email:ilze@tilts.test'));
  });
});

describe('sealing anew', () => {
  it('goes on after it was cut off in the middle, while people read and write, and disturbs nobody', async () => {
    const all = await left();
    expect(all).toBeGreaterThan(1_500);
    // The first of each city is the demo's own.
    const mediator = app.as.mediator('JELGAVA', 'second');
    const family = aFamily({ municipalityId: municipalityId('JELGAVA') });
    await mediator.call(registrationEndpoints.register, { input: family });
    let stop = false;
    const done = { written: 0, read: 0 };
    const writing = (async () => {
      for (; !stop; done.written++) {
        await mediator.call(visitEndpoints.create, { input: aVisit(family, { note: `Piezīme ${done.written}` }) });
        await mediator.call(personEndpoints.create, { input: aPerson({ familyId: family.id }) });
      }
    })();
    const reading = (async () => {
      for (; !stop; done.read++) await mediator.call(familyEndpoints.list);
    })();

    const pace = { look: 20, later: 50 };
    const first = resealing(here.sealing, pace);
    const second = resealing(there.sealing, pace);
    await until(async () => (await left()) < all - 300);
    // Cut off as a killed process is: between two statements, by the server.
    await owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tilts-reseal'`);
    await first.end();
    expect(await left()).toBeGreaterThan(0);
    await until(async () => (await left()) === 0);
    await second.end();
    stop = true;
    await Promise.all([writing, reading]);
    expect(done.written).toBeGreaterThan(3);
    expect(done.read).toBeGreaterThan(3);

    const after = await everythingSealed(here);
    expect([...before].filter(([key, words]) => after.get(key) !== words)).toEqual([]);
    expect(after.size).toBeGreaterThanOrEqual(before.size + 2 * done.written);
    expect((await keyStatus(ownerUrl)).flatMap(({ rows }) => [...rows.keys()]).every((key) => key === 2)).toBe(true);
  }, 60_000);

  it('passes over a row that somebody is writing, instead of waiting', async () => {
    const writer = await connected();
    const older = new Seals({ current: 1, keys: here.sealing.keys });
    const { rows } = await owner.query<{ id: string; salt: Buffer; sealed: Buffer }>(
      'SELECT id, salt, sealed FROM account LIMIT 1',
    );
    const [row] = rows;
    if (!row) throw new Error('There is no account');
    const place = { table: 'account', id: row.id, tenant: EVERYWHERE };
    await owner.query('UPDATE account SET sealed = $2 WHERE id = $1', [
      row.id,
      older.reseal(place, row.salt, row.sealed, place, row.salt),
    ]);
    await writer.query('BEGIN');
    await writer.query('SELECT FROM account WHERE id = $1 FOR UPDATE', [row.id]);
    const [accounts] = sealedTables;
    if (!accounts) throw new Error('There is no table');
    const walk = (): Promise<unknown> => resealTable(owner, new Seals(here.sealing), accounts, async () => true);
    expect(await walk()).toEqual({ resealed: 0, unreadable: 0 });
    await writer.query('ROLLBACK');
    await writer.end();
    expect(await walk()).toEqual({ resealed: 1, unreadable: 0 });
  });

  it('is done by one process of all', async () => {
    const older = new Seals({ current: 1, keys: here.sealing.keys });
    const { rows } = await owner.query<{ id: string; salt: Buffer; sealed: Buffer }>(
      'SELECT id, salt, sealed FROM account LIMIT 1',
    );
    for (const { id, salt, sealed } of rows) {
      const place = { table: 'account', id, tenant: EVERYWHERE };
      await owner.query('UPDATE account SET sealed = $2 WHERE id = $1', [
        id,
        older.reseal(place, salt, sealed, place, salt),
      ]);
    }
    const other = await connected();
    await other.query('SELECT pg_advisory_lock($1)', [RESEAL_LOCK]);
    const mine = resealing(here.sealing, { look: 20, later: 20 });
    await sleep(400);
    expect(await left()).toBe(1);
    await other.end();
    await until(async () => (await left()) === 0);
    await mine.end();
  });

  it('leaves a broken seal and an erased family as they are', async () => {
    const [accounts] = sealedTables;
    const family = await owner.query<{ municipality_id: string; family_id: string; salt: Buffer }>(
      'SELECT * FROM family_salt LIMIT 1',
    );
    const [gone] = family.rows;
    if (!accounts || !gone) throw new Error('There is nothing');
    await owner.query(
      `UPDATE account SET sealed = '\\x01' || substring(sealed FROM 2) WHERE id = (SELECT id FROM account LIMIT 1)`,
    );
    await owner.query('DELETE FROM family_salt WHERE family_id = $1', [gone.family_id]);
    await owner.query(`UPDATE family SET sealed = '\\x01' || substring(sealed FROM 2) WHERE id = $1`, [gone.family_id]);
    expect(await resealTable(owner, new Seals(here.sealing), accounts, async () => true)).toEqual({
      resealed: 0,
      unreadable: 1,
    });
    // The erased family is not among them.
    expect(await left()).toBe(1);
    await owner.query(`UPDATE account SET sealed = '\\x02' || substring(sealed FROM 2) WHERE get_byte(sealed, 0) = 1`);
    await owner.query('INSERT INTO family_salt (municipality_id, family_id, salt) VALUES ($1, $2, $3)', [
      gone.municipality_id,
      gone.family_id,
      gone.salt,
    ]);
    await owner.query(`UPDATE family SET sealed = '\\x02' || substring(sealed FROM 2) WHERE id = $1`, [gone.family_id]);
  });
});

describe('an old key', () => {
  const age = (): void =>
    utimesSync(join(keysDir(), 'keys.json'), new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));

  it('stays while Tilts seals anew, and while one row needs it', async () => {
    age();
    const other = await connected();
    await other.query('SELECT pg_advisory_lock($1)', [RESEAL_LOCK]);
    await expect(retireKeys({ ownerUrl, keysDir: keysDir() })).rejects.toThrow(/sealing anew at this moment/);
    await other.end();
    await owner.query(
      `UPDATE account SET sealed = '\\x01' || substring(sealed FROM 2) WHERE id = (SELECT id FROM account LIMIT 1)`,
    );
    await expect(retireKeys({ ownerUrl, keysDir: keysDir() })).rejects.toThrow(/1 rows are still sealed/);
    await owner.query(`UPDATE account SET sealed = '\\x02' || substring(sealed FROM 2) WHERE get_byte(sealed, 0) = 1`);
  });

  it('goes, and everything opens and is found without it', async () => {
    const token = new Seals(here.sealing).token('email:ilze@tilts.test');
    expect(await retireKeys({ ownerUrl, keysDir: keysDir() })).toEqual([1]);
    const { sealing } = loadSecrets(keysDir(), { mayCreate: false });
    expect([...sealing.keys.keys()]).toEqual([2]);
    await recogniseKeys(ownerUrl, sealing);
    expect(new Seals(sealing).token('email:ilze@tilts.test')).toEqual(token);
    const after = await everythingSealed({ ...here, sealing });
    expect([...before.keys()].every((key) => after.has(key))).toBe(true);
    // A process that runs on has let go of it too, within its next look.
    here.sealing.reread();
    expect([...here.sealing.keys.keys()]).toEqual([2]);
  });

  it('is followed by the third, as the second followed the first', async () => {
    expect(await rotate('bundle-4.age')).toBe(3);
    here.sealing.reread();
    const token = new Seals(here.sealing).token('email:ilze@tilts.test');
    expect(token).toEqual(app.seals.token('email:ilze@tilts.test'));
  });
});
