import { createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { newId } from '@tilts/domain';
import { Seals, type Place } from './seals.js';

describe('seals', () => {
  const [first, second] = [randomBytes(32), randomBytes(32)];
  const seals = new Seals({ current: 1, keys: new Map([[1, first]]) });
  const salt = seals.newSalt();
  const place: Place = { table: 'family', id: newId(), tenant: newId() };
  const words = { name: 'Ķirši', note: 'suns pagalmā' };

  it('derives by HKDF as Node does', () => {
    const tenantKey = Buffer.from(hkdfSync('sha256', first, '', `tilts tenant ${place.tenant}`, 32));
    const key = Buffer.from(hkdfSync('sha256', tenantKey, salt, 'tilts seal', 32));
    const sealed = seals.seal(place, salt, words);
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13))
      .setAAD(Buffer.from(`${place.table}|${place.id}|${place.tenant}`))
      .setAuthTag(sealed.subarray(13, 29));
    expect(JSON.parse(decipher.update(sealed.subarray(29), undefined, 'utf8') + decipher.final('utf8'))).toEqual(words);
  });

  it('opens where it was closed', () => {
    expect(seals.unseal(place, salt, seals.seal(place, salt, words))).toEqual(words);
  });

  it('never looks the same twice, and tells nothing of the words', () => {
    const [one, other] = [seals.seal(place, salt, words), seals.seal(place, salt, words)];
    expect(one.equals(other)).toBe(false);
    expect(one.includes(Buffer.from('Ķirši'))).toBe(false);
  });

  it.each<[string, Partial<Place>]>([
    ['table', { table: 'person' }],
    ['row', { id: newId() }],
    ['municipality', { tenant: newId() }],
  ])('does not open in another %s', (_words, other) => {
    expect(() => seals.unseal({ ...place, ...other }, salt, seals.seal(place, salt, words))).toThrow();
  });

  it('does not open without its salt: deleting it erases', () => {
    expect(() => seals.unseal(place, seals.newSalt(), seals.seal(place, salt, words))).toThrow();
  });

  it('does not open when a bit was changed', () => {
    const sealed = seals.seal(place, salt, words);
    for (const at of [1, 13, 29, sealed.length - 1]) {
      const broken = Buffer.from(sealed);
      broken.writeUInt8(broken.readUInt8(at) ^ 1, at);
      expect(() => seals.unseal(place, salt, broken)).toThrow();
    }
  });

  it('opens what an older key sealed, and seals with the current one', () => {
    const old = seals.seal(place, salt, words);
    const rotated = new Seals({
      current: 2,
      keys: new Map([
        [1, first],
        [2, second],
      ]),
    });
    expect(rotated.unseal(place, salt, old)).toEqual(words);
    expect(rotated.seal(place, salt, words)[0]).toBe(2);
    expect(() => seals.unseal(place, salt, rotated.seal(place, salt, words))).toThrow('Sealing key 2');
    expect(rotated.token('a@tilts.test').equals(seals.token('A@tilts.test'))).toBe(true);
  });
});
