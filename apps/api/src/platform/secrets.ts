import { join } from 'node:path';
import { newKey, parseKey, readOrMake } from './key-file.js';
import { firstKeys, keysFileIn, LiveSealingKeys, type SealingKeys } from './sealing-keys.js';

export { KeysUnusable } from './key-file.js';

/** The secrets of one installation. They live in KEYS_DIR, apart from the data, and are made on the first start. */
export interface Secrets {
  /** Master keys of the sealed columns. */
  readonly sealing: SealingKeys;
  /** Signs access tokens. */
  readonly tokenKey: Buffer;
  /** Keyed hash of refresh tokens: the database alone cannot forge one. */
  readonly cookieKey: Buffer;
  /** Password of `tilts_app`, the login of the API. */
  readonly appPassword: string;
}

/** Secrets as they lie in KEYS_DIR: the sealing keys follow what is changed there. */
export type KeptSecrets = Secrets & { readonly sealing: LiveSealingKeys };

/** `mayCreate: false` is for a database that already holds sealed rows: fresh keys beside old data would hide the loss. */
export function loadSecrets(keysDir: string, { mayCreate }: { mayCreate: boolean }): KeptSecrets {
  const read = (name: string, make: () => string): string =>
    readOrMake(join(keysDir, name), mayCreate ? make : undefined);
  return {
    sealing: new LiveSealingKeys(
      keysFileIn(keysDir),
      readOrMake(keysFileIn(keysDir), mayCreate ? firstKeys : undefined),
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
