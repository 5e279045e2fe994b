import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { SealingKeys } from '../platform/sealing-keys.js';

/** Where a seal belongs. Copied to another row, table or municipality it does not open. */
export interface Place {
  table: string;
  id: string;
  /** The municipality; of a row that belongs to none: `EVERYWHERE`. */
  tenant: string;
}

/** The tenant of rows that belong to no municipality: accounts, drafts. */
export const EVERYWHERE = 'everywhere';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const ONE = Buffer.of(1);
const HEAD_BYTES = 1 + IV_BYTES + TAG_BYTES;
/** About as many families as some dozen mediators have. */
const KEPT_KEYS = 10_000;

/**
 * Closes and opens what is sensitive of a row: AES-256-GCM over the JSON of the fields. The key comes from the master key, the
 * municipality and the salt (of the family, or of the account), so that deleting a salt erases all that was sealed with it.
 * A seal is: number of the master key (1 byte), IV (12), tag (16), ciphertext.
 */
export class Seals {
  private readonly tenantKeys = new Map<string, Buffer>();
  private readonly saltKeys = new Map<string, Buffer>();
  private readonly tokenKey: Buffer;

  constructor(private readonly sealing: SealingKeys) {
    this.tokenKey = lookUpKeyOf(sealing);
  }

  /** The number of the key that seals now. */
  get current(): number {
    return this.sealing.current;
  }

  newSalt(): Buffer {
    return randomBytes(KEY_BYTES);
  }

  seal(place: Place, salt: Buffer, fields: object): Buffer {
    const number = this.sealing.current;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.keyFor(number, place.tenant, salt), iv);
    cipher.setAAD(nameOf(place));
    const text = Buffer.concat([cipher.update(JSON.stringify(fields), 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(number), iv, cipher.getAuthTag(), text]);
  }

  /** Throws when the seal was broken, belongs elsewhere, or its salt is another. */
  unseal<T>(place: Place, salt: Buffer, sealed: Buffer): T {
    const number = keyNumberOf(sealed);
    const decipher = createDecipheriv(
      'aes-256-gcm',
      this.keyFor(number, place.tenant, salt),
      sealed.subarray(1, 1 + IV_BYTES),
    );
    decipher.setAAD(nameOf(place));
    decipher.setAuthTag(sealed.subarray(1 + IV_BYTES, HEAD_BYTES));
    return JSON.parse(decipher.update(sealed.subarray(HEAD_BYTES), undefined, 'utf8') + decipher.final('utf8')) as T;
  }

  /** Moves sealed words to another place: only when the family agreed to take them along. */
  reseal(from: Place, oldSalt: Buffer, sealed: Buffer, to: Place, newSalt: Buffer): Buffer {
    return this.seal(to, newSalt, this.unseal<object>(from, oldSalt, sealed));
  }

  /** What the database may know of a text that is looked up: whoever knows the text finds it, whoever reads the column learns nothing. */
  token(text: string): Buffer {
    return createHmac('sha256', this.tokenKey).update(text.normalize('NFC').toLowerCase()).digest();
  }

  /** By which a database recognises one of the master keys. */
  checkValue(number: number): Buffer {
    return createHmac('sha256', this.masterKey(number)).update('tilts key check').digest();
  }

  /** That whoever wrote this text holds the master key. */
  vouchFor(text: string, number = this.sealing.current): string {
    return createHmac('sha256', derive(this.masterKey(number), '', 'tilts backup'))
      .update(text)
      .digest('base64');
  }

  /** The keys that are kept, the one that seals now first. */
  get numbers(): number[] {
    const { current, keys } = this.sealing;
    return [current, ...[...keys.keys()].filter((number) => number !== current).sort((a, b) => b - a)];
  }

  /** A secret of the installation beside its seals: kept for as long as the master key that it is made from. */
  rescueSecret(what: string, number = this.sealing.current): Buffer {
    return derive(this.masterKey(number), '', `tilts rescue ${what}`);
  }

  /** A list opens many seals of one family. What is kept here opens nothing by itself: its salt, which finds it, stands in the database. */
  private keyFor(number: number, tenant: string, salt: Buffer): Buffer {
    const name = `${number}|${tenant}|${salt.toString('latin1')}`;
    let key = this.saltKeys.get(name);
    if (!key) {
      key = derive(this.tenantKeyFor(number, tenant), salt, 'tilts seal');
      if (this.saltKeys.size >= KEPT_KEYS) this.saltKeys.clear();
      this.saltKeys.set(name, key);
    }
    return key;
  }

  private tenantKeyFor(number: number, tenant: string): Buffer {
    const name = `${number}|${tenant}`;
    let key = this.tenantKeys.get(name);
    if (!key) {
      key = derive(this.masterKey(number), '', `tilts tenant ${tenant}`);
      this.tenantKeys.set(name, key);
    }
    return key;
  }

  private masterKey(number: number): Buffer {
    let key = this.sealing.keys.get(number);
    if (!key) {
      // Another process may have added a key and sealed with it a moment ago.
      this.sealing.reread?.();
      key = this.sealing.keys.get(number);
    }
    if (!key) throw new Error(`Sealing key ${number} is not among the keys in KEYS_DIR`);
    return key;
  }
}

/** The number of the key that made a seal. */
export function keyNumberOf(sealed: Buffer): number {
  return sealed[0] ?? 0;
}

/**
 * Tokens are compared with what the database holds and cannot be made anew without the text, so they outlive their master key: made
 * from the oldest one, and when that is retired, from the key that was derived of it.
 */
export function lookUpKeyOf({ keys, lookUp }: SealingKeys): Buffer {
  if (lookUp) return lookUp;
  const oldest = keys.get(Math.min(...keys.keys()));
  if (!oldest) throw new Error('There is no sealing key');
  return derive(oldest, '', 'tilts look-up token');
}

/** HKDF (RFC 5869) of one block. Written out: hkdfSync does the same for several times the CPU, and lists open hundreds of seals. */
function derive(key: Buffer, salt: Buffer | string, purpose: string): Buffer {
  const extracted = createHmac('sha256', salt === '' ? Buffer.alloc(KEY_BYTES) : salt)
    .update(key)
    .digest();
  return createHmac('sha256', extracted).update(purpose).update(ONE).digest();
}

function nameOf({ table, id, tenant }: Place): Buffer {
  return Buffer.from(`${table}|${id}|${tenant}`);
}
