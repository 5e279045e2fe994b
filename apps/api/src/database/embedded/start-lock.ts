import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from './process-identity.js';

const PATIENCE_MS = 180_000;

/** Runs `action` while no other process starts or stops the same server; the lock of a killed process is taken over. */
export async function withStartLock<T>(file: string, action: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!tryLock(file)) {
    if (Date.now() > deadline)
      throw new Error(`Another process has been starting the database for too long (${file}).`);
    await sleep(50);
  }
  try {
    return await action();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryLock(file: string): boolean {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, processIdentity(process.pid) ?? '');
  try {
    linkSync(mine, file);
    return true;
  } catch {
    dropIfStale(file);
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

function dropIfStale(file: string): void {
  const holder = read(file);
  if (holder === undefined || isHeld(holder)) return;
  // Moved away before it is judged for good: between reading and removing, another process may have put its own there.
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = read(aside);
  if (moved !== undefined && isHeld(moved)) {
    try {
      linkSync(aside, file);
    } catch {
      // Somebody locked meanwhile; the one we moved will fail its own rename the same way and wait.
    }
  }
  rmSync(aside, { force: true });
}

function isHeld(holder: string): boolean {
  return processIdentity(Number.parseInt(holder, 10)) === holder;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
