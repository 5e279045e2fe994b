import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { KeysUnusable, newKey, parseKey } from './key-file.js';

/** Master keys of the sealed columns by their number; `current` seals, every one of them unseals. */
export interface SealingKeys {
  readonly current: number;
  readonly keys: ReadonlyMap<number, Buffer>;
  /** From which look-up tokens are made, once the oldest key was retired; until then they are made from the oldest. */
  readonly lookUp?: Buffer | undefined;
  /** Looks whether another process added a key. Only asked when a number is unknown. */
  reread?(): void;
}

/** What keys.json says. */
interface KeyFile {
  current: number;
  keys: Record<string, string>;
  lookUp?: string;
}

/** How often a running Tilts looks for a new key. Milliseconds; retiring an old key waits longer than this. */
export const LOOK_EVERY = 2_000;

export const keysFileIn = (keysDir: string): string => join(keysDir, 'keys.json');

export const firstKeys = (): string => textOf({ current: 1, keys: { 1: newKey() } });

/** The sealing keys of KEYS_DIR as they are at this moment: a key that is added is used by every running process within seconds. */
export class LiveSealingKeys implements SealingKeys {
  private held: Omit<SealingKeys, 'reread'>;
  private seen: string;

  constructor(
    private readonly file: string,
    text: string,
  ) {
    this.seen = stampOf(file);
    this.held = parseSealingKeys(file, text);
  }

  get current(): number {
    return this.held.current;
  }

  get keys(): ReadonlyMap<number, Buffer> {
    return this.held.keys;
  }

  get lookUp(): Buffer | undefined {
    return this.held.lookUp;
  }

  /** A file that is gone or damaged changes nothing for who runs already: the next start says so. */
  reread(): void {
    try {
      const stamp = stampOf(this.file);
      if (stamp === this.seen) return;
      this.held = parseSealingKeys(this.file, readFileSync(this.file, 'utf8'));
      this.seen = stamp;
    } catch {
      // What is held stays good.
    }
  }

  /** Goes on looking until the answer is called; holds no process back from ending. */
  watch(): () => void {
    const timer = setInterval(() => this.reread(), LOOK_EVERY);
    timer.unref();
    return () => clearInterval(timer);
  }
}

export function parseSealingKeys(file: string, text: string): Omit<SealingKeys, 'reread'> {
  const parsed = readKeyFile(file, text);
  const keys = new Map(Object.entries(parsed.keys).map(([number, key]) => [Number(number), parseKey(file, key)]));
  if (!keys.has(parsed.current)) throw new KeysUnusable(file, 'does not hold its own current key');
  return {
    current: parsed.current,
    keys,
    ...(parsed.lookUp !== undefined && { lookUp: parseKey(file, parsed.lookUp) }),
  };
}

/** The number of a key is the first byte of what it sealed. */
const MOST_KEYS = 255;

/** The text of keys.json with a new key, which seals from then on. */
export function withNewKey(file: string, text: string): string {
  const parsed = readKeyFile(file, text);
  const number = Math.max(...Object.keys(parsed.keys).map(Number)) + 1;
  if (number > MOST_KEYS) throw new KeysUnusable(file, `has used all ${MOST_KEYS} numbers of keys`);
  return textOf({ ...parsed, current: number, keys: { ...parsed.keys, [number]: newKey() } });
}

/** The text of keys.json with its current key only; look-up tokens go on with what they were made from. */
export function withoutOldKeys(file: string, text: string, lookUp: Buffer): string {
  const { current, keys } = readKeyFile(file, text);
  const key = keys[current];
  if (!key) throw new KeysUnusable(file, 'does not hold its own current key');
  return textOf({ current, keys: { [current]: key }, lookUp: lookUp.toString('base64url') });
}

const textOf = (keys: KeyFile): string => JSON.stringify(keys, null, 2);

function stampOf(file: string): string {
  const { ino, mtimeMs, size } = statSync(file);
  return `${ino}|${mtimeMs}|${size}`;
}

function readKeyFile(file: string, text: string): KeyFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new KeysUnusable(file, 'is not valid JSON');
  }
  if (!isKeyFile(parsed)) throw new KeysUnusable(file, 'does not look like { "current": 1, "keys": { "1": "…" } }');
  return parsed;
}

function isKeyFile(value: unknown): value is KeyFile {
  if (typeof value !== 'object' || value === null || !('current' in value) || !('keys' in value)) return false;
  const { current, keys } = value;
  return (
    typeof current === 'number' &&
    typeof keys === 'object' &&
    keys !== null &&
    Object.entries(keys).every(([number, key]) => /^[1-9]\d*$/.test(number) && typeof key === 'string') &&
    (!('lookUp' in value) || typeof value.lookUp === 'string')
  );
}
