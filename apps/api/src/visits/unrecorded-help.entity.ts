import { assistanceKinds, needAreas, type AssistanceKind, type NeedArea } from '@tilts/domain';
import { Entity, Index } from 'typeorm';
import {
  ChoiceColumn,
  CountColumn,
  DayColumn,
  IdColumn,
  InstantColumn,
  ReferenceColumn,
  RefersTo,
  TenantColumn,
} from '../database/columns.js';
import { Account } from '../access/account.entity.js';
import { Municipality } from '../municipalities/municipality.entity.js';
import { Project } from '../mediators/project.entity.js';

/** Help for somebody who did not want to be recorded: counted apart, never as persons, and never about anybody. */
@Entity()
@RefersTo(() => Municipality, 'municipalityId')
@RefersTo(() => Project, 'projectId')
@RefersTo(() => Account, 'mediatorId')
@Index(['projectId', 'day'])
export class UnrecordedHelp {
  @TenantColumn()
  municipalityId: string;

  @IdColumn()
  id: string;

  @DayColumn()
  day: string;

  @ChoiceColumn(needAreas)
  needArea: NeedArea;

  @ChoiceColumn(assistanceKinds)
  kind: AssistanceKind;

  @CountColumn({ min: 1, max: 1440 })
  minutes: number;

  @ReferenceColumn()
  mediatorId: string;

  @ReferenceColumn()
  projectId: string;

  @InstantColumn()
  recordedAt: string;
}
