import {
  employmentStatuses,
  genders,
  householdRoles,
  schoolStatuses,
  type ChoiceOf,
  type HouseholdRole,
} from '@tilts/domain';
import { Entity, Index, Unique } from 'typeorm';
import {
  ChoiceColumn,
  CountColumn,
  DayColumn,
  IdColumn,
  ReferenceColumn,
  SealedColumn,
  TenantColumn,
  WithinTenant,
} from '../database/columns.js';
import { Family } from '../families/family.entity.js';

/** A member of a family. Names, phone and the full date of birth are sealed; no ethnicity, and nothing that stands in for it. */
@Entity()
@WithinTenant(() => Family, ['familyId'])
@Index(['familyId', 'municipalityId'])
export class Person {
  @TenantColumn()
  municipalityId: string;

  @IdColumn()
  id: string;

  @ReferenceColumn()
  familyId: string;

  @ChoiceColumn(householdRoles)
  householdRole: HouseholdRole;

  @CountColumn({ min: 1890, max: 2100, optional: true })
  birthYear: number | null;

  @ChoiceColumn(genders)
  gender: ChoiceOf<typeof genders>;

  @ChoiceColumn(schoolStatuses)
  schoolStatus: ChoiceOf<typeof schoolStatuses>;

  @ChoiceColumn(employmentStatuses)
  employmentStatus: ChoiceOf<typeof employmentStatuses>;

  @DayColumn({ optional: true })
  leftOn: string | null;

  @CountColumn({ min: 1 })
  version: number;

  @SealedColumn()
  sealed: Buffer;
}

/** Which human person a row tells of, in every city and after a merge. Only counting functions read it. */
@Entity()
@WithinTenant(() => Person, ['personId'])
@Index(['identity'])
@Unique(['municipalityId', 'number'])
export class PersonIdentity {
  @TenantColumn()
  municipalityId: string;

  @ReferenceColumn({ primary: true })
  personId: string;

  @ReferenceColumn()
  identity: string;

  /** Its place in the sets of reach sheets; given when it is first counted. */
  @CountColumn({ optional: true })
  number: number | null;
}
