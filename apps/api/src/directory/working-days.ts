import { Injectable } from '@nestjs/common';
import type { Day } from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';
import { WorkingCalendar, type Counting } from './working-calendar.js';
import type { WorkingDayException } from './working-days-seed.js';

/** Counts working days as an institution counts them. The exceptions change only with a migrate, so they are read once a process. */
@Injectable()
export class WorkingDays {
  private known: WorkingCalendar | undefined;

  constructor(private readonly transaction: RequestTransaction) {}

  async calendar(): Promise<WorkingCalendar> {
    this.known ??= new WorkingCalendar(
      await this.transaction.query<WorkingDayException>('SELECT day, works, moved, note FROM working_day_exception'),
    );
    return this.known;
  }

  /** The day by which an institution that is asked on `from` promises to answer. */
  async dueOn(institution: Counting & { answerDays: number }, from: Day): Promise<Day> {
    return (await this.calendar()).add(from, institution.answerDays, institution);
  }

  /** Working days of that institution after `from`, up to and with `to`. */
  async between(institution: Counting, from: Day, to: Day): Promise<number> {
    return (await this.calendar()).between(from, to, institution);
  }
}
