import { MAX_IMPORTED_PERSONS } from '@tilts/domain';
import { Entity, Index, Unique } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  ReferenceColumn,
  ReferencesColumn,
  RefersTo,
  SealedColumn,
  TenantColumn,
  WithinTenant,
} from '../database/columns.js';
import { Account } from '../access/account.entity.js';
import { Consent } from '../consents/consent.entity.js';
import { Family } from '../families/family.entity.js';
import { Municipality } from '../municipalities/municipality.entity.js';

/** A list of families that a mediator takes over: what was announced, and what became of it. Gone a day after it began or was written. */
@Entity()
@RefersTo(() => Account, 'accountId')
@RefersTo(() => Municipality, 'municipalityId')
@Index(['accountId', 'startedAt'])
export class FamilyImport {
  @IdColumn()
  id: string;

  @ReferenceColumn()
  accountId: string;

  @ReferenceColumn()
  municipalityId: string;

  @CountColumn({ min: 1, max: MAX_IMPORTED_PERSONS })
  families: number;

  @CountColumn({ min: 1, max: MAX_IMPORTED_PERSONS })
  persons: number;

  @CountColumn({ min: 1, max: MAX_IMPORTED_PERSONS })
  parts: number;

  @InstantColumn()
  startedAt: string;

  @InstantColumn({ optional: true })
  writtenAt: string | null;

  @InstantColumn({ optional: true })
  undoneAt: string | null;

  @CountColumn()
  removed: number;
}

/** Families of a list that nobody confirmed yet, sealed together with their mediator's salt. No reference: they are not registered. */
@Entity()
@RefersTo(() => FamilyImport, 'importId')
@RefersTo(() => Account, 'accountId')
@Unique(['importId', 'number'])
export class FamilyImportPart {
  @IdColumn()
  id: string;

  @ReferenceColumn()
  importId: string;

  @ReferenceColumn()
  accountId: string;

  @CountColumn({ min: 1, max: MAX_IMPORTED_PERSONS })
  number: number;

  @CountColumn({ min: 1, max: MAX_IMPORTED_PERSONS })
  families: number;

  @CountColumn({ min: 1, max: MAX_IMPORTED_PERSONS })
  persons: number;

  @SealedColumn()
  sealed: Buffer;
}

/** What an import wrote of a family, so that within a day exactly this can be taken back. */
@Entity()
@WithinTenant(() => Family, ['familyId'])
@WithinTenant(() => Consent, ['consentId'])
@RefersTo(() => FamilyImport, 'importId')
@Index(['importId'])
export class FamilyOfImport {
  @TenantColumn()
  municipalityId: string;

  @ReferenceColumn({ primary: true })
  familyId: string;

  @ReferenceColumn()
  importId: string;

  @ReferenceColumn()
  consentId: string;

  @ReferencesColumn()
  personIds: string[];
}
