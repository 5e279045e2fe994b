import { addDays, type Day } from '@tilts/domain';

/** Phones and hours of institutions change; after a year somebody should ask whether they still hold. */
export function isStale(confirmedOn: Day | null, today: Day): boolean {
  return confirmedOn === null || confirmedOn < addDays(today, -365);
}
