import { reachReasons, type ChoiceOf } from '@tilts/domain';
import { Check, Entity, Index, Unique } from 'typeorm';
import {
  ChoiceColumn,
  CountColumn,
  DayColumn,
  IdColumn,
  ReferenceColumn,
  RefersTo,
  TenantColumn,
  WithinTenant,
} from '../database/columns.js';
import { Account } from '../access/account.entity.js';
import { Family } from './family.entity.js';

/**
 * Whose family it is, from one day to another, both included. Row security reads it; the first row is made by the database
 * when a family is registered. An end before the beginning means: handed over on the very day it began.
 */
@Entity()
@WithinTenant(() => Family, ['familyId'])
@RefersTo(() => Account, 'mediatorId')
@Check('family_mediator_days', '"ends_on" >= "starts_on" - 1')
// Everything that is asked of a mediator's reach: found in the index alone.
@Index(['mediatorId', 'municipalityId', 'familyId', 'startsOn', 'endsOn'])
@Index(['familyId', 'municipalityId'])
export class FamilyMediator {
  @TenantColumn()
  municipalityId: string;

  @IdColumn()
  id: string;

  @ReferenceColumn()
  familyId: string;

  @ReferenceColumn()
  mediatorId: string;

  @DayColumn()
  startsOn: string;

  @DayColumn({ optional: true })
  endsOn: string | null;

  @ChoiceColumn(reachReasons)
  reason: ChoiceOf<typeof reachReasons>;
}

/** Which human family a row tells of: one identity in every city and after a merge. Only counting functions read it. */
@Entity()
@WithinTenant(() => Family, ['familyId'])
@Index(['identity'])
@Unique(['municipalityId', 'number'])
export class FamilyIdentity {
  @TenantColumn()
  municipalityId: string;

  @ReferenceColumn({ primary: true })
  familyId: string;

  @ReferenceColumn()
  identity: string;

  /** Its place in the sets of reach sheets; given when it is first counted. */
  @CountColumn({ optional: true })
  number: number | null;
}
