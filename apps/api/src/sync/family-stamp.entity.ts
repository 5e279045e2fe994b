import { Entity } from 'typeorm';
import { CounterColumn, ReferenceColumn, TenantColumn, WithinTenant } from '../database/columns.js';
import { Family } from '../families/family.entity.js';

/** The last transaction that changed anything which a phone shows of a family. Kept by triggers (change-stamps.sql). */
@Entity()
@WithinTenant(() => Family, ['familyId'])
export class FamilyStamp {
  @TenantColumn()
  municipalityId: string;

  @ReferenceColumn({ primary: true })
  familyId: string;

  /** 0: not since this database was made or restored. */
  @CounterColumn()
  changedIn: string;
}
