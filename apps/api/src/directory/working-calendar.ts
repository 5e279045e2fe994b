import { addWorkingDays, type Day, type PublicHoliday, type WorksOn } from '@tilts/domain';
import Holidays from 'date-holidays';
import type { WorkingDayException } from './working-days-seed.js';

/** Who counts the days. Moved working days bind state bodies; who does not follow them keeps the plain calendar. */
export interface Counting {
  followsMovedDays: boolean;
}

const latvia = new Holidays('LV');

/** Which days people in Latvia work: weekends and public holidays from a library, and the exceptions that it does not know. */
export class WorkingCalendar {
  private readonly exceptions: ReadonlyMap<Day, WorkingDayException>;

  constructor(exceptions: readonly WorkingDayException[]) {
    this.exceptions = new Map(exceptions.map((exception) => [exception.day, exception]));
  }

  worksOn(counting: Counting): WorksOn {
    return (day) => {
      const exception = this.exceptions.get(day);
      return exception && binds(exception, counting) ? exception.works : isPlainWorkingDay(day);
    };
  }

  add(from: Day, count: number, counting: Counting): Day {
    return addWorkingDays(from, count, this.worksOn(counting));
  }

  /** As `workingDaysBetween` counts, by years instead of days: an inbox asks it for each referral, some of them years old. */
  between(from: Day, to: Day, counting: Counting): number {
    if (to < from) return -this.between(to, from, counting);
    let count = plainDaysUpTo(to) - plainDaysUpTo(from);
    for (let year = yearOf(from); year < yearOf(to); year += 1) count += plainYear(year).at(-1) ?? 0;
    for (const exception of this.exceptions.values()) {
      const { day, works } = exception;
      if (from < day && day <= to && binds(exception, counting))
        count += Number(works) - Number(isPlainWorkingDay(day));
    }
    return count;
  }
}

function binds({ moved }: WorkingDayException, { followsMovedDays }: Counting): boolean {
  return followsMovedDays || !moved;
}

/** Computing a year of movable feasts takes a millisecond, so each is kept: working days from 1 January up to and with each day. */
const years = new Map<number, Uint16Array>();

function plainYear(year: number): Uint16Array {
  let counts = years.get(year);
  if (!counts) {
    const holidays = new Set(publicHolidaysOf(year).map((holiday) => holiday.day));
    const first = Date.UTC(year, 0, 1);
    const length = (Date.UTC(year + 1, 0, 1) - first) / DAY_MS;
    counts = new Uint16Array(length);
    for (let n = 0, count = 0; n < length; n += 1) {
      const date = new Date(first + n * DAY_MS);
      const isWeekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
      if (!isWeekend && !holidays.has(date.toISOString().slice(0, 10))) count += 1;
      counts[n] = count;
    }
    years.set(year, counts);
  }
  return counts;
}

const DAY_MS = 86_400_000;

function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

function ordinalOf(day: Day): number {
  return (Date.parse(`${day}T00:00:00Z`) - Date.UTC(yearOf(day), 0, 1)) / DAY_MS;
}

function plainDaysUpTo(day: Day): number {
  return plainYear(yearOf(day))[ordinalOf(day)] ?? 0;
}

function isPlainWorkingDay(day: Day): boolean {
  const before = plainYear(yearOf(day))[ordinalOf(day) - 1] ?? 0;
  return plainDaysUpTo(day) > before;
}

/** The public holidays of a year, a day each; a holiday that is moved to a Monday stands on both days. */
export function publicHolidaysOf(year: number): PublicHoliday[] {
  const found = (language: string): { day: Day; name: string }[] =>
    latvia
      .getHolidays(year, language)
      .filter((holiday) => holiday.type === 'public')
      .map(({ date, name }) => ({ day: date.slice(0, 10), name }));
  const english = new Map(found('en').map(({ day, name }) => [day, name]));
  return found('lv').map(({ day, name }) => ({ day, name, nameEn: english.get(day) ?? name }));
}
