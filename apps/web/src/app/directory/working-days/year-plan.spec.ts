import type { WorkingYear } from '@tilts/domain';
import { monthsOf, movedDaysMissing, plainlyWorks } from './year-plan';

const year: WorkingYear = {
  year: 2027,
  holidays: [
    { day: '2027-01-01', name: 'Jaungads', nameEn: 'New Year' },
    { day: '2027-05-04', name: 'Neatkarības diena', nameEn: 'Independence Day' },
  ],
  exceptions: [
    { day: '2027-05-03', works: false, moved: true, note: 'Pārcelta' },
    { day: '2027-05-08', works: true, moved: true, note: 'Jāstrādā' },
    { day: '2027-05-04', works: true, moved: false, note: 'Visi strādā' },
  ],
};

describe('The plan of a year', () => {
  it('has twelve months of whole weeks from Monday', () => {
    const months = monthsOf(year);
    expect(months.map(({ month }) => month)).toEqual(
      Array.from({ length: 12 }, (_, index) => `2027-${String(index + 1).padStart(2, '0')}`),
    );
    // 1 January 2027 is a Friday.
    expect(months[0]?.weeks[0]?.map((cell) => cell?.number ?? null)).toEqual([null, null, null, null, 1, 2, 3]);
    expect(months.flatMap(({ weeks }) => weeks.flat()).filter(Boolean)).toHaveLength(365);
    expect(months.flatMap(({ weeks }) => weeks).every((week) => week.length === 7)).toBe(true);
  });

  it('marks each special day by its kind; an exception says more than the holiday of its day', () => {
    const may = monthsOf(year)[4]?.weeks.flat() ?? [];
    const kinds = may.filter((cell) => cell?.kind).map((cell) => [cell?.number, cell?.kind]);
    expect(kinds).toEqual([
      [3, 'moved-free'],
      [4, 'all-works'],
      [8, 'moved-works'],
    ]);
  });

  it('knows what is worked without any entry', () => {
    expect(['2027-01-01', '2027-01-02', '2027-01-04'].map((day) => plainlyWorks(day, year))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('misses the moved days of the next year from November on, until one is entered', () => {
    const nothing = { ...year, exceptions: year.exceptions.filter(({ moved }) => !moved) };
    expect(movedDaysMissing('2026-10-31', nothing)).toBe(false);
    expect(movedDaysMissing('2026-11-01', nothing)).toBe(true);
    expect(movedDaysMissing('2026-12-31', year)).toBe(false);
  });
});
