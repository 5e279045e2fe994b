import {
  consentGivers,
  consentKinds,
  institutionKinds,
  needAreas,
  noticeVersions,
  type ChoiceOf,
  type ConsentKind,
  type InstitutionKind,
  type NeedArea,
} from '@tilts/domain';
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
import { Person } from '../persons/person.entity.js';

/** A spoken yes, or with `withdraws` its end. Appended only: who agreed to what, when, and to which wording. */
@Entity()
@WithinTenant(() => Family, ['familyId'])
@WithinTenant(() => Person, ['personId'])
@WithinTenant(() => Person, ['guardianId'])
@WithinTenant(() => Consent, ['withdraws'])
@RefersTo(() => Account, 'recordedBy')
@Index(['familyId', 'municipalityId'])
@Index(['municipalityId', 'withdraws'], { where: '"withdraws" IS NOT NULL' })
export class Consent {
  @TenantColumn()
  municipalityId: string;

  @IdColumn()
  id: string;

  @ReferenceColumn()
  familyId: string;

  /** Null: the family as a whole. */
  @ReferenceColumn({ optional: true })
  personId: string | null;

  @ChoiceColumn(consentKinds)
  kind: ConsentKind;

  @ChoiceColumn(needAreas, { optional: true })
  purpose: NeedArea | null;

  @ChoiceColumn(institutionKinds, { optional: true })
  recipientKind: InstitutionKind | null;

  @ChoiceColumn(consentGivers)
  giver: ChoiceOf<typeof consentGivers>;

  @ReferenceColumn({ optional: true })
  guardianId: string | null;

  @DayColumn()
  givenOn: string;

  @ChoiceColumn(noticeVersions)
  noticeVersion: string;

  @ReferenceColumn({ optional: true })
  withdraws: string | null;

  @ReferenceColumn()
  recordedBy: string;

  @InstantColumn()
  recordedAt: string;
}
