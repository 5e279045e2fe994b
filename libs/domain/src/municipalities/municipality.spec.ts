import { periodOn } from '../index.js';

const old = { validFrom: null, validTo: '2021-06-30', atvk: '0250000' };
const now = { validFrom: '2021-07-01', validTo: null, atvk: '0054000' };

describe('periodOn', () => {
  it.each([
    ['2017-10-01', old],
    ['2021-06-30', old],
    ['2021-07-01', now],
    ['2026-11-23', now],
  ])('on %s', (day, period) => expect(periodOn([old, now], day)).toBe(period));

  it('never refuses an old or a future date', () => {
    const ended = { ...now, validTo: '2024-12-31' };
    expect(periodOn([now], '2017-10-01')).toBe(now);
    expect(periodOn([old, ended], '2026-01-01')).toBe(ended);
    expect(periodOn([], '2026-01-01')).toBeUndefined();
  });
});
