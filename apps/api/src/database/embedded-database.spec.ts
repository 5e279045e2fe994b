import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Pool } from 'pg';
import { type EmbeddedDatabase, startEmbeddedDatabase } from './embedded-database.js';

describe('embedded database', () => {
  let folder: string;
  let running: EmbeddedDatabase[];

  const start = async (): Promise<EmbeddedDatabase> => {
    const database = await startEmbeddedDatabase({
      dataDir: join(folder, 'data'),
      passwordFile: join(folder, 'keys', 'database-owner.password'),
      durability: 'none',
    });
    running.push(database);
    return database;
  };
  const pidFile = (): string => join(folder, 'data', 'postgres', 'pgdata', 'postmaster.pid');
  const serverPid = (): number => Number.parseInt(readFileSync(pidFile(), 'utf8'), 10);

  async function query(url: string, sql: string): Promise<unknown[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows.flat();
    } finally {
      await client.end();
    }
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tilts-embedded-'));
    // As root the server runs under another account, which must pass through.
    chmodSync(folder, 0o711);
    running = [];
  });
  afterAll(async () => {
    for (const database of running) await database.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('starts from nothing: Latvian order, loopback only, an owner who is no superuser', async () => {
    const { ownerUrl } = await start();
    await query(ownerUrl, 'CREATE TABLE kept (word text)');
    await query(ownerUrl, `INSERT INTO kept VALUES ('kaķis'), ('ķieģelis'), ('kūks'), ('lācis')`);
    expect(await query(ownerUrl, 'SELECT word FROM kept ORDER BY word')).toEqual([
      'kaķis',
      'kūks',
      'ķieģelis',
      'lācis',
    ]);
    expect(await query(ownerUrl, 'SHOW listen_addresses')).toEqual(['127.0.0.1']);
    expect(
      await query(ownerUrl, 'SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user'),
    ).toEqual([false, true, true]);
  });

  it('begins again after a start that was killed while it made the files', async () => {
    const other = join(folder, 'killed');
    const half = join(other, 'postgres', 'pgdata.new-0');
    mkdirSync(half, { recursive: true, mode: 0o755 });
    writeFileSync(join(half, 'half'), '');
    const database = await startEmbeddedDatabase({
      dataDir: other,
      passwordFile: join(folder, 'keys', 'killed.password'),
      durability: 'none',
    });
    await database.stop();
    expect(existsSync(half)).toBe(false);
  });

  it('is joined by a second start, and stopped only by the last one out', async () => {
    const [first] = running;
    const pid = serverPid();
    const second = await start();
    expect(second.ownerUrl).toBe(first?.ownerUrl);
    await first?.stop();
    expect(await query(second.ownerUrl, 'SELECT count(*)::int FROM kept')).toEqual([4]);
    expect(serverPid()).toBe(pid);
    await second.stop();
    expect(existsSync(pidFile())).toBe(false);
  });

  it('is stopped although the connections of a pool that has just ended are still going', async () => {
    const database = await start();
    const pool = new Pool({ connectionString: database.ownerUrl, max: 40 });
    await Promise.all(Array.from({ length: 40 }, () => pool.query('SELECT pg_sleep(0.1)')));
    await pool.end();
    await database.stop();
    expect(existsSync(pidFile())).toBe(false);
  });

  it('is started once by several at the same time', async () => {
    const urls = (await Promise.all([start(), start(), start()])).map(({ ownerUrl }) => ownerUrl);
    expect(new Set(urls).size).toBe(1);
  });

  it('is held on to when a backend crashes, and stopped in the end', async () => {
    let lost = false;
    const alone = await startEmbeddedDatabase({
      dataDir: join(folder, 'crashing'),
      passwordFile: join(folder, 'keys', 'crashing.password'),
      durability: 'none',
      onLost: () => (lost = true),
    });
    const [backend] = await query(
      alone.superuserUrl,
      `SELECT pid FROM pg_stat_activity WHERE application_name = 'tilts-presence'`,
    );
    process.kill(Number(backend), 'SIGKILL');
    await sleep(1_500);
    expect(lost).toBe(false);
    await alone.stop();
    expect(existsSync(join(folder, 'crashing', 'postgres', 'pgdata', 'postmaster.pid'))).toBe(false);
  });

  it('says when the server is gone for good', async () => {
    const lost = new Promise<void>((resolve) => {
      void startEmbeddedDatabase({
        dataDir: join(folder, 'lost'),
        passwordFile: join(folder, 'keys', 'lost.password'),
        durability: 'none',
        onLost: resolve,
      }).then(() => {
        const file = readFileSync(join(folder, 'lost', 'postgres', 'pgdata', 'postmaster.pid'), 'utf8');
        process.kill(Number.parseInt(file, 10), 'SIGKILL');
      });
    });
    await lost;
  });

  it('recovers after the server was killed', async () => {
    const pid = serverPid();
    process.kill(pid, 'SIGKILL');
    await sleep(50);
    const { ownerUrl } = await start();
    expect(serverPid()).not.toBe(pid);
    expect(await query(ownerUrl, 'SELECT count(*)::int FROM kept')).toEqual([4]);
  });

  it('is not confused by a pid file whose number now belongs to a stranger', async () => {
    for (const database of running) await database.stop();
    const stranger = spawn('sleep', ['60']);
    try {
      writeFileSync(pidFile(), `${stranger.pid}\n${folder}\n0\n5432\n\n127.0.0.1\n\nready\n`);
      const { ownerUrl } = await start();
      expect(await query(ownerUrl, 'SELECT count(*)::int FROM kept')).toEqual([4]);
    } finally {
      stranger.kill();
    }
  });

  it('takes over the lock of a killed start', async () => {
    writeFileSync(join(folder, 'data', 'postgres', 'start.lock'), '1@1');
    await start();
  });

  it('refuses other keys and names KEYS_DIR', async () => {
    const options = { dataDir: join(folder, 'data'), durability: 'none' as const };
    const missing = join(folder, 'other', 'database-owner.password');
    await expect(startEmbeddedDatabase({ ...options, passwordFile: missing })).rejects.toThrow(/KEYS_DIR/);
    expect(existsSync(missing)).toBe(false);
    const wrong = join(folder, 'wrong.password');
    writeFileSync(wrong, 'wrong');
    await expect(startEmbeddedDatabase({ ...options, passwordFile: wrong })).rejects.toThrow(/KEYS_DIR/);
  });
});
