import { outcomeTypes, type OutcomeType } from '@tilts/domain';
import { Entity, Index } from 'typeorm';
import {
  ChoiceColumn,
  DayColumn,
  IdColumn,
  InstantColumn,
  ReferenceColumn,
  RefersTo,
  TenantColumn,
  WithinTenant,
} from '../database/columns.js';
import { Account } from '../access/account.entity.js';
import { Family } from '../families/family.entity.js';
import { Project } from '../mediators/project.entity.js';
import { Person } from '../persons/person.entity.js';

/** A dated, countable fact about a person or a family, or with `voids` the end of one that was written by mistake. */
@Entity()
@WithinTenant(() => Family, ['familyId'])
@WithinTenant(() => Person, ['personId'])
@WithinTenant(() => Outcome, ['voids'])
@RefersTo(() => Project, 'projectId')
@RefersTo(() => Account, 'recordedBy')
@Index(['municipalityId', 'familyId', 'day'])
@Index(['municipalityId', 'visitId'], { where: '"visit_id" IS NOT NULL' })
export class Outcome {
  @TenantColumn()
  municipalityId: string;

  @IdColumn()
  id: string;

  @ReferenceColumn()
  familyId: string;

  /** Null: the family as a whole. */
  @ReferenceColumn({ optional: true })
  personId: string | null;

  /** The visit in which it was ticked: its stable id, so no reference to one version. */
  @ReferenceColumn({ optional: true })
  visitId: string | null;

  @ChoiceColumn(outcomeTypes)
  type: OutcomeType;

  @DayColumn()
  day: string;

  @ReferenceColumn({ optional: true })
  voids: string | null;

  @ReferenceColumn()
  projectId: string;

  @ReferenceColumn()
  recordedBy: string;

  @InstantColumn()
  recordedAt: string;
}
