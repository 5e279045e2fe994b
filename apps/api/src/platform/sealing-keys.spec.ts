import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KeysUnusable, replaceWhole } from './key-file.js';
import {
  firstKeys,
  LiveSealingKeys,
  LOOK_EVERY,
  parseSealingKeys,
  withNewKey,
  withoutOldKeys,
} from './sealing-keys.js';

describe('sealing keys', () => {
  let folder: string;
  let file: string;
  let live: LiveSealingKeys;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tilts-keys-'));
    file = join(folder, 'keys.json');
    replaceWhole(file, firstKeys());
    live = new LiveSealingKeys(file, readFileSync(file, 'utf8'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('follow what another process adds, within seconds', async () => {
    const forget = live.watch();
    replaceWhole(file, withNewKey(file, readFileSync(file, 'utf8')));
    expect(live.current).toBe(1);
    await sleep(LOOK_EVERY + 500);
    forget();
    expect(live.current).toBe(2);
    expect([...live.keys.keys()]).toEqual([1, 2]);
  });

  it('stay as they are while the file is damaged, gone, or no file', () => {
    const held = live.keys;
    for (const harm of [
      () => writeFileSync(file, '{'),
      () => writeFileSync(file, '{"current":7,"keys":{}}'),
      () => rmSync(file),
      () => mkdirSync(file),
    ]) {
      harm();
      live.reread();
      expect(live.keys).toBe(held);
    }
  });

  it('are added and taken out, the rest unchanged', () => {
    const one = readFileSync(file, 'utf8');
    const two = withNewKey(file, one);
    expect(parseSealingKeys(file, two).keys.get(1)).toEqual(live.keys.get(1));
    const lookUp = Buffer.alloc(32, 7);
    const alone = parseSealingKeys(file, withoutOldKeys(file, two, lookUp));
    expect(alone).toEqual({ current: 2, keys: new Map([[2, parseSealingKeys(file, two).keys.get(2)]]), lookUp });
    // The look-up key stays when the next one comes.
    const three = parseSealingKeys(file, withNewKey(file, withoutOldKeys(file, two, lookUp)));
    expect([three.current, three.lookUp]).toEqual([3, lookUp]);
  });

  it('end with the last number that fits into a seal', () => {
    const key = Buffer.alloc(32, 1).toString('base64url');
    const last = JSON.stringify({ current: 255, keys: { 255: key } });
    expect(() => withNewKey(file, last)).toThrow(KeysUnusable);
  });
});
