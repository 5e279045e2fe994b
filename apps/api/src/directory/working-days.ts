import { Injectable } from '@nestjs/common';
import type { Day } from '@tilts/domain';
import { RequestTransaction, type SessionContext } from '../database/request-transaction.js';
import { WorkingCalendar, type Counting } from './working-calendar.js';
import type { WorkingDayException } from './working-days-seed.js';

/**
 * Counts working days as an institution counts them. A coordinator may have changed the exceptions a moment ago, in another
 * process: they are read once a request, never kept beyond it.
 */
@Injectable()
export class WorkingDays {
  /** By the session of the running transaction, which every request has of its own. */
  private readonly known = new WeakMap<SessionContext, Promise<WorkingCalendar>>();

  constructor(private readonly transaction: RequestTransaction) {}

  async calendar(): Promise<WorkingCalendar> {
    const { session } = this.transaction;
    let calendar = this.known.get(session);
    if (!calendar) this.known.set(session, (calendar = this.read()));
    return calendar;
  }

  /** The day by which an institution that is asked on `from` promises to answer. */
  async dueOn(institution: Counting & { answerDays: number }, from: Day): Promise<Day> {
    return (await this.calendar()).add(from, institution.answerDays, institution);
  }

  /** Working days of that institution after `from`, up to and with `to`. */
  async between(institution: Counting, from: Day, to: Day): Promise<number> {
    return (await this.calendar()).between(from, to, institution);
  }

  private async read(): Promise<WorkingCalendar> {
    return new WorkingCalendar(
      await this.transaction.query<WorkingDayException>('SELECT day, works, moved, note FROM working_day_exception'),
    );
  }
}
