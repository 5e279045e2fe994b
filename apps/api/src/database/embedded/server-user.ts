import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';

/** The account that PostgreSQL runs under: it refuses to run as root. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** initdb needs an account that has a name, and these exist on almost every Unix without making a new one. */
const UNPRIVILEGED_ACCOUNTS = ['postgres', 'nobody', 'daemon'];

/** `undefined` when we are not root and PostgreSQL simply runs as ourselves. `place` is the folder of the server, if made. */
export function serverUser(place: string): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  // Who began the data goes on with it, also when a "postgres" account appeared or somebody first started without root.
  if (existsSync(place) && statSync(place).uid !== 0) return { uid: statSync(place).uid, gid: statSync(place).gid };
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of UNPRIVILEGED_ACCOUNTS) {
    const account = accounts.find(([known]) => known === name);
    if (account) return { uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new Error(
    `PostgreSQL does not run as root, and none of the accounts ${UNPRIVILEGED_ACCOUNTS.join(', ')} exists here. ` +
      'Start Tilts as a normal user, or set DATABASE_URL.',
  );
}

/** Whether that account gets through every folder on the way: a project below /root (0700) is out of its reach. */
export function canReach(path: string, user: ServerUser | undefined): boolean {
  if (!user) return true;
  return spawnSync('test', ['-x', path], { uid: user.uid, gid: user.gid, cwd: '/' }).status === 0;
}
