import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, servesData } from './process-identity.js';
import type { ServerUser } from './server-user.js';

/** `none` is for tests: a power cut may cost everything. */
export type Durability = 'full' | 'none';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

const START_ATTEMPTS = 40;
const RECOVERY_PATIENCE_MS = 120_000;
const LOG_LIMIT_BYTES = 1_000_000;

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'timezone=UTC',
  'log_timezone=UTC',
  // Statements and row values stay out of the log: they hold personal data.
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  'log_parameter_max_length_on_error=0',
];
// Autovacuum of a database that lives for seconds only costs time, and its workers stand in the way of DROP DATABASE.
const FOR_TESTS = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'autovacuum=off'];

/** The server that already runs on this data, for example after the API alone was killed. */
export async function runningPostmaster(data: string): Promise<Postmaster | undefined> {
  const deadline = Date.now() + RECOVERY_PATIENCE_MS;
  for (;;) {
    const file = readPidFile(data);
    if (!file) return undefined;
    if (!servesData(file.pid, data)) {
      // A dead server's file is cleaned up by the next one itself; a living stranger's pid would stop it.
      if (isAlive(file.pid)) rmSync(join(data, 'postmaster.pid'), { force: true });
      return undefined;
    }
    if (file.state === 'ready') return file;
    if (Date.now() > deadline) throw new Error(`PostgreSQL (pid ${file.pid}) neither gets ready nor stops.`);
    await sleep(50);
  }
}

export async function startPostmaster(
  binaries: string,
  data: string,
  user: ServerUser | undefined,
  durability: Durability,
): Promise<Postmaster> {
  const log = join(dirname(data), 'server.log');
  if (existsSync(log) && statSync(log).size > LOG_LIMIT_BYTES) renameSync(log, `${log}.old`);
  let lastWords = '';
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt++) {
    const started = await tryStart(binaries, data, user, durability, log);
    if (typeof started !== 'string') return started;
    lastWords = started;
    if (!isPassing(lastWords)) break;
    await sleep(250);
  }
  throw new Error(`The embedded PostgreSQL does not start; ${log} ends with:\n${lastWords}`);
}

/** SIGINT is PostgreSQL's "fast" stop: running statements are ended, everything committed is written. */
export async function stopPostmaster(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + 30_000;
  while (isAlive(pid)) {
    if (Date.now() > deadline) throw new Error(`PostgreSQL (pid ${pid}) does not stop.`);
    await sleep(20);
  }
}

/** A running server, or the last lines of its log when it ended at once. */
async function tryStart(
  binaries: string,
  data: string,
  user: ServerUser | undefined,
  durability: Durability,
  log: string,
): Promise<Postmaster | string> {
  const port = await freePort();
  const logStart = existsSync(log) ? statSync(log).size : 0;
  const output = openSync(log, 'a', 0o600);
  const settings = durability === 'none' ? [...SETTINGS, ...FOR_TESTS] : SETTINGS;
  const child = spawn(
    join(binaries, 'postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    // In its own session: Ctrl-C ends the API, which then stops the server in order.
    {
      ...user,
      cwd: '/',
      detached: true,
      stdio: ['ignore', output, output],
      env: { LC_ALL: 'C' },
    },
  );
  closeSync(output);
  child.unref();
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));

  const deadline = Date.now() + RECOVERY_PATIENCE_MS;
  while (!ended) {
    const file = readPidFile(data);
    if (file && file.pid === child.pid && file.state === 'ready') return { pid: file.pid, port };
    if (Date.now() > deadline) throw new Error(`PostgreSQL does not get ready; see ${log}.`);
    await sleep(20);
  }
  return readFileSync(log, 'utf8').slice(logStart).trim();
}

/** Backends of a killed server hold its memory for a moment, and another program may take the port just before us. */
function isPassing(words: string): boolean {
  return /pre-existing shared memory block|Address already in use|lock file "postmaster.pid" already exists/.test(
    words,
  );
}

function readPidFile(data: string): (Postmaster & { state: string }) | undefined {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 ? { pid, port, state: lines[7]?.trim() ?? '' } : undefined;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port')),
      );
    });
  });
}
