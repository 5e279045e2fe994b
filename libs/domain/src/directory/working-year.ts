import { Count, DateOnly, Parts, Text, YesNo } from '../fields/fields.js';

/** A public holiday, computed from the law's list. */
export class PublicHoliday {
  @DateOnly()
  day: string;

  /** In Latvian. */
  @Text({ max: 120 })
  name: string;

  @Text({ max: 120 })
  nameEn: string;
}

/** A day on which people work otherwise than weekends and public holidays tell. */
export class WorkingDayException {
  @DateOnly()
  day: string;

  @YesNo()
  works: boolean;

  /** A moved working day binds only institutions that follow moved days; a holiday given once binds all. */
  @YesNo()
  moved: boolean;

  @Text({ max: 200 })
  note: string;
}

export class WorkingYearFilter {
  @Count({ min: 2000, max: 2099 })
  year: number;
}

/** What makes one year different from plain weeks. */
export class WorkingYear {
  @Count({ min: 2000, max: 2099 })
  year: number;

  @Parts(() => PublicHoliday)
  holidays: PublicHoliday[];

  @Parts(() => WorkingDayException)
  exceptions: WorkingDayException[];
}

export class ExceptionRemoval {
  @DateOnly()
  day: string;
}
