import { Entity, Unique } from 'typeorm';
import { DayColumn, IdColumn, ReferenceColumn, RefersTo, TextColumn, VersionColumn } from '../database/columns.js';

/** A local government in which a mediator works or worked; the tenant of everything that is told about families. */
@Entity()
@Unique(['key'])
@Unique(['familyPrefix'])
export class Municipality {
  @IdColumn()
  id: string;

  @TextColumn()
  key: string;

  @TextColumn()
  familyPrefix: string;

  @TextColumn()
  name: string;

  @TextColumn()
  nameIn: string;

  @VersionColumn()
  version: number;
}

/** Code and name of a municipality while they were valid: the codes of 2021 are not those of 2017. */
@Entity()
@RefersTo(() => Municipality, 'municipalityId')
export class MunicipalityPeriod {
  @IdColumn()
  id: string;

  @ReferenceColumn()
  municipalityId: string;

  @DayColumn({ optional: true })
  validFrom: string | null;

  @DayColumn({ optional: true })
  validTo: string | null;

  @TextColumn()
  atvk: string;

  @TextColumn()
  name: string;
}
