import { execFileSync, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { newId } from '@tilts/domain';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { emptyDatabase, testDatabase, type TestDatabase } from '../../../../../tools/test-database/test-database.js';
import { loadDemo } from '../../demo/load-demo.js';
import { newKey } from '../../platform/key-file.js';
import { parseSealingKeys } from '../../platform/sealing-keys.js';
import { loadSecrets, type KeptSecrets } from '../../platform/secrets.js';
import { violations } from '../catalogue.js';
import { makeDataSource } from '../data-source.js';
import { recogniseKeys } from '../key-check.js';
import { migrate } from '../migrate.js';
import { migrations } from '../migrations/migrations.js';
import { Seals } from '../seals.js';
import { openKeyBundle, writeKeyBundle, type KeyBundle } from './key-bundle.js';
import { decryptFile, encryptFor } from './age-file.js';
import { recipientIn } from './backup-key.js';
import { readArchive } from './read-archive.js';
import { restoreArchive } from './restore-archive.js';
import { tar, untar, type TarEntry } from './tar.js';
import { unfinishedNameOf, writeWhole } from './whole-file.js';
import { writeArchive } from './write-archive.js';

const PASSPHRASE = 'pareizais zirgs baterija skava';
/** Of scrypt: a thousandth of what is used in earnest. */
const LITTLE_WORK = 8;

let folder: string;
let source: TestDatabase;
let owner: Client;
let secrets: KeptSecrets;
let bundle: KeyBundle;
const at = (name: string): string => join(folder, name);
const archive = (): string => at('archive.age');
const keysDir = (): string => at('keys');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tilts-backup-'));
  source = await testDatabase();
  secrets = loadSecrets(keysDir(), { mayCreate: true });
  await recogniseKeys(source.ownerUrl, secrets.sealing);
  const tables = await makeDataSource(source.ownerUrl, { poolSize: 1 }).initialize();
  await loadDemo({
    owner: tables.manager,
    seals: new Seals(secrets.sealing),
    password: 'a password for the demo',
    now: new Date(),
  });
  await tables.destroy();
  owner = await connected(source.ownerUrl);
  await writeKeyBundle({ keysDir: keysDir(), file: at('bundle.age'), passphrase: PASSPHRASE, work: LITTLE_WORK });
  bundle = await openKeyBundle(at('bundle.age'), PASSPHRASE);
  await backUp(archive());
}, 60_000);

afterAll(async () => {
  await owner?.end();
  await source?.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function backUp(file: string, ownerUrl = source.ownerUrl): Promise<void> {
  const seals = new Seals(secrets.sealing);
  await writeArchive({ ownerUrl, recipient: recipientIn(keysDir()) ?? '', seals, file });
}

/** Restores into a database and a KEYS_DIR of its own; `then` looks at what stands there. */
async function restored<T>(
  file: string,
  then: (client: Client, newKeys: string, ownerUrl: string) => Promise<T>,
  keys = bundle,
): Promise<T> {
  const target = await emptyDatabase();
  const newKeys = mkdtempSync(join(folder, 'keys-'));
  const client = await connected(target.ownerUrl);
  try {
    await restoreArchive({ file, bundle: keys, keysDir: newKeys, database: async () => target.ownerUrl });
    return await then(client, newKeys, target.ownerUrl);
  } finally {
    await client.end();
    await target.drop();
  }
}

/** Why a restore is refused, after looking that nothing was touched. */
async function refusal(file: string, keys = bundle): Promise<string> {
  const target = await emptyDatabase();
  const newKeys = mkdtempSync(join(folder, 'keys-'));
  const client = await connected(target.ownerUrl);
  try {
    await restoreArchive({ file, bundle: keys, keysDir: newKeys, database: async () => target.ownerUrl });
    return 'restored';
  } catch (error) {
    const { rows } = await client.query(`SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace`);
    expect({ tables: rows.length, keys: readdirSync(newKeys) }).toEqual({ tables: 0, keys: [] });
    const { name, message } = error as Error;
    expect(message).not.toContain('\n');
    return `${name}: ${message}`;
  } finally {
    await client.end();
    await target.drop();
  }
}

/** Counted without COPY, keys or our list of tables: in PostgreSQL, row by row, in an order of their own. */
async function countedApart(client: Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migration' ORDER BY 1`,
  );
  const sums: Record<string, string> = {};
  for (const { name } of rows) {
    const [sum] = (
      await client.query<{ sum: string }>(
        `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C")), '') AS sum FROM "${name}" t`,
      )
    ).rows;
    sums[name] = sum?.sum ?? '';
  }
  return sums;
}

/** What a restore changes on purpose. */
const ANEW = ['session', 'one_time_link', 'installation', 'family_stamp'];
const without = (sums: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(sums).filter(([name]) => !ANEW.includes(name)));

describe('a restored backup', () => {
  it('holds in every table the same rows, counted in two ways, also after it was brought up to date', async () => {
    const before = await countedApart(owner);
    expect(Number(before['visit']?.split(' ')[0])).toBeGreaterThan(800);
    await restored(archive(), async (client, newKeys, ownerUrl) => {
      expect(without(await countedApart(client))).toEqual(without(before));
      await recogniseKeys(ownerUrl, loadSecrets(newKeys, { mayCreate: false }).sealing);
      await migrate(ownerUrl, source.appPassword);
      expect(without(await countedApart(client))).toEqual(without(before));
      // Row security is as closed as in an installation that was never lost.
      expect(await violations(client)).toEqual([]);
      // Planted: one row less and one byte else are seen.
      await client.query('DELETE FROM visit_person WHERE ctid = (SELECT min(ctid) FROM visit_person)');
      await client.query(
        `UPDATE referral_message SET sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) WHERE ctid = (SELECT min(ctid) FROM referral_message)`,
      );
      const after = await countedApart(client);
      expect(Object.keys(before).filter((name) => !ANEW.includes(name) && after[name] !== before[name])).toEqual([
        'referral_message',
        'visit_person',
      ]);
    });
  }, 60_000);

  it('opens its names with the keys of the bundle, and is another installation', async () => {
    const now = new Date();
    // Whatever columns a session has: the other keys are left alone.
    await owner.query(
      `INSERT INTO session SELECT (jsonb_populate_record(NULL::session, to_jsonb($1::json) || jsonb_build_object('account_id', (SELECT id FROM account LIMIT 1)))).*`,
      [
        JSON.stringify({
          id: newId(),
          started_at: now,
          last_used_at: now,
          proved_at: now,
          level: 'password',
          device: 'Spec',
          expires_at: new Date(now.getTime() + 86_400_000),
        }),
      ],
    );
    await backUp(at('session.age'));
    await restored(at('session.age'), async (client, newKeys) => {
      const seals = new Seals(loadSecrets(newKeys, { mayCreate: false }).sealing);
      const { rows } = await client.query<{ id: string; salt: Buffer; sealed: Buffer }>(
        'SELECT id, salt, sealed FROM account',
      );
      expect(rows.length).toBeGreaterThan(10);
      for (const { id, salt, sealed } of rows)
        expect(seals.unseal({ table: 'account', id, tenant: 'everywhere' }, salt, sealed)).toHaveProperty('name');
      expect((await client.query('SELECT FROM session WHERE ended_at IS NULL')).rowCount).toBe(0);
      const generation = 'SELECT generation FROM installation';
      const [[was], [is]] = [(await owner.query(generation)).rows, (await client.query(generation)).rows];
      expect(is).toEqual({ generation: expect.stringMatching(/^[0-9a-f-]{36}$/) });
      expect(is).not.toEqual(was);
    });
  });

  it('tells of the mail that waits nothing but the ids of notices', async () => {
    const [first, second] = [newId(), newId()];
    const job = `INSERT INTO pgboss.job (name, data, state) VALUES ('mail', jsonb_build_object('noticeId', $1::text), $2)`;
    await owner.query(job, [first, 'created']);
    await owner.query(job, [second, 'completed']);
    await backUp(at('mail.age'));
    expect((await readArchive(at('mail.age'), bundle)).manifest.mail).toEqual([first]);
    await owner.query(`DELETE FROM pgboss.job WHERE name = 'mail'`);
  });

  it('is of one instant, while families are being written', async () => {
    let stop = false;
    let written = 0;
    const writer = await connected(source.ownerUrl);
    const writing = (async () => {
      for (; !stop; written++) {
        await writer.query('BEGIN');
        await writer.query(
          `INSERT INTO family SELECT (jsonb_populate_record(f, jsonb_build_object('id', gen_random_uuid(), 'code', 'X-' || gen_random_uuid()))).* FROM family f ORDER BY f.id LIMIT 1`,
        );
        await writer.query(
          `INSERT INTO family_salt SELECT municipality_id, id, sealed FROM family f WHERE NOT EXISTS (SELECT FROM family_salt s WHERE s.family_id = f.id)`,
        );
        await writer.query('COMMIT');
      }
    })();
    for (let i = 1; i <= 3; i++) await backUp(at(`busy-${i}.age`));
    stop = true;
    await writing;
    await writer.end();
    expect(written).toBeGreaterThan(10);
    const counts = await Promise.all(
      [1, 2, 3].map(async (i) => {
        const { manifest } = await readArchive(at(`busy-${i}.age`), bundle);
        const rows = (name: string): number => manifest.tables.find((table) => table.name === name)?.rows ?? 0;
        expect(rows('family_salt')).toBe(rows('family'));
        expect(rows('family_mediator')).toBeGreaterThanOrEqual(rows('family'));
        return rows('family');
      }),
    );
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
  });
});

describe('a restore is refused, and nothing is touched', () => {
  it('without the right passphrase', async () => {
    await expect(openKeyBundle(at('bundle.age'), 'another passphrase of ours')).rejects.toThrow(
      /passphrase does not open/,
    );
  });

  it('with the archive in place of the bundle', async () => {
    await expect(openKeyBundle(archive(), PASSPHRASE)).rejects.toThrow(/no key bundle: is it the archive/);
  });

  it('with a bundle that was cut or altered', async () => {
    const whole = readFileSync(at('bundle.age'));
    for (const length of [0, 30, whole.length - 1]) {
      writeFileSync(at('bundle-cut.age'), whole.subarray(0, length));
      await expect(openKeyBundle(at('bundle-cut.age'), PASSPHRASE)).rejects.toThrow(/cut or was altered|no age file/);
    }
    for (const place of [0, 60, 120, whole.length - 1, randomInt(whole.length)]) {
      const altered = Buffer.from(whole);
      altered[place] = (altered[place] ?? 0) ^ 1;
      writeFileSync(at('bundle-altered.age'), altered);
      await expect(openKeyBundle(at('bundle-altered.age'), PASSPHRASE)).rejects.toThrow(/altered|no age file/);
    }
  });

  it('with the bundle of another installation', async () => {
    loadSecrets(at('other-keys'), { mayCreate: true });
    await writeKeyBundle({
      keysDir: at('other-keys'),
      file: at('other.age'),
      passphrase: PASSPHRASE,
      work: LITTLE_WORK,
    });
    expect(await refusal(archive(), await openKeyBundle(at('other.age'), PASSPHRASE))).toMatch(
      /was not made for this key bundle/,
    );
  });

  it('with a bundle that lacks a key which the archive needs', async () => {
    const poorer = { ...bundle, sealing: loadSecrets(at('other-keys'), { mayCreate: false }).sealing };
    expect(await refusal(archive(), poorer)).toMatch(/lacks sealing key 1/);
  });

  it('into a KEYS_DIR that holds other keys', async () => {
    const database = async (): Promise<string> => Promise.reject(new Error('was asked for'));
    await expect(restoreArchive({ file: archive(), bundle, keysDir: at('other-keys'), database })).rejects.toThrow(
      /holds other keys/,
    );
  });

  it('into a database with tables', async () => {
    const newKeys = at('keys-for-nothing');
    const database = async (): Promise<string> => source.ownerUrl;
    await expect(restoreArchive({ file: archive(), bundle, keysDir: newKeys, database })).rejects.toThrow(/not empty/);
    expect(existsSync(newKeys)).toBe(false);
  });

  it.each([
    ['is not there', undefined, /is not there/],
    ['is empty', Buffer.of(), /is empty/],
    ['is something else', Buffer.from('PK\x03\x04 an Excel file'), /no backup of Tilts/],
  ])('from a file that %s', async (_what, content, why) => {
    const file = at('strange.age');
    rmSync(file, { force: true });
    if (content) writeFileSync(file, content);
    await expect(readArchive(file, bundle)).rejects.toThrow(why);
  });

  it('that somebody else made for our recipient, with rows of their own', async () => {
    // Whoever is seen once to hold the recipient needs no more than this: it is no secret.
    const forged = at('forged.age');
    const foreign = new Seals(parseSealingKeys('', JSON.stringify({ current: 1, keys: { 1: newKey() } })));
    const recipient = recipientIn(keysDir()) ?? '';
    await writeArchive({ ownerUrl: source.ownerUrl, recipient, seals: foreign, file: forged });
    expect(await refusal(forged)).toMatch(/^BackupRefused: .*not written by this installation/);
    const without = at('without-proof.age');
    const entries = untar(pipeline(decryptFile(archive(), bundle.identity), createGunzip(), () => undefined));
    const kept = async function* (): AsyncGenerator<TarEntry> {
      for await (const entry of entries) if (entry.name !== 'proof.json') yield entry;
    };
    await writeWhole(
      without,
      encryptFor(
        recipient,
        pipeline(tar(kept()), createGzip(), () => undefined),
      ),
    );
    expect(await refusal(without)).toMatch(/^BackupRefused: .*nothing of it can be trusted/);
  });

  it('when it was cut, wherever', async () => {
    const whole = readFileSync(archive());
    const chunk = 65_536 + 16;
    const header = whole.indexOf('\n---') + 1;
    const cuts = [
      1,
      60,
      header,
      header + 60,
      header + 48 + 16 + chunk,
      whole.length - chunk,
      whole.length - 16,
      whole.length - 1,
    ];
    for (const length of [...cuts, ...Array.from({ length: 6 }, () => randomInt(1, whole.length))]) {
      writeFileSync(at('cut.age'), whole.subarray(0, length));
      await expect(readArchive(at('cut.age'), bundle)).rejects.toThrow(
        /cut or was altered|no backup of Tilts|not made for/,
      );
    }
    expect(await refusal(at('cut.age'))).toMatch(/^BackupRefused: .*altered/);
  });

  it('when one byte was altered, wherever', async () => {
    const whole = readFileSync(archive());
    const places = [
      0,
      22,
      30,
      80,
      120,
      160,
      200,
      whole.length - 1,
      ...Array.from({ length: 16 }, () => randomInt(whole.length)),
    ];
    for (const place of places) {
      const altered = Buffer.from(whole);
      altered[place] = (altered[place] ?? 0) ^ (1 << randomInt(8));
      writeFileSync(at('altered.age'), altered);
      await expect(readArchive(at('altered.age'), bundle)).rejects.toThrow(
        /cut or was altered|no backup of Tilts|not made for/,
      );
    }
    expect(await refusal(at('altered.age'))).toMatch(/^BackupRefused: /);
  });

  it('when rows in it refer to rows that are not: half of it was written, and is gone again', async () => {
    const broken = await emptyDatabase();
    try {
      await migrate(broken.ownerUrl, source.appPassword);
      const client = await connected(broken.ownerUrl);
      await recogniseKeys(broken.ownerUrl, secrets.sealing);
      await client.query('ALTER TABLE service DROP CONSTRAINT service_institution_id_fkey');
      await client.query(
        `INSERT INTO service SELECT (jsonb_populate_record(NULL::service, jsonb_build_object('id', gen_random_uuid(), 'institution_id', gen_random_uuid(), 'name', 'X', 'need_areas', '{}'::text[], 'status', 'active', 'version', 1))).*`,
      );
      await client.end();
      await backUp(at('broken.age'), broken.ownerUrl);
    } finally {
      await broken.drop();
    }
    expect(await refusal(at('broken.age'))).toMatch(/rows of service do not fit/);
  });
});

describe('an archive of another version', () => {
  /** A database as an older or newer Tilts left it. */
  async function atStep(change: (client: Client, ownerUrl: string) => Promise<void>, file: string): Promise<void> {
    const database = await emptyDatabase();
    const client = await connected(database.ownerUrl);
    try {
      await change(client, database.ownerUrl);
      await backUp(file, database.ownerUrl);
    } finally {
      await client.end();
      await database.drop();
    }
  }

  it('older: its own tables are filled, then brought up to date', async () => {
    const [first] = migrations;
    await atStep(async (client, ownerUrl) => {
      const { options } = makeDataSource(ownerUrl, { poolSize: 1 });
      const tables = await new DataSource({ ...options, migrations: first ? [first] : [] }).initialize();
      await tables.runMigrations();
      await tables.destroy();
      await client.query('INSERT INTO key_check (id, value) SELECT 1, $1', [new Seals(secrets.sealing).checkValue(1)]);
      const salt = Buffer.alloc(32, 1);
      const id = newId();
      const sealed = new Seals(secrets.sealing).seal({ table: 'account', id, tenant: 'everywhere' }, salt, {
        name: 'Ilze',
      });
      await client.query(
        `INSERT INTO account (id, role, language, salt, sealed, created_at) VALUES ($1, 'mediator', 'lv', $2, $3, now())`,
        [id, salt, sealed],
      );
    }, at('older.age'));
    await restored(at('older.age'), async (client, _keys, ownerUrl) => {
      expect((await client.query('SELECT FROM migration')).rowCount).toBe(1);
      await migrate(ownerUrl, source.appPassword);
      expect((await client.query('SELECT FROM migration')).rowCount).toBe(migrations.length);
      expect((await client.query('SELECT FROM account')).rowCount).toBe(1);
    });
  });

  it('newer: is refused, and says so', async () => {
    await atStep(async (client, ownerUrl) => {
      await migrate(ownerUrl, source.appPassword);
      await recogniseKeys(ownerUrl, secrets.sealing);
      await client.query(
        `INSERT INTO migration (timestamp, name) VALUES (9999999999999, 'FromTheFuture9999999999999')`,
      );
    }, at('newer.age'));
    expect(await refusal(at('newer.age'))).toMatch(/newer Tilts.*FromTheFuture/);
  });
});

describe('a backup', () => {
  it('refuses when row security would hide rows from it', async () => {
    await owner.query('ALTER POLICY owner ON visit USING (false)');
    await expect(backUp(at('hidden.age'))).rejects.toThrow(/would hide rows.*visit/);
    await owner.query('ALTER POLICY owner ON visit USING (true)');
    await owner.query('CREATE POLICY planted ON family AS RESTRICTIVE FOR SELECT TO CURRENT_USER USING (false)');
    await expect(backUp(at('hidden.age'))).rejects.toThrow(/would hide rows.*family/);
    await owner.query('DROP POLICY planted ON family');
    expect(existsSync(at('hidden.age'))).toBe(false);
  });

  it('leaves nothing behind when the disk is full', async () => {
    symlinkSync('/dev/full', unfinishedNameOf(at('full.age')));
    await expect(backUp(at('full.age'))).rejects.toThrow(/no room left/);
    expect(readdirSync(folder).filter((name) => name.includes('full.age'))).toEqual([]);
  });

  it('never overwrites another one, and only its owner reads it', async () => {
    await expect(backUp(archive())).rejects.toThrow(/is there already/);
    expect(statSync(archive()).mode & 0o777).toBe(0o600);
  });

  it('tells nothing of what is in it', () => {
    const text = readFileSync(archive()).toString('latin1');
    for (const word of ['about.json', 'family', 'tilts', 'ustar', 'Jelgava']) expect(text).not.toContain(word);
  });

  const withAge = spawnSync('age', ['--version']).status === 0 ? it : it.skip;
  withAge('opens with the program age, and its rows load with psql’s COPY', async () => {
    writeFileSync(at('identity.txt'), `${bundle.identity}\n`);
    const plain = execFileSync('age', ['-d', '-i', at('identity.txt'), archive()], { maxBuffer: 1 << 28 });
    const names = execFileSync('tar', ['tz'], { input: plain, encoding: 'utf8' }).trim().split('\n');
    expect([names[0], names.at(-1)]).toEqual(['about.json', 'proof.json']);
    const rows = execFileSync('tar', ['xzO', 'tables/family/000001.copy'], { input: plain, encoding: 'utf8' });
    expect(rows.trim().split('\n')).toHaveLength(
      (await readArchive(archive(), bundle)).manifest.tables.find(({ name }) => name === 'family')?.rows ?? 0,
    );
  });
});
