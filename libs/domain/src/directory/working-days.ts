import { addDays, type Day } from '../fields/day.js';

/** Whether people work on that day: weekends, public holidays and moved working days are the caller's knowledge. */
export type WorksOn = (day: Day) => boolean;

/** The day that lies `count` working days after `from`; `from` itself does not count. */
export function addWorkingDays(from: Day, count: number, worksOn: WorksOn): Day {
  let day = from;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (worksOn(day)) left -= 1;
  }
  return day;
}

/** Working days after `from` up to and with `to`; negative when `to` is earlier. */
export function workingDaysBetween(from: Day, to: Day, worksOn: WorksOn): number {
  if (to < from) return -workingDaysBetween(to, from, worksOn);
  let count = 0;
  for (let day = from; day < to;) {
    day = addDays(day, 1);
    if (worksOn(day)) count += 1;
  }
  return count;
}
