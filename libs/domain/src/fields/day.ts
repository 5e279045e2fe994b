/** A calendar day as people in Latvia mean it: `YYYY-MM-DD` in Europe/Riga. Never a Date, which would carry a time zone. */
export type Day = string;
/** A calendar month, `YYYY-MM`. */
export type Month = string;
/** A moment, ISO 8601 in UTC. */
export type Instant = string;

const riga = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Riga',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const rigaTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Riga',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** The day in Europe/Riga at that moment: 23:30 UTC belongs to the next day. */
export function dayOf(moment: Date | Instant): Day {
  return riga.format(typeof moment === 'string' ? new Date(moment) : moment);
}

/** The time of day in Europe/Riga at that moment, `HH:MM`. */
export function timeOf(moment: Date | Instant): string {
  return rigaTime.format(typeof moment === 'string' ? new Date(moment) : moment);
}

export function monthOf(day: Day): Month {
  return day.slice(0, 7);
}

export function addDays(day: Day, count: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

export function firstDayOf(month: Month): Day {
  return `${month}-01`;
}

export function lastDayOf(month: Month): Day {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

export function addMonths(month: Month, count: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7);
}

/** Every month from the first to the last, both included. */
export function monthsFromTo(from: Month, to: Month): Month[] {
  const months: Month[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** True for a real day: 2026-02-30 is refused, 0001-01-01 too (nobody alive was born before 1890). */
export function isDay(value: unknown): value is Day {
  return (
    typeof value === 'string' &&
    /^(18[9]|19\d|20\d)\d-\d{2}-\d{2}$/.test(value) &&
    !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) &&
    addDays(value, 0) === value
  );
}

export function isMonth(value: unknown): value is Month {
  return typeof value === 'string' && /^20\d\d-(0[1-9]|1[0-2])$/.test(value);
}
