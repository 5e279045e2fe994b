import { Entity, Index } from 'typeorm';
import {
  BitsColumn,
  CountColumn,
  DayColumn,
  IdColumn,
  ReferenceColumn,
  ReferencesColumn,
  TechnicalTextColumn,
  TenantColumn,
} from '../database/columns.js';

/**
 * Who was reached in one city, project and month, counted ahead: in all, by channel, by need, by need and kind of help. Sets of
 * numbers instead of people, so that several months together are counted exactly. Only the report's function reads and writes it.
 */
@Entity()
@Index(['projectId', 'month'])
export class ReachSheet {
  @TenantColumn()
  municipalityId: string;

  @ReferenceColumn({ primary: true })
  projectId: string;

  /** Its first day. */
  @DayColumn({ primary: true })
  month: string;

  /** 'all', 'channel', 'need' or 'help'. */
  @TechnicalTextColumn({ primary: true })
  section: string;

  @TechnicalTextColumn({ primary: true })
  rowKey: string;

  @TechnicalTextColumn({ primary: true })
  columnKey: string;

  /** By `number` of family_identity in this city. */
  @BitsColumn()
  families: string;

  @BitsColumn()
  persons: string;

  /** Identities that are known in other cities too: counted once in the country. */
  @ReferencesColumn()
  sharedFamilies: string[];

  @ReferencesColumn()
  sharedPersons: string[];

  @CountColumn()
  visits: number;

  @CountColumn()
  minutes: number;

  @CountColumn()
  notReached: number;

  /** Written down more than a week after the visit. */
  @CountColumn()
  enteredLate: number;
}

/** A sheet that something has changed since it was counted. Rows are only added and taken, so nobody waits for anybody. */
@Entity()
@Index(['projectId', 'month'])
export class ReachStale {
  @TenantColumn()
  municipalityId: string;

  @IdColumn()
  id: string;

  @ReferenceColumn()
  projectId: string;

  @DayColumn()
  month: string;
}
