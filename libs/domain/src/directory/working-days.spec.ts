import { addWorkingDays, workingDaysBetween } from './working-days.js';

const weekdays = (day: string): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

describe('addWorkingDays', () => {
  it('does not count the day itself', () => expect(addWorkingDays('2026-11-23', 1, weekdays)).toBe('2026-11-24'));
  it('goes over weekends', () => expect(addWorkingDays('2026-11-20', 10, weekdays)).toBe('2026-12-04'));
  it('begins on a free day too', () => expect(addWorkingDays('2026-11-21', 1, weekdays)).toBe('2026-11-23'));
  it('leaves the day alone when there is nothing to add', () =>
    expect(addWorkingDays('2026-11-21', 0, weekdays)).toBe('2026-11-21'));
});

describe('workingDaysBetween', () => {
  it('is what was added', () => {
    for (const count of [0, 1, 5, 22])
      expect(workingDaysBetween('2026-11-20', addWorkingDays('2026-11-20', count, weekdays), weekdays)).toBe(count);
  });
  it('is nothing over a weekend and negative backwards', () => {
    expect(workingDaysBetween('2026-11-20', '2026-11-22', weekdays)).toBe(0);
    expect(workingDaysBetween('2026-11-24', '2026-11-23', weekdays)).toBe(-1);
  });
});
