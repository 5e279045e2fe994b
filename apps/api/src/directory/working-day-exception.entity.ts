import { Entity } from 'typeorm';
import { DayColumn, TextColumn, YesNoColumn } from '../database/columns.js';

/** A day on which people work otherwise than weekends and public holidays tell: a moved working day, a holiday given once. */
@Entity()
export class WorkingDayException {
  @DayColumn({ primary: true })
  day: string;

  @YesNoColumn()
  works: boolean;

  /** A moved working day binds only institutions that follow moved days; a public holiday binds all. */
  @YesNoColumn()
  moved: boolean;

  @TextColumn()
  note: string;
}
