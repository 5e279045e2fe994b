// The office: PostgreSQL in a folder of its own with full durability, and the built API as a child, each of which may be killed.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { built } from '../bench/built.mjs';
import { request } from './request.mjs';
import { Wire } from './wire.mjs';

const DIST = join(import.meta.dirname, '..', '..', 'apps', 'api', 'dist');
const START_PATIENCE_MS = 90_000;
const PASSPHRASE = 'pareizais zirgs baterija skava';

export class Office {
  port = 0;
  #folder;
  #database;
  /** Its PostgreSQL gets another port with each start; the API keeps the address that it was started with, as on any server. */
  #cable;
  #child;
  #said = '';
  #isClosing = false;
  #name = 'tilts';
  #keys = 'keys';

  /** Whatever it got to, `close()` ends it. */
  async open() {
    this.#folder = mkdtempSync(join(tmpdir(), 'tilts-proof-'));
    // As root the database runs under another account, which must pass through.
    chmodSync(this.#folder, 0o711);
    this.port = await freePort();
    await this.startDatabase();
    this.#cable = await Wire.to(() => Number(new URL(this.#database.ownerUrl).port));
    await this.startApi();
  }

  get keysDir() {
    return join(this.#folder, this.#keys);
  }

  get superuserUrl() {
    const url = new URL(this.#database.superuserUrl);
    url.pathname = this.#name;
    return url.href;
  }

  /** Looks past row security, on a connection of its own. */
  async look(work) {
    const client = new pg.Client({ connectionString: this.superuserUrl });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  async seals() {
    const { Seals } = await built('database/seals.js');
    const { loadSecrets } = await built('platform/secrets.js');
    return new Seals(loadSecrets(this.keysDir, { mayCreate: false }).sealing);
  }

  async startDatabase() {
    this.#stillOpen();
    const { startEmbeddedDatabase } = await built('database/embedded-database.js');
    const { embeddedPasswordFile } = await built('platform/secrets.js');
    await this.#database?.leave().catch(() => undefined);
    this.#database = await startEmbeddedDatabase({
      dataDir: join(this.#folder, 'data'),
      passwordFile: embeddedPasswordFile(join(this.#folder, 'keys')),
      durability: 'full',
    });
  }

  async startApi() {
    this.#stillOpen();
    this.#said = '';
    const child = spawn(process.execPath, [join(DIST, 'main.js')], {
      env: this.#environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (words) => (this.#said = (this.#said + words).slice(-20_000)));
    const begun = Date.now();
    while (!(await this.#isReady())) {
      if (hasEnded(child) || Date.now() - begun > START_PATIENCE_MS)
        throw new Error(`The API did not start:\n${this.#said}`);
      await sleep(25);
    }
  }

  /** kill -9. */
  async killApi() {
    await end(this.#child);
  }

  /** kill -9 of the server and of all its processes at once, as when the power fails: what they held in memory is gone. */
  async killDatabase() {
    const postmaster = this.#postmaster();
    const family = process.platform === 'linux' ? childrenOf(postmaster) : [];
    for (const pid of [postmaster, ...family]) killIfThere(pid);
    while (isThere(postmaster)) await sleep(5);
  }

  /** Runs a command of the built API to its end, as its `npm run` would. */
  async #command(file, args, environment = this.#environment()) {
    const child = spawn(process.execPath, [join(DIST, file), ...args], {
      env: { ...environment, BACKUP_PASSPHRASE: PASSPHRASE },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (words) => (said += words));
    await new Promise((ended) => child.once('exit', ended));
    if (child.exitCode !== 0) throw new Error(`${file} failed:\n${said}`);
  }

  /** `npm run backup`, beside the running API. */
  async backUp() {
    const folder = mkdtempSync(join(this.#folder, 'backup-'));
    await this.#command('backup.js', ['--to', folder, '--keys', '--keys-to', folder]);
    const file = (about) => join(folder, readdirSync(folder).find((name) => name.includes(about)) ?? about);
    return { archive: file('backup-'), bundle: file('keys-') };
  }

  /** The database is lost: everything is made anew from a backup, with `npm run restore`. */
  async restore({ archive, bundle }) {
    await end(this.#child);
    const lost = this.#name;
    this.#name = `restored${Date.now()}`;
    this.#keys = this.#name;
    const owner = new pg.Client({ connectionString: this.#database.ownerUrl });
    await owner.connect();
    await owner.query(`CREATE DATABASE ${this.#name}`);
    await this.#command('restore.js', [archive, '--keys', bundle]);
    await owner.end();
    await this.look((client) => client.query(`ALTER DATABASE ${lost} WITH ALLOW_CONNECTIONS false`));
    await this.startApi();
  }

  async close() {
    this.#isClosing = true;
    // Nobody waits for it to leave in good order: what it is killed for is proved above.
    await end(this.#child);
    await this.#cable?.close();
    await this.#database?.stop().catch(() => undefined);
    const postmaster = this.#postmaster();
    if (postmaster && isThere(postmaster)) killIfThere(postmaster);
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  #environment() {
    const { PATH, HOME, LANG } = process.env;
    const url = new URL(this.#database.ownerUrl);
    url.port = String(this.#cable.port);
    url.pathname = this.#name;
    const folders = { DATA_DIR: join(this.#folder, 'data'), KEYS_DIR: this.keysDir };
    const quiet = { DEMO: 'off', CONTROLLER_NAME: 'Pārbaude', LOG_LEVEL: 'fatal' };
    return { PATH, HOME, LANG, ...folders, ...quiet, PORT: String(this.port), DATABASE_URL: url.href };
  }

  async #isReady() {
    try {
      return (await request(this.port, { path: '/api/health/ready' })).status === 200;
    } catch {
      return false;
    }
  }

  /** Nothing is started any more while everything is being ended. */
  #stillOpen() {
    if (this.#isClosing) throw new Error('Interrupted');
  }

  #postmaster() {
    const file = join(this.#folder, 'data', 'postgres', 'pgdata', 'postmaster.pid');
    return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
  }
}

function childrenOf(parent) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        // The name stands in brackets and may hold anything; counting begins behind it.
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
      } catch {
        return false;
      }
    })
    .map(Number);
}

function killIfThere(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}

function isThere(pid) {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function hasEnded(child) {
  return child.exitCode !== null || child.signalCode !== null;
}

function end(child) {
  return new Promise((ended) => {
    if (!child || hasEnded(child)) return ended(undefined);
    child.once('exit', ended);
    child.kill('SIGKILL');
  });
}

function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => found(port));
    });
  });
}
