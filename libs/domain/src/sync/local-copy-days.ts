import { directoryEndpoints } from '../directory/directory.endpoints.js';
import { addWorkingDays, workingDaysBetween, type WorksOn } from '../directory/working-days.js';
import type { WorkingDayException, WorkingYear } from '../directory/working-year.js';
import type { Day } from '../fields/day.js';
import { keptAnswer, type HeldCopy } from './local-copy.js';
import { once } from './local-copy-lists.js';

type Known = Pick<HeldCopy, 'reference'>;
/** How an institution counts: moved working days bind only those that follow them. */
interface Counting {
  followsMovedDays: boolean;
}

/** Working days of that institution after `from`, up to and with `to`; undefined when a year between is not held here. */
export function workingDaysHeld(copy: Known, counting: Counting, from: Day, to: Day): number | undefined {
  const worksOn = from < to ? worksOnHeld(copy, counting, from, to) : worksOnHeld(copy, counting, to, from);
  return worksOn && workingDaysBetween(from, to, worksOn);
}

/** The day by which an institution that is asked on `from` promises to answer. */
export function dueOnHeld(copy: Known, counting: Counting & { answerDays: number }, from: Day): Day | undefined {
  // At most 120 working days.
  const worksOn = worksOnHeld(copy, counting, from, `${yearOf(from) + 1}-01-01`);
  return worksOn && addWorkingDays(from, counting.answerDays, worksOn);
}

function worksOnHeld(copy: Known, { followsMovedDays }: Counting, from: Day, to: Day): WorksOn | undefined {
  const years = new Map<number, SpecialDays>();
  for (let year = yearOf(from); year <= yearOf(to); year += 1) {
    const held = keptAnswer(copy, directoryEndpoints.workingYear, { year });
    if (!held) return undefined;
    years.set(year, specialDaysOf(held));
  }
  return (day) => {
    const year = years.get(yearOf(day));
    const exception = year?.exceptions.get(day);
    if (exception && (followsMovedDays || !exception.moved)) return exception.works;
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    return weekday !== 0 && weekday !== 6 && !year?.holidays.has(day);
  };
}

interface SpecialDays {
  holidays: ReadonlySet<Day>;
  exceptions: ReadonlyMap<Day, WorkingDayException>;
}

const specialDaysOf = once(({ holidays, exceptions }: WorkingYear): SpecialDays => ({
  holidays: new Set(holidays.map(({ day }) => day)),
  exceptions: new Map(exceptions.map((exception) => [exception.day, exception])),
}));

function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}
