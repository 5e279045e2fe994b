import { dayOf, type Day } from '@tilts/domain';

/** A clock that stands still until it is told otherwise; may be given wherever the API takes its Clock. */
export class TestClock {
  private moment: Date;

  constructor(start: string | Date = '2026-11-23T08:20:00Z') {
    this.moment = new Date(start);
  }

  now(): Date {
    return new Date(this.moment);
  }

  /** The day in Europe/Riga. */
  today(): Day {
    return dayOf(this.moment);
  }

  set(moment: string | Date): void {
    this.moment = new Date(moment);
  }

  advance(by: { days?: number; minutes?: number; seconds?: number }): void {
    const minutes = (by.days ?? 0) * 1_440 + (by.minutes ?? 0);
    this.moment = new Date(this.moment.getTime() + minutes * 60_000 + (by.seconds ?? 0) * 1_000);
  }
}
