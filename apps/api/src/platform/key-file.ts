import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Keys are missing or damaged, and making fresh ones would lock people out of what is already sealed. */
export class KeysUnusable extends Error {
  constructor(file: string, reason: string) {
    super(
      `${file} ${reason}. Names and notes in the database can only be read with the keys that they were written with. ` +
        'Point KEYS_DIR to the folder that belongs to this database, or restore it from its backup.',
    );
    this.name = 'KeysUnusable';
  }
}

const KEY_BYTES = 32;

export function newKey(): string {
  return randomBytes(KEY_BYTES).toString('base64url');
}

export function parseKey(file: string, text: string): Buffer {
  const key = Buffer.from(text, 'base64url');
  if (key.length !== KEY_BYTES) throw new KeysUnusable(file, `does not hold a key of ${KEY_BYTES} bytes`);
  return key;
}

/** The file's text; made first when it is not there and `make` is given. */
export function readOrMake(file: string, make: (() => string) | undefined): string {
  if (!existsSync(file)) {
    if (!make) throw new KeysUnusable(file, 'is missing');
    writeOnce(file, make());
  }
  return readFileSync(file, 'utf8').trim();
}

/** Appears whole or not at all, also after a power cut; of two processes that start at once the first one's secret stands. */
export function writeOnce(file: string, text: string): void {
  put(file, text, (temporary) => {
    try {
      // link instead of rename: rename would silently replace what the other process already uses.
      linkSync(temporary, file);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  });
}

/** Whoever reads finds the old text or the new one, never a half; also after a power cut. */
export function replaceWhole(file: string, text: string): void {
  put(file, text, (temporary) => renameSync(temporary, file));
}

function put(file: string, text: string, place: (temporary: string) => void): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.new`;
  try {
    const descriptor = openSync(temporary, 'w', 0o600);
    try {
      writeSync(descriptor, `${text}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    place(temporary);
  } finally {
    rmSync(temporary, { force: true });
  }
  const folderDescriptor = openSync(folder, 'r');
  try {
    fsyncSync(folderDescriptor);
  } finally {
    closeSync(folderDescriptor);
  }
}
