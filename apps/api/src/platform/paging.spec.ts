import { DomainError, newId } from '@tilts/domain';
import { afterOf, cut, type KeyKind } from './paging.js';

const id = newId();
const read = (key: string[], ...kinds: KeyKind[]): string[] | string => {
  try {
    return afterOf({ after: Buffer.from(key.join(' ')).toString('base64url') }, ...kinds);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.fields.map(({ field, code }) => `${field} ${code}`).join();
  }
};

test('a cursor that was given out tells where the page begins', () => {
  const { next } = cut(['2026-11-23', '2026-11-22'], 1, (day) => [day, id]);
  expect(afterOf({ after: next }, 'day', 'id')).toEqual(['2026-11-23', id]);
  expect(afterOf({ after: null }, 'day', 'id')).toEqual([]);
  expect(read(['2026-11-23T05:47:22.31Z', id], 'moment', 'id')).toHaveLength(2);
  expect(read(['9876543210', id], 'number', 'id')).toHaveLength(2);
  expect(read(['-24', id], 'number', 'id')).toHaveLength(2);
});

// What PostgreSQL could not read would be answered as a failure of ours.
test.each<[KeyKind, string]>([
  ['day', '1'],
  ['day', '2026-02-30'],
  ['day', '0000-01-01'],
  ['day', id],
  ['moment', '2026-11-23'],
  ['moment', '2026-02-31T10:00:00Z'],
  ['moment', '0000-11-11T10:00:00Z'],
  ['moment', '2026-11-23T24:00:01Z'],
  ['number', '2026-11-23'],
  ['number', '9999999999999999'],
  ['number', '1.5'],
  ['id', '2026-11-23'],
  ['id', 'x'],
])('no %s: %s', (kind, key) => {
  expect(read([key, id], kind, 'id')).toBe('after malformed');
  expect(read([key], kind, 'id')).toBe('after malformed');
});
