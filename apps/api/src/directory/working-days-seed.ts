import type { Day } from '@tilts/domain';

/** A day that does not follow weekends and the holidays that the library knows. */
export interface WorkingDayException {
  day: Day;
  works: boolean;
  /** A moved working day binds only those who follow moved days; a public holiday binds all. */
  moved: boolean;
  note: string;
}

/** To be added to each year, when the Cabinet has ordered the moved days of the next one. */
export const workingDayExceptions: readonly WorkingDayException[] = [
  { day: '2018-04-21', works: true, moved: true, note: 'Pārcelta darba diena (30. aprīļa vietā)' },
  { day: '2018-04-30', works: false, moved: true, note: 'Pārcelta uz 21. aprīli' },
  { day: '2023-07-10', works: false, moved: false, note: 'Pēc Vispārējo latviešu Dziesmu un Deju svētku noslēguma' },
];
