// jest's globalSetup: only names the run and its folder. The server itself starts with the first spec that asks for a
// database (test-database.ts), so that a run of small specs needs none.
import { randomBytes } from 'node:crypto';
import { chmodSync, globSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeRun } from './tear-down.mjs';

export default async function setUp() {
  for (const left of globSync(join(tmpdir(), 'tilts-test-*'))) {
    if (!isAlive(Number(left.split('-')[2]))) await removeRun(left);
  }
  const folder = mkdtempSync(join(tmpdir(), `tilts-test-${process.pid}-`));
  // As root the server runs under another account, which must pass through.
  chmodSync(folder, 0o711);
  process.env.TILTS_TEST_FOLDER = folder;
  process.env.TILTS_TEST_RUN = randomBytes(4).toString('hex');
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
