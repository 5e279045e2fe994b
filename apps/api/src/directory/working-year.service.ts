import { Injectable } from '@nestjs/common';
import type { Day, WorkingDayException, WorkingYear } from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';
import { publicHolidaysOf } from './working-calendar.js';

const exceptionsOf = `
  SELECT day, works, moved, note FROM working_day_exception WHERE day >= $1::date AND day < $2::date ORDER BY day`;
const put = `
  INSERT INTO working_day_exception (day, works, moved, note) VALUES ($1, $2, $3, $4)
  ON CONFLICT (day) DO UPDATE SET works = excluded.works, moved = excluded.moved, note = excluded.note`;

/** The table that a coordinator fills each year, when the Cabinet has ordered the moved working days of the next one. */
@Injectable()
export class WorkingYearService {
  constructor(private readonly transaction: RequestTransaction) {}

  async read(year: number): Promise<WorkingYear> {
    const exceptions = await this.transaction.query<WorkingDayException>(exceptionsOf, [
      `${year}-01-01`,
      `${year + 1}-01-01`,
    ]);
    return { year, holidays: publicHolidaysOf(year), exceptions };
  }

  async put({ day, works, moved, note }: WorkingDayException): Promise<WorkingYear> {
    await this.transaction.query(put, [day, works, moved, note]);
    return this.read(yearOf(day));
  }

  async remove(day: Day): Promise<WorkingYear> {
    await this.transaction.query('DELETE FROM working_day_exception WHERE day = $1', [day]);
    return this.read(yearOf(day));
  }
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}
