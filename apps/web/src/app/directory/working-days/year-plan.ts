import { addDays, firstDayOf, lastDayOf, type Day, type WorkingDayException, type WorkingYear } from '@tilts/domain';
import { isWeekend } from '../answer-day';

/** What makes a day special: a holiday by law, a day that is worked or free because it was moved, or one that is free (or worked) for all. */
export type DayKind = 'holiday' | 'moved-free' | 'moved-works' | 'all-free' | 'all-works';

export interface SpecialDay {
  day: Day;
  kind: DayKind;
  note: string;
}

export function kindOf({ works, moved }: Pick<WorkingDayException, 'works' | 'moved'>): DayKind {
  if (works) return moved ? 'moved-works' : 'all-works';
  return moved ? 'moved-free' : 'all-free';
}

export function holidaysOf(year: WorkingYear, english: boolean): SpecialDay[] {
  return year.holidays
    .map(({ day, name, nameEn }): SpecialDay => ({ day, kind: 'holiday', note: english ? nameEn : name }))
    .sort((a, b) => a.day.localeCompare(b.day));
}

export function exceptionsOf(year: WorkingYear): SpecialDay[] {
  return year.exceptions
    .map((one): SpecialDay => ({ day: one.day, kind: kindOf(one), note: one.note }))
    .sort((a, b) => a.day.localeCompare(b.day));
}

export interface DayCell {
  number: number;
  kind: DayKind | null;
  weekend: boolean;
}

/** A month as a wall calendar shows it: weeks from Monday, empty places before the first and after the last day. */
export interface MonthPlan {
  month: string;
  weeks: (DayCell | null)[][];
}

export function monthsOf(year: WorkingYear): MonthPlan[] {
  // An exception says more than the holiday of the same day.
  const kinds = new Map([...holidaysOf(year, false), ...exceptionsOf(year)].map(({ day, kind }) => [day, kind]));
  return Array.from({ length: 12 }, (_, index) => {
    const month = `${year.year}-${String(index + 1).padStart(2, '0')}`;
    const cells: (DayCell | null)[] = Array.from({ length: weekdayOf(firstDayOf(month)) }, () => null);
    for (let day = firstDayOf(month); day <= lastDayOf(month); day = addDays(day, 1))
      cells.push({ number: Number(day.slice(8)), kind: kinds.get(day) ?? null, weekend: isWeekend(day) });
    while (cells.length % 7 !== 0) cells.push(null);
    return { month, weeks: Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7)) };
  });
}

/** Whether weekends and holidays alone already say that people work, or do not work, on that day. */
export function plainlyWorks(day: Day, year: WorkingYear): boolean {
  return !isWeekend(day) && !year.holidays.some((holiday) => holiday.day === day);
}

/** The Cabinet orders the moved days of the next year in autumn; from November on their absence means that nobody entered them. */
export function movedDaysMissing(today: Day, next: WorkingYear): boolean {
  return today.slice(5, 7) >= '11' && !next.exceptions.some(({ moved }) => moved);
}

/** Monday is 0. */
function weekdayOf(day: Day): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}
