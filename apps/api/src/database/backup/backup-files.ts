import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BackupRefused, codeOf } from './refused.js';

const ARCHIVE = /^tilts-backup-(\d{4}-\d\d-\d\d)-\d{6}\.age$/;
const UNFINISHED = /^\.tilts-(backup|keys)-[\d-]+\.age\.unfinished$/;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** `tilts-backup-2026-11-23-071500.age`: the name tells the moment (UTC) and nothing else. */
export function fileNameOf(kind: 'backup' | 'keys', now: Date): string {
  const moment = now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  return `tilts-${kind}-${moment}.age`;
}

/** Archives in the folder that are older than so many days; the newest of all stays, whatever its age. */
export function dropOld(folder: string, days: number, now: Date): string[] {
  const archives = namesIn(folder)
    .filter((name) => ARCHIVE.test(name))
    .sort();
  const old = archives
    .slice(0, -1)
    .filter((name) => Date.parse(ARCHIVE.exec(name)?.[1] ?? '') < now.getTime() - days * DAY);
  for (const name of old) rmSync(join(folder, name));
  return old;
}

/** What backups that were killed left behind. */
export function dropUnfinished(folder: string, now: Date): void {
  for (const name of namesIn(folder).filter((one) => UNFINISHED.test(one)))
    if (statSync(join(folder, name)).mtimeMs < now.getTime() - HOUR) rmSync(join(folder, name), { force: true });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw new BackupRefused(`${folder} cannot be read (${codeOf(error)})`, { cause: error });
  }
}
