import { roles, type Role } from '@tilts/domain';
import { Check, Entity, Index } from 'typeorm';
import {
  ChoiceColumn,
  IdColumn,
  InstantColumn,
  ReferenceColumn,
  ReferencesColumn,
  TechnicalTextColumn,
} from './columns.js';

/**
 * Who read or wrote whose data, by ids only. Written by two functions in the transaction of the request itself; nothing that
 * Tilts signs in as can read or change it. No references: it outlives what it tells of.
 */
@Entity()
@Check('kind_listed', `"kind" = ANY (ARRAY['read'::text, 'write'::text])`)
@Index(['at'])
export class AuditEvent {
  @IdColumn()
  id: string;

  @InstantColumn()
  at: string;

  @TechnicalTextColumn()
  requestId: string;

  @ReferenceColumn({ optional: true })
  sessionId: string | null;

  @ReferenceColumn({ optional: true })
  accountId: string | null;

  @ChoiceColumn(roles, { optional: true })
  role: Role | null;

  /** `GET /families/{id}`, or the name of a service. */
  @TechnicalTextColumn()
  operation: string;

  @TechnicalTextColumn()
  kind: 'read' | 'write';

  @ReferencesColumn()
  subjectIds: string[];

  @ReferencesColumn({ optional: true })
  municipalityIds: string[] | null;
}
