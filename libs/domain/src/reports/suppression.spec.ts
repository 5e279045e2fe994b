import fc from 'fast-check';
import { attack } from './testing/attack.js';
import { counted, visitsOf, type Contact } from './testing/counted-report.js';
import { hideSmallFigures, type OutcomeReport } from '../index.js';

const cities = 5;
const contact: fc.Arbitrary<Contact> = fc.record({
  family: fc.integer({ min: 0, max: 30 }),
  city: fc.integer({ min: 0, max: cities - 1 }),
  month: fc.integer({ min: 0, max: 3 }),
  channel: fc.integer({ min: 0, max: 3 }),
  need: fc.integer({ min: 0, max: 5 }),
  kind: fc.integer({ min: 0, max: 3 }),
  helped: fc.integer({ min: 0, max: 3 }),
  minutes: fc.integer({ min: 1, max: 90 }),
});
const contacts = fc.array(contact, { maxLength: 120, size: 'max' });

/** A town mostly keeps its families: a few contacts lie elsewhere, as after a move. */
const settled = contacts.map((list) =>
  list.map((c, i) => (i % 17 === 0 ? c : { ...c, city: c.family % 7 === 0 ? 0 : (c.family % 4) + 1 })),
);
const threshold = fc.integer({ min: 3, max: 7 });

const onlyThreshold = (report: OutcomeReport, limit: number): OutcomeReport => {
  const copy = structuredClone(report);
  const small = (value: number | null): boolean => value !== null && value > 0 && value < limit;
  for (const row of [
    copy.totals,
    ...copy.municipalities,
    ...copy.months,
    ...copy.channels,
    ...copy.needs,
    ...copy.help,
  ]) {
    const hide = small(row.familiesReached) || small(row.personsAssisted);
    if (small(row.familiesReached)) row.familiesReached = null;
    if (small(row.personsAssisted)) row.personsAssisted = null;
    if (hide && 'visits' in row) row.visits = row.minutes = null;
  }
  return copy;
};

test('nobody who solves all tables together can compute a hidden figure', () => {
  fc.assert(
    fc.property(settled, threshold, (list, limit) => {
      expect(attack(hideSmallFigures(counted(visitsOf(list)), limit), counted(visitsOf(list)))).toEqual([]);
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('the attack works: where only small figures are hidden, it computes some of them', () => {
  const found = fc.check(
    fc.property(
      settled,
      threshold,
      (list, limit) => attack(onlyThreshold(counted(visitsOf(list)), limit), counted(visitsOf(list))).length === 0,
    ),
    { numRuns: 150, endOnFailure: true },
  );
  expect(found.failed).toBe(true);
}, 60_000);

test('small figures never stay, others are true, mediators are always shown', () => {
  fc.assert(
    fc.property(settled, threshold, (list, limit) => {
      const truth = counted(visitsOf(list));
      const shown = hideSmallFigures(truth, limit);
      expect(shown.totals.mediators).toBe(truth.totals.mediators);
      for (const [table, rows] of Object.entries({
        municipalities: truth.municipalities,
        months: truth.months,
        channels: truth.channels,
        needs: truth.needs,
        help: truth.help,
      })) {
        rows.forEach((row, i) => {
          const published = (shown as unknown as Record<string, Record<string, number | null>[]>)[table]?.[i];
          for (const key of ['familiesReached', 'personsAssisted', 'visits', 'minutes'] as const) {
            const value = (row as unknown as Record<string, number | undefined>)[key];
            if (value === undefined) continue;
            expect([value, null]).toContain(published?.[key]);
            if ((key === 'familiesReached' || key === 'personsAssisted') && value > 0 && value < limit)
              expect(published?.[key]).toBeNull();
          }
        });
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('one hidden cell in a row or column of needs and help hides a second', () => {
  fc.assert(
    fc.property(settled, (list) => {
      const { help, needs } = hideSmallFigures(counted(visitsOf(list)), 5);
      for (const measure of ['familiesReached', 'personsAssisted'] as const) {
        for (const row of needs.filter((need) => need[measure] !== null)) {
          expect(help.filter((cell) => cell.needArea === row.needArea && cell[measure] === null).length).not.toBe(1);
        }
        for (const kind of new Set(help.map((cell) => cell.kind)))
          expect(help.filter((cell) => cell.kind === kind && cell[measure] === null).length).not.toBe(1);
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

describe('by example', () => {
  const town = (city: number, families: number): Contact[] =>
    Array.from({ length: families }, (_, i) => ({
      family: city * 100 + i,
      city,
      month: i % 2,
      channel: 0,
      need: 0,
      kind: 0,
      helped: 1,
      minutes: 30,
    }));
  const families = (list: Contact[], limit = 5): (number | null)[] =>
    hideSmallFigures(counted(visitsOf(list)), limit).municipalities.map((row) => row.familiesReached);

  test('the smallest other town goes with the small one; the total stays', () => {
    const list = [...town(0, 31), ...town(1, 3), ...town(2, 29), ...town(3, 22), ...town(4, 34)];
    expect(families(list)).toEqual([31, null, 29, null, 34]);
    expect(hideSmallFigures(counted(visitsOf(list)), 5).totals.familiesReached).toBe(119);
  });

  test('visits and minutes go with a small number of families', () => {
    const report = hideSmallFigures(counted(visitsOf([...town(0, 31), ...town(1, 3), ...town(2, 29)])), 5);
    expect(report.municipalities.map((row) => [row.visits, row.minutes])).toEqual([
      [31, 930],
      [null, null],
      [null, null],
      [0, 0],
      [0, 0],
    ]);
  });

  test('where no other town has anybody, a zero is the second', () => {
    const shown = families([
      ...town(0, 3),
      ...town(0, 3).map((c) => ({ ...c, family: c.family + 50, city: 1 })),
      ...town(2, 0),
    ]);
    expect(shown).toEqual([null, null, 0, 0, 0]);
  });

  test('two towns of one family each are not given away by a sum of two', () => {
    expect(families([...town(0, 31), ...town(1, 1), ...town(2, 1), ...town(3, 9)])).toEqual([31, null, null, null, 0]);
  });

  test('a threshold below three is refused', () => {
    expect(() => hideSmallFigures(counted([]), 2)).toThrow(RangeError);
  });
});
