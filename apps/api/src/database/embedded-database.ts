import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { loadPassword } from '../platform/secrets.js';
import { findBinaries } from './embedded/binaries.js';
import { dataMajor, initialise, openDataFolder } from './embedded/data-folder.js';
import { type Durability, runningPostmaster, startPostmaster, stopPostmaster } from './embedded/postmaster.js';
import { Presence } from './embedded/presence.js';
import { servesData } from './embedded/process-identity.js';
import { withStartLock } from './embedded/start-lock.js';

export interface EmbeddedDatabaseOptions {
  readonly dataDir: string;
  /** Kept with the secrets; made on the first start. */
  readonly passwordFile: string;
  readonly durability: Durability;
  /** Told before each step that takes a noticeable time. */
  readonly onStep?: (step: string) => void;
  /** Told when the server dies under us: it does not come back by itself, only with the next start. */
  readonly onLost?: () => void;
}

/** The PostgreSQL server that comes with Tilts, for who has none: on this machine only, on a free port. */
export interface EmbeddedDatabase {
  /** `tilts_owner` on the database `tilts`: may create roles and databases, is no superuser. */
  readonly ownerUrl: string;
  /** Only for proofs that look past row security. */
  readonly superuserUrl: string;
  /** Lets go of the server and leaves it running. */
  leave(): Promise<void>;
  /** Stops the server unless another process uses it. End your own connections first. */
  stop(): Promise<void>;
}

const OWNER = 'tilts_owner';
const DATABASE = 'tilts';
const PRESENCE = 'tilts-presence';
const WRONG_PASSWORD = '28P01';

/** Starts the server, or joins the one that already runs on this data (of another process, or left by a killed one). */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const onStep = options.onStep ?? (() => undefined);
  const folder = openDataFolder(options.dataDir, onStep);
  const data = join(folder.place, 'pgdata');
  const lock = join(folder.place, 'start.lock');

  return withStartLock(lock, async () => {
    const major = dataMajor(folder);
    const ownerPassword = loadPassword(options.passwordFile, { mayCreate: major === undefined });
    // Not the same password: who learns the owner's URL is not yet superuser.
    const superuserPassword = createHmac('sha256', ownerPassword).update('superuser').digest('base64url');

    let postmaster = await runningPostmaster(data);
    if (!postmaster) {
      const binaries = findBinaries(folder.user, major);
      if (major === undefined) {
        onStep('Creating the database');
        initialise(folder, binaries, superuserPassword, options.durability);
      }
      postmaster = await startPostmaster(binaries, data, folder.user, options.durability);
    }
    const { pid, port } = postmaster;
    const url = (user: string, password: string, database: string): string =>
      `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
    const superuserUrl = url('postgres', superuserPassword, DATABASE);

    const presence = await Presence.at({
      connect: () => connect(url('postgres', superuserPassword, 'postgres'), options.passwordFile),
      isAlive: () => servesData(pid, data),
      onLost: options.onLost ?? (() => undefined),
    });
    await makeOwner(presence.client, ownerPassword);

    let stopped: Promise<void> | undefined;
    const stop = (): Promise<void> =>
      (stopped ??= withStartLock(lock, async () => {
        const last = await isAlone(presence.client);
        await presence.leave();
        if (last) await stopPostmaster(pid);
      }));
    return { ownerUrl: url(OWNER, ownerPassword, DATABASE), superuserUrl, leave: () => presence.leave(), stop };
  });
}

async function connect(url: string, passwordFile: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: PRESENCE });
  // When the server dies, those who query it are told, and presence is: this connection has nothing to lose.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === WRONG_PASSWORD)) throw error;
    throw new Error(
      `The database does not know the password in ${passwordFile}: these keys belong to another database. ` +
        'Point KEYS_DIR to the folder that belongs to this DATA_DIR.',
      { cause: error },
    );
  }
  return client;
}

/** Each part by itself, because a start may have been killed between them. */
async function makeOwner(superuser: Client, password: string): Promise<void> {
  const exists = async (
    catalogue: 'pg_roles WHERE rolname' | 'pg_database WHERE datname',
    name: string,
  ): Promise<boolean> => (await superuser.query(`SELECT 1 FROM ${catalogue} = $1`, [name])).rowCount === 1;
  if (!(await exists('pg_roles WHERE rolname', OWNER))) {
    await superuser.query(
      `CREATE ROLE ${OWNER} LOGIN CREATEROLE CREATEDB PASSWORD ${superuser.escapeLiteral(password)}`,
    );
  }
  if (!(await exists('pg_database WHERE datname', DATABASE))) {
    await superuser.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`);
  }
}

/** How long we wait for connections that were just ended: a pool says that it has ended before its connections are gone. */
const FAREWELL_MS = 3_000;

/** False also when the server is gone or does not answer: then there is nothing of ours to stop. */
async function isAlone(presence: Client): Promise<boolean> {
  const deadline = Date.now() + FAREWELL_MS;
  try {
    for (;;) {
      const { rows } = await presence.query<{ application_name: string }>(
        `SELECT application_name FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
      );
      if (rows.length === 0) return true;
      if (rows.some((other) => other.application_name === PRESENCE) || Date.now() > deadline) return false;
      await sleep(50);
    }
  } catch {
    return false;
  }
}
