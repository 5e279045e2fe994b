import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export const workspace = join(import.meta.dirname, '..', '..');

const NOT_OURS = new Set([
  'node_modules',
  'dist',
  '.git',
  '.nx',
  '.angular',
  'data',
  'keys',
  'outbox',
  'test-results',
  'playwright-report',
  'coverage',
]);

/** Paths, relative to `root`, of the files that people write; a check reads them without needing git. */
export function filesOf(root, ending, folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : filesOf(root, ending, path);
    return entry.isFile() && ending.test(entry.name) ? [path] : [];
  });
}
