import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const KEY_BYTES = 32;

/**
 * New keys for access tokens, cookies and links, when the old ones may be known to others. Nothing is sealed with them: all that
 * is lost is that people are signed in. Processes that run keep the old ones until they are started anew.
 */
export function renewSignInKeys(keysDir: string): void {
  for (const name of ['token.key', 'cookie.key']) {
    const file = join(keysDir, name);
    const temporary = `${file}.${process.pid}.new`;
    const descriptor = openSync(temporary, 'w', 0o600);
    try {
      writeSync(descriptor, `${randomBytes(KEY_BYTES).toString('base64url')}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  }
}
