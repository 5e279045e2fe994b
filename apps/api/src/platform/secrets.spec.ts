import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedPasswordFile, KeysUnusable, loadPassword, loadSecrets } from './secrets.js';

describe('secrets', () => {
  let folder: string;
  let keysDir: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tilts-secrets-'));
    keysDir = join(folder, 'keys');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are made once, and are the same at the second start', () => {
    const first = loadSecrets(keysDir, { mayCreate: true });
    expect(loadSecrets(keysDir, { mayCreate: false })).toEqual(first);
    expect(first.sealing.keys.get(first.sealing.current)).toHaveLength(32);
    expect(first.tokenKey).toHaveLength(32);
    expect(first.cookieKey.equals(first.tokenKey)).toBe(false);
  });

  it('can be read by the owner only, and nothing half-written stays', () => {
    loadSecrets(keysDir, { mayCreate: true });
    loadPassword(embeddedPasswordFile(keysDir), { mayCreate: true });
    expect(statSync(keysDir).mode & 0o777).toBe(0o700);
    const files = readdirSync(keysDir).sort();
    expect(files).toEqual(['cookie.key', 'database-app.password', 'database-owner.password', 'keys.json', 'token.key']);
    for (const file of files) expect(statSync(join(keysDir, file)).mode & 0o777).toBe(0o600);
  });

  it.each(['keys.json', 'token.key', 'cookie.key'])('are never made anew beside old data (%s)', (file) => {
    loadSecrets(keysDir, { mayCreate: true });
    rmSync(join(keysDir, file));
    expect(() => loadSecrets(keysDir, { mayCreate: false })).toThrow(KeysUnusable);
    expect(readdirSync(keysDir)).not.toContain(file);
  });

  it('name KEYS_DIR when they are missing', () => {
    expect(() => loadSecrets(keysDir, { mayCreate: false })).toThrow(/KEYS_DIR/);
  });

  it.each(['', '{', '{}', '{"current":1,"keys":{}}', '{"current":1,"keys":{"1":"c2hvcnQ"}}'])(
    'refuse a damaged key file: %s',
    (text) => {
      loadSecrets(keysDir, { mayCreate: true });
      writeFileSync(join(keysDir, 'keys.json'), text);
      expect(() => loadSecrets(keysDir, { mayCreate: true })).toThrow(KeysUnusable);
      expect(readFileSync(join(keysDir, 'keys.json'), 'utf8')).toBe(text);
    },
  );

  it('keep old sealing keys after a new one became current', () => {
    const old = loadSecrets(keysDir, { mayCreate: true }).sealing.keys.get(1);
    const kept = JSON.parse(readFileSync(join(keysDir, 'keys.json'), 'utf8')) as { keys: object };
    const two = Buffer.alloc(32, 2).toString('base64url');
    writeFileSync(join(keysDir, 'keys.json'), JSON.stringify({ current: 2, keys: { ...kept.keys, 2: two } }));
    const { sealing } = loadSecrets(keysDir, { mayCreate: false });
    expect(sealing.keys.get(1)).toEqual(old);
    expect(sealing.keys.get(sealing.current)).toEqual(Buffer.alloc(32, 2));
  });
});
