import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** The secrets of one installation. They live in KEYS_DIR, apart from the data, and are made on the first start. */
export interface Secrets {
  /** Master keys of the sealed columns by their number; `current` seals, every one of them unseals. */
  readonly sealing: { readonly current: number; readonly keys: ReadonlyMap<number, Buffer> };
  /** Signs access tokens. */
  readonly tokenKey: Buffer;
  /** Keyed hash of refresh tokens: the database alone cannot forge one. */
  readonly cookieKey: Buffer;
  /** Password of `tilts_app`, the login of the API. */
  readonly appPassword: string;
}

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

/** `mayCreate: false` is for a database that already holds sealed rows: fresh keys beside old data would hide the loss. */
export function loadSecrets(keysDir: string, { mayCreate }: { mayCreate: boolean }): Secrets {
  const read = (name: string, make: () => string): string =>
    readOrMake(join(keysDir, name), mayCreate ? make : undefined);
  return {
    sealing: parseSealingKeys(
      join(keysDir, 'keys.json'),
      read('keys.json', () => JSON.stringify({ current: 1, keys: { 1: newKey() } }, null, 2)),
    ),
    tokenKey: parseKey(join(keysDir, 'token.key'), read('token.key', newKey)),
    cookieKey: parseKey(join(keysDir, 'cookie.key'), read('cookie.key', newKey)),
    // Also of a database with sealed rows a lost password can be made anew: each migration sets it.
    appPassword: loadPassword(join(keysDir, 'database-app.password'), { mayCreate: true }),
  };
}

/** Where the password of the embedded server's owner is kept. */
export function embeddedPasswordFile(keysDir: string): string {
  return join(keysDir, 'database-owner.password');
}

/** The same rule as for keys: with `mayCreate: false` a missing password is a wrong KEYS_DIR, not a first start. */
export function loadPassword(file: string, { mayCreate }: { mayCreate: boolean }): string {
  return readOrMake(file, mayCreate ? newKey : undefined);
}

function newKey(): string {
  return randomBytes(KEY_BYTES).toString('base64url');
}

function readOrMake(file: string, make: (() => string) | undefined): string {
  if (!existsSync(file)) {
    if (!make) throw new KeysUnusable(file, 'is missing');
    writeOnce(file, make());
  }
  return readFileSync(file, 'utf8').trim();
}

/** Appears whole or not at all, also after a power cut; of two processes that start at once the first one's secret stands. */
function writeOnce(file: string, text: string): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.new`;
  const descriptor = openSync(temporary, 'w', 0o600);
  try {
    writeSync(descriptor, `${text}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  try {
    // link instead of rename: rename would silently replace what the other process already uses.
    linkSync(temporary, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
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

function parseKey(file: string, text: string): Buffer {
  const key = Buffer.from(text, 'base64url');
  if (key.length !== KEY_BYTES) throw new KeysUnusable(file, `does not hold a key of ${KEY_BYTES} bytes`);
  return key;
}

function parseSealingKeys(file: string, text: string): Secrets['sealing'] {
  const parsed = readJson(file, text);
  const keys = new Map(Object.entries(parsed.keys).map(([number, key]) => [Number(number), parseKey(file, key)]));
  if (!keys.has(parsed.current)) throw new KeysUnusable(file, 'does not hold its own current key');
  return { current: parsed.current, keys };
}

function readJson(file: string, text: string): { current: number; keys: Record<string, string> } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new KeysUnusable(file, 'is not valid JSON');
  }
  if (!isKeyFile(parsed)) throw new KeysUnusable(file, 'does not look like { "current": 1, "keys": { "1": "…" } }');
  return parsed;
}

function isKeyFile(value: unknown): value is { current: number; keys: Record<string, string> } {
  if (typeof value !== 'object' || value === null || !('current' in value) || !('keys' in value)) return false;
  const { current, keys } = value;
  return (
    typeof current === 'number' &&
    typeof keys === 'object' &&
    keys !== null &&
    Object.entries(keys).every(([number, key]) => /^[1-9]\d*$/.test(number) && typeof key === 'string')
  );
}
