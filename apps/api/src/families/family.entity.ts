import { closeReasons, familyStatuses, type ChoiceOf, type FamilyStatus } from '@tilts/domain';
import { Entity, Unique } from 'typeorm';
import {
  ChoiceColumn,
  CountColumn,
  DayColumn,
  IdColumn,
  ReferenceColumn,
  RefersTo,
  SealedColumn,
  TenantColumn,
  TextColumn,
  BytesColumn,
  WithinTenant,
} from '../database/columns.js';
import { Account } from '../access/account.entity.js';
import { Municipality } from '../municipalities/municipality.entity.js';

/** A family that a mediator works with, and that said yes to being recorded. Everything that names it is sealed. */
@Entity()
@RefersTo(() => Municipality, 'municipalityId')
@RefersTo(() => Account, 'createdBy')
@Unique(['municipalityId', 'code'])
export class Family {
  @TenantColumn()
  municipalityId: string;

  @IdColumn()
  id: string;

  /** What people call it by: `JEL-0012`. */
  @TextColumn()
  code: string;

  @ChoiceColumn(familyStatuses)
  status: FamilyStatus;

  @ChoiceColumn(closeReasons, { optional: true })
  closeReason: ChoiceOf<typeof closeReasons> | null;

  @DayColumn()
  openedOn: string;

  @DayColumn({ optional: true })
  closedOn: string | null;

  @DayColumn({ optional: true })
  lastContactOn: string | null;

  @CountColumn({ min: 1 })
  version: number;

  @ReferenceColumn()
  createdBy: string;

  @SealedColumn()
  sealed: Buffer;
}

/** What the keys of a family's sealed columns are derived from. Deleting this row erases the family at once. */
@Entity()
@WithinTenant(() => Family, ['familyId'])
export class FamilySalt {
  @TenantColumn()
  municipalityId: string;

  @ReferenceColumn({ primary: true })
  familyId: string;

  @BytesColumn()
  salt: Buffer;
}
