import {
  needAreas,
  visitCapacities,
  visitChannels,
  visitPlaces,
  type ChoiceOf,
  type NeedArea,
  type VisitChannel,
  type VisitPlace,
} from '@tilts/domain';
import { Check, Entity, Index, Unique } from 'typeorm';
import {
  ChoiceColumn,
  ChoicesColumn,
  CountColumn,
  DayColumn,
  IdColumn,
  InstantColumn,
  ReferenceColumn,
  RefersTo,
  SealedColumn,
  TenantColumn,
  TextColumn,
  WithinTenant,
  YesNoColumn,
} from '../database/columns.js';
import { Account } from '../access/account.entity.js';
import { Family } from '../families/family.entity.js';
import { Project } from '../mediators/project.entity.js';

/**
 * One version of a visit, a call or a talk in the street. A correction is a further row with the same `visitId`; of each
 * visit one row is current. Appended only: the API may change nothing but `current`.
 */
@Entity()
@WithinTenant(() => Family, ['familyId'])
@RefersTo(() => Project, 'projectId')
@RefersTo(() => Account, 'mediatorId')
@RefersTo(() => Account, 'recordedBy')
@Unique(['municipalityId', 'visitId', 'version'])
@Unique(['municipalityId', 'familyId', 'id'])
@Check('time_of_day', `"time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'`)
@Index('visit_current_idx', ['municipalityId', 'visitId'], { unique: true, where: '"current"' })
@Index('visit_list_idx', ['municipalityId', 'familyId', 'day', 'visitId'], { where: '"current"' })
@Index('visit_next_step_idx', ['municipalityId', 'familyId', 'nextStepOn'], {
  where: '"current" AND "next_step_on" IS NOT NULL',
})
@Index('visit_recent_idx', ['day', 'visitId'], { where: '"current"' })
@Index('visit_report_idx', ['projectId', 'municipalityId', 'day'], { where: '"current" AND NOT "voided"' })
@Index('visit_own_idx', ['mediatorId', 'day'], { where: '"current" AND NOT "voided"' })
export class Visit {
  @TenantColumn()
  municipalityId: string;

  /** Of this version. The first version's is the visit's own id. */
  @IdColumn()
  id: string;

  /** What the world knows the visit by. */
  @ReferenceColumn()
  visitId: string;

  @CountColumn({ min: 1 })
  version: number;

  @YesNoColumn()
  current: boolean;

  @YesNoColumn()
  voided: boolean;

  @ReferenceColumn()
  familyId: string;

  /** Of that day's assignment. */
  @ReferenceColumn()
  projectId: string;

  @DayColumn()
  day: string;

  @TextColumn({ optional: true })
  time: string | null;

  @CountColumn({ min: 1, max: 1440 })
  minutes: number;

  @ChoiceColumn(visitChannels)
  channel: VisitChannel;

  @ChoiceColumn(visitPlaces)
  place: VisitPlace;

  @ChoiceColumn(visitCapacities)
  capacity: ChoiceOf<typeof visitCapacities>;

  @YesNoColumn()
  reached: boolean;

  @ChoicesColumn(needAreas)
  needAreas: NeedArea[];

  @DayColumn({ optional: true })
  nextStepOn: string | null;

  /** Who visited; stays when somebody else corrects. */
  @ReferenceColumn()
  mediatorId: string;

  @ReferenceColumn()
  recordedBy: string;

  @InstantColumn()
  recordedAt: string;

  /** Note, next step, reason of the correction; null when nothing was written. */
  @SealedColumn({ optional: true })
  sealed: Buffer | null;
}
