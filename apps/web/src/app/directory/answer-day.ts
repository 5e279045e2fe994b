import { addWorkingDays, type Day, type WorkingYear, type WorksOn } from '@tilts/domain';

/** The day by which an institution would answer what is sent today; the same count as the server's, while the form is still being filled. */
export function answerDay(
  today: Day,
  { answerDays, followsMovedDays }: { answerDays: number; followsMovedDays: boolean },
  years: readonly WorkingYear[],
): Day {
  return addWorkingDays(today, answerDays, worksOnIn(years, followsMovedDays));
}

/** Moved working days bind only those who follow them; a holiday that was given once binds all. */
export function worksOnIn(years: readonly WorkingYear[], followsMovedDays: boolean): WorksOn {
  const holidays = new Set(years.flatMap((year) => year.holidays.map(({ day }) => day)));
  const exceptions = new Map(years.flatMap((year) => year.exceptions.map((one) => [one.day, one])));
  return (day) => {
    const exception = exceptions.get(day);
    if (exception && (followsMovedDays || !exception.moved)) return exception.works;
    return !isWeekend(day) && !holidays.has(day);
  };
}

export function isWeekend(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}
