import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSecrets } from './secrets.js';
import { renewSignInKeys } from './sign-in-keys.js';

it('makes both keys of sign-in anew and leaves what is sealed alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tilts-sign-in-keys-'));
  try {
    const before = loadSecrets(folder, { mayCreate: true });
    const files = readdirSync(folder).sort();
    renewSignInKeys(folder);
    const after = loadSecrets(folder, { mayCreate: false });
    expect(after.tokenKey.equals(before.tokenKey)).toBe(false);
    expect(after.cookieKey.equals(before.cookieKey)).toBe(false);
    expect([...after.sealing.keys]).toEqual([...before.sealing.keys]);
    expect(after.appPassword).toBe(before.appPassword);
    expect(readdirSync(folder).sort()).toEqual(files);
    for (const file of files) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
