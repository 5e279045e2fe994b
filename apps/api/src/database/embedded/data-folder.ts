import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SYSTEM_PLACE } from './binaries.js';
import type { Durability } from './postmaster.js';
import { canReach, serverUser, type ServerUser } from './server-user.js';

/** The folder of the embedded server: `<DATA_DIR>/postgres`, or a link there to a folder that the server can reach. */
export interface DataFolder {
  readonly place: string;
  readonly user: ServerUser | undefined;
}

export function openDataFolder(dataDir: string, onStep: (step: string) => void): DataFolder {
  const entry = join(resolve(dataDir), 'postgres');
  // 0711: the server's own account must pass through, nobody needs to list it.
  if (!existsSync(dataDir)) mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  if (!lstatSync(entry, { throwIfNoEntry: false })) make(entry, onStep);
  if (!existsSync(entry))
    throw new Error(`${entry} leads to ${readlinkSync(entry)}, which is gone: restore it, or delete the link.`);
  const place = realpathSync(entry);
  const user = serverUser(place);
  own(place, user);
  refuseOtherOwner(place);
  if (!canReach(place, user)) {
    throw new Error(
      `The account of PostgreSQL (uid ${user?.uid}) cannot enter ${place}: make the folders above it passable (chmod a+x).`,
    );
  }
  return { place, user };
}

/** The major version that made the data; `undefined` before the first start. */
export function dataMajor({ place }: DataFolder): number | undefined {
  const version = join(place, 'pgdata', 'PG_VERSION');
  return existsSync(version) ? Number.parseInt(readFileSync(version, 'utf8'), 10) : undefined;
}

/** Made under another name and renamed when complete, so that a start that was killed half-way is simply repeated. */
export function initialise(
  { place, user }: DataFolder,
  binaries: string,
  password: string,
  durability: Durability,
): void {
  // A name of its own each time: the initdb of a killed start may still be writing into the other.
  const attempt = randomBytes(4).toString('hex');
  const unfinished = join(place, `pgdata.new-${attempt}`);
  const passwordFile = join(place, `password.new-${attempt}`);
  dropUnfinished(place);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  try {
    execFileSync(
      join(binaries, 'initdb'),
      [
        ...['-D', unfinished, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'],
        // ICU, so that Latvian letters sort alike on every machine, with or without system locales.
        ...['--locale=C', '--locale-provider=icu', '--icu-locale=lv', '--data-checksums', '--no-instructions'],
        ...(durability === 'none' ? ['--no-sync'] : []),
      ],
      { ...user, cwd: '/', env: { LC_ALL: 'C' }, stdio: ['ignore', 'ignore', 'pipe'] },
    );
  } catch (error) {
    throw new Error(whyNot(error), { cause: error });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, join(place, 'pgdata'));
}

function dropUnfinished(place: string): void {
  for (const name of readdirSync(place).filter((entry) => /^(pgdata|password)\.new-/.test(entry))) {
    try {
      rmSync(join(place, name), { recursive: true, force: true });
    } catch {
      // Still being written to; the next start finds it.
    }
  }
}

function whyNot(error: unknown): string {
  const words = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
  if (!/could not look up effective user ID/.test(words)) return `PostgreSQL could not create its files:\n${words}`;
  return (
    `PostgreSQL needs an account with a name, and uid ${process.getuid?.()} has none in /etc/passwd. ` +
    'Start Tilts under a named account, or set DATABASE_URL.'
  );
}

function make(entry: string, onStep: (step: string) => void): void {
  if (canReach(dirname(entry), serverUser(entry))) {
    mkdirSync(entry, { recursive: true, mode: 0o700 });
    return;
  }
  // A link, so that deleting or moving DATA_DIR still means what it says.
  const outside = join(SYSTEM_PLACE, `data-${randomBytes(6).toString('hex')}`);
  mkdirSync(SYSTEM_PLACE, { recursive: true, mode: 0o755 });
  chmodSync(SYSTEM_PLACE, 0o755);
  mkdirSync(outside, { mode: 0o700 });
  try {
    symlinkSync(outside, entry);
    onStep(`PostgreSQL does not run as root and cannot enter ${dirname(entry)}; its files are in ${outside}`);
  } catch (error) {
    rmdirSync(outside);
    // Another process was quicker: its link stands.
    if (!existsSync(entry)) throw error;
  }
}

/** New folders are root's own until here; what another account owns stays with it. */
function own(place: string, user: ServerUser | undefined): void {
  if (user && statSync(place).uid === 0) chownSync(place, user.uid, user.gid);
}

function refuseOtherOwner(place: string): void {
  const self = process.getuid?.();
  const owner = statSync(place).uid;
  if (self !== undefined && self !== 0 && owner !== self) {
    throw new Error(
      `${place} belongs to another account (uid ${owner}); it was made by a start as root. ` +
        'Start as root again, or set DATA_DIR to another folder.',
    );
  }
}
