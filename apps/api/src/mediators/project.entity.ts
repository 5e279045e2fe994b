import { Check, Entity, Index } from 'typeorm';
import {
  CountColumn,
  DayColumn,
  IdColumn,
  ReferenceColumn,
  RefersTo,
  TextColumn,
  VersionColumn,
} from '../database/columns.js';
import { Account } from '../access/account.entity.js';
import { Municipality } from '../municipalities/municipality.entity.js';

/** A funded period of mediators' work, for example Latvian Roma Platform II. */
@Entity()
@Check('project_days', '"ends_on" >= "starts_on"')
export class Project {
  @IdColumn()
  id: string;

  @TextColumn()
  name: string;

  @TextColumn()
  nameEn: string;

  @TextColumn({ optional: true })
  grantNumber: string | null;

  @DayColumn()
  startsOn: string;

  @DayColumn({ optional: true })
  endsOn: string | null;

  @TextColumn({ optional: true })
  funder: string | null;

  @TextColumn({ optional: true })
  funderEn: string | null;

  @VersionColumn()
  version: number;
}

/** A mediator's work in one municipality for one project, from one day to another, both included. */
@Entity()
@RefersTo(() => Account, 'mediatorId')
@RefersTo(() => Municipality, 'municipalityId')
@RefersTo(() => Project, 'projectId')
@Check('assignment_days', '"ends_on" >= "starts_on"')
@Index(['mediatorId', 'startsOn'])
export class Assignment {
  @IdColumn()
  id: string;

  @ReferenceColumn()
  mediatorId: string;

  @ReferenceColumn()
  municipalityId: string;

  @ReferenceColumn()
  projectId: string;

  @DayColumn()
  startsOn: string;

  @DayColumn({ optional: true })
  endsOn: string | null;

  @CountColumn({ min: 1, max: 60 })
  hoursPerWeek: number;

  @VersionColumn()
  version: number;
}
