import { Entity } from 'typeorm';
import {
  DayColumn,
  InstantColumn,
  ReferenceColumn,
  RefersTo,
  TenantColumn,
  WithinTenant,
} from '../database/columns.js';
import { Account } from '../access/account.entity.js';
import { Family } from '../families/family.entity.js';

/** The next step that a visit promised was done. Knows the visit by its stable id: a correction does not undo it. */
@Entity()
@WithinTenant(() => Family, ['familyId'])
@RefersTo(() => Account, 'doneBy')
export class NextStepDone {
  @TenantColumn()
  municipalityId: string;

  @ReferenceColumn({ primary: true })
  visitId: string;

  @ReferenceColumn()
  familyId: string;

  @DayColumn()
  doneOn: string;

  @ReferenceColumn()
  doneBy: string;

  @InstantColumn()
  at: string;
}
