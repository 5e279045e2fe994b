import { institutionKinds, needAreas, serviceStatuses, type InstitutionKind, type NeedArea } from '@tilts/domain';
import { Entity, Index } from 'typeorm';
import {
  ChoiceColumn,
  ChoicesColumn,
  CountColumn,
  DayColumn,
  IdColumn,
  ReferenceColumn,
  RefersTo,
  TextColumn,
  VersionColumn,
  YesNoColumn,
} from '../database/columns.js';
import { Municipality } from '../municipalities/municipality.entity.js';

/** A body that can be asked for help. Nothing about families stands here. */
@Entity()
@RefersTo(() => Municipality, 'municipalityId')
export class Institution {
  @IdColumn()
  id: string;

  /** Null: works in the whole country. */
  @ReferenceColumn({ optional: true })
  municipalityId: string | null;

  @ChoiceColumn(institutionKinds)
  kind: InstitutionKind;

  @TextColumn()
  name: string;

  @TextColumn({ optional: true })
  address: string | null;

  @TextColumn({ optional: true })
  phone: string | null;

  @TextColumn({ optional: true })
  email: string | null;

  @TextColumn({ optional: true })
  hours: string | null;

  /** Working days in which it promises to answer. */
  @CountColumn({ min: 1, max: 120 })
  answerDays: number;

  /** Moved working days bind state bodies; municipalities are only advised to follow them. */
  @YesNoColumn()
  followsMovedDays: boolean;

  @DayColumn({ optional: true })
  confirmedOn: string | null;

  /** From that day on nothing new is sent there. */
  @DayColumn({ optional: true })
  closedOn: string | null;

  @VersionColumn()
  version: number;
}

/** Something that an institution does for people. */
@Entity()
@RefersTo(() => Institution, 'institutionId')
@Index(['institutionId'])
export class Service {
  @IdColumn()
  id: string;

  @ReferenceColumn()
  institutionId: string;

  @TextColumn()
  name: string;

  @TextColumn({ optional: true })
  description: string | null;

  @ChoicesColumn(needAreas)
  needAreas: NeedArea[];

  @TextColumn({ optional: true })
  requiredDocuments: string | null;

  @TextColumn({ optional: true })
  fees: string | null;

  @ChoiceColumn(serviceStatuses)
  status: string;

  @VersionColumn()
  version: number;
}
