import { assistanceKinds, needAreas, type AssistanceKind, type NeedArea } from '@tilts/domain';
import { Entity, Index, Unique } from 'typeorm';
import { ChoiceColumn, IdColumn, ReferenceColumn, TenantColumn, WithinTenant } from '../database/columns.js';
import { Person } from '../persons/person.entity.js';
import { Visit } from './visit.entity.js';

/** Who was met in a visit; being met is not being assisted. */
@Entity()
@WithinTenant(() => Visit, ['familyId', 'visitRowId'], ['familyId', 'id'])
@WithinTenant(() => Person, ['personId'])
@Index(['municipalityId', 'personId'])
export class VisitPerson {
  @TenantColumn()
  municipalityId: string;

  @ReferenceColumn({ primary: true })
  visitRowId: string;

  @ReferenceColumn({ primary: true })
  personId: string;

  @ReferenceColumn()
  familyId: string;
}

/** One need area and one kind of help in one version of a visit. */
@Entity()
@WithinTenant(() => Visit, ['familyId', 'visitRowId'], ['familyId', 'id'])
@Unique(['municipalityId', 'familyId', 'id'])
@Index(['municipalityId', 'visitRowId'])
export class Assistance {
  @TenantColumn()
  municipalityId: string;

  @IdColumn()
  id: string;

  @ReferenceColumn()
  familyId: string;

  @ReferenceColumn()
  visitRowId: string;

  @ChoiceColumn(needAreas)
  needArea: NeedArea;

  @ChoiceColumn(assistanceKinds)
  kind: AssistanceKind;
}

/** Who was helped by name; an assistance without such a row was for the family. */
@Entity()
@WithinTenant(() => Assistance, ['familyId', 'assistanceId'], ['familyId', 'id'])
@WithinTenant(() => Person, ['personId'])
@Index(['municipalityId', 'personId'])
export class AssistancePerson {
  @TenantColumn()
  municipalityId: string;

  @ReferenceColumn({ primary: true })
  assistanceId: string;

  @ReferenceColumn({ primary: true })
  personId: string;

  @ReferenceColumn()
  familyId: string;
}
