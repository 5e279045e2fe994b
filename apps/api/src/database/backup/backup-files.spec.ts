import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropOld, dropUnfinished, fileNameOf } from './backup-files.js';

describe('the folder of archives', () => {
  const now = new Date('2026-11-23T07:15:00.000Z');
  let folder: string;
  const put = (...names: string[]): void => names.forEach((name) => writeFileSync(join(folder, name), ''));

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tilts-archives-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('has names that tell the moment and nothing else', () => {
    expect(fileNameOf('backup', now)).toBe('tilts-backup-2026-11-23-071500.age');
    expect(fileNameOf('keys', now)).toBe('tilts-keys-2026-11-23-071500.age');
  });

  it('loses what is older than asked, and nothing that is no archive', () => {
    const kept = [
      'tilts-backup-2026-11-10-010000.age',
      fileNameOf('backup', now),
      'tilts-keys-2020-01-01-000000.age',
      'notes.txt',
    ];
    put(...kept, 'tilts-backup-2026-11-08-010000.age', 'tilts-backup-2026-11-09-010000.age');
    expect(dropOld(folder, 15, now)).toEqual(['tilts-backup-2026-11-08-010000.age']);
    expect(dropOld(folder, 14, now)).toEqual(['tilts-backup-2026-11-09-010000.age']);
    expect(readdirSync(folder).sort()).toEqual(kept.sort());
  });

  it('keeps its last archive, however old', () => {
    put('tilts-backup-2020-01-01-000000.age');
    expect(dropOld(folder, 1, now)).toEqual([]);
  });

  it('is swept of what a killed backup left, but not of one that is being written', () => {
    put('.tilts-backup-2026-11-22-010000.age.unfinished', '.tilts-backup-2026-11-23-071459.age.unfinished');
    utimesSync(
      join(folder, '.tilts-backup-2026-11-22-010000.age.unfinished'),
      now,
      new Date(now.getTime() - 7_200_000),
    );
    utimesSync(join(folder, '.tilts-backup-2026-11-23-071459.age.unfinished'), now, now);
    dropUnfinished(folder, now);
    expect(readdirSync(folder)).toEqual(['.tilts-backup-2026-11-23-071459.age.unfinished']);
  });
});
