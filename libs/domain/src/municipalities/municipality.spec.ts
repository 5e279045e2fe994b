import { checkInput, NewMunicipality, periodOn } from '../index.js';

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

describe('periods of a new municipality', () => {
  const problems = (...periods: object[]): unknown =>
    checkInput(NewMunicipality, {
      id: '0199a1f0-0000-7000-8000-000000000000',
      familyPrefix: 'VAL',
      name: 'Valmiera',
      nameIn: 'Valmierā',
      periods: periods.map((period) => ({ name: 'Valmiera', ...period })),
    }).problems;

  it('follow one another', () => {
    expect(problems(old, now)).toEqual([]);
    expect(problems()).toEqual([{ field: 'periods', code: 'required' }]);
    expect(problems(now, old)).toEqual([{ field: 'periods.1.validFrom', code: 'beforeTheOther' }]);
    expect(problems(old, { ...now, validFrom: '2021-06-30' })).toEqual([
      { field: 'periods.1.validFrom', code: 'beforeTheOther' },
    ]);
    expect(problems({ ...now, validTo: '2021-01-01' })).toEqual([
      { field: 'periods.0.validTo', code: 'beforeTheOther' },
    ]);
  });

  it('have codes of seven digits', () =>
    expect(problems({ ...now, atvk: '54000' })).toMatchObject([{ field: 'periods.0.atvk', code: 'malformed' }]));
});
