import { addWorkingDays, workingDaysBetween, type Day, type PublicHoliday, type WorksOn } from '@tilts/domain';
import Holidays from 'date-holidays';
import type { WorkingDayException } from './working-days-seed.js';

/** Who counts the days. Moved working days bind state bodies; who does not follow them keeps the plain calendar. */
export interface Counting {
  followsMovedDays: boolean;
}

const latvia = new Holidays('LV');
const holidaysByYear = new Map<string, ReadonlySet<Day>>();

/** Which days people in Latvia work: weekends and public holidays from a library, and the exceptions that it does not know. */
export class WorkingCalendar {
  private readonly exceptions: ReadonlyMap<Day, WorkingDayException>;

  constructor(exceptions: readonly WorkingDayException[]) {
    this.exceptions = new Map(exceptions.map((exception) => [exception.day, exception]));
  }

  worksOn({ followsMovedDays }: Counting): WorksOn {
    return (day) => {
      const exception = this.exceptions.get(day);
      if (exception && (followsMovedDays || !exception.moved)) return exception.works;
      return !isWeekend(day) && !holidaysOf(day).has(day);
    };
  }

  add(from: Day, count: number, counting: Counting): Day {
    return addWorkingDays(from, count, this.worksOn(counting));
  }

  between(from: Day, to: Day, counting: Counting): number {
    return workingDaysBetween(from, to, this.worksOn(counting));
  }
}

function isWeekend(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** Computing a year of movable feasts takes a millisecond, so each is kept. */
function holidaysOf(day: Day): ReadonlySet<Day> {
  const year = day.slice(0, 4);
  let holidays = holidaysByYear.get(year);
  if (!holidays)
    holidaysByYear.set(year, (holidays = new Set(publicHolidaysOf(Number(year)).map((holiday) => holiday.day))));
  return holidays;
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
