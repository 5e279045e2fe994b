import {
  legalGrounds,
  needAreas,
  referralStatuses,
  type ChoiceOf,
  type NeedArea,
  type ReferralStatus,
} from '@tilts/domain';
import { Entity, Index, Unique } from 'typeorm';
import {
  ChoiceColumn,
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
} from '../database/columns.js';
import { Account } from '../access/account.entity.js';
import { Consent } from '../consents/consent.entity.js';
import { Institution, Service } from '../directory/institution.entity.js';
import { Family } from '../families/family.entity.js';
import { Person } from '../persons/person.entity.js';

const open = `"status" = ANY (ARRAY['sent'::text, 'received'::text, 'moreInfoNeeded'::text, 'accepted'::text, 'inProgress'::text])`;

/** A request to an institution for one person. What it tells about the person stands in its snapshot. */
@Entity()
@WithinTenant(() => Family, ['familyId'])
@WithinTenant(() => Person, ['personId'])
@WithinTenant(() => Consent, ['consentId'])
@RefersTo(() => Institution, 'institutionId')
@RefersTo(() => Service, 'serviceId')
@RefersTo(() => Account, 'createdBy')
@RefersTo(() => Account, 'takenBy')
@Unique(['municipalityId', 'number'])
@Unique(['familyId', 'municipalityId', 'id'])
@Index(['id'])
@Index('referral_open_inbox_idx', ['institutionId', 'dueOn', 'id'], { where: open })
// Which referrals rest on a consent: asked when it is withdrawn, and for each consent that an institution reads.
@Index('referral_consent_idx', ['municipalityId', 'consentId'], { where: '"consent_id" IS NOT NULL' })
@Index('referral_inbox_idx', ['institutionId', 'status', 'answeredAt', 'id'])
@Index('referral_report_idx', ['municipalityId', 'sentAt'], { where: '"sent_at" IS NOT NULL' })
export class Referral {
  @TenantColumn()
  municipalityId: string;

  @IdColumn()
  id: string;

  /** `2026-0148`, within the municipality. */
  @TextColumn()
  number: string;

  @ReferenceColumn()
  familyId: string;

  @ReferenceColumn()
  personId: string;

  @ReferenceColumn()
  institutionId: string;

  @ReferenceColumn({ optional: true })
  serviceId: string | null;

  @ChoiceColumn(needAreas)
  needArea: NeedArea;

  @ChoiceColumn(referralStatuses)
  status: ReferralStatus;

  @ChoiceColumn(legalGrounds)
  ground: ChoiceOf<typeof legalGrounds>;

  /** The consent it rests on; its withdrawal ends the receiver's access at once. */
  @ReferenceColumn({ optional: true })
  consentId: string | null;

  @ReferenceColumn()
  createdBy: string;

  @InstantColumn()
  createdAt: string;

  @InstantColumn({ optional: true })
  sentAt: string | null;

  @DayColumn({ optional: true })
  dueOn: string | null;

  @InstantColumn({ optional: true })
  receivedAt: string | null;

  /** The first answer: accepted, finished or declined. */
  @InstantColumn({ optional: true })
  answeredAt: string | null;

  @ReferenceColumn({ optional: true })
  takenBy: string | null;

  @CountColumn({ min: 1 })
  version: number;
}

/** What was sent, and all that the receiver ever sees: the person's fields that travel, the request, the ground. */
@Entity()
@WithinTenant(() => Referral, ['familyId', 'referralId'], ['familyId', 'id'])
export class ReferralSnapshot {
  @TenantColumn()
  municipalityId: string;

  @ReferenceColumn({ primary: true })
  referralId: string;

  @ReferenceColumn()
  familyId: string;

  @SealedColumn()
  sealed: Buffer;
}

/** The institution's own case number; sealed, since it leads to a file about a person. */
@Entity()
@WithinTenant(() => Referral, ['familyId', 'referralId'], ['familyId', 'id'])
export class ReferralReference {
  @TenantColumn()
  municipalityId: string;

  @ReferenceColumn({ primary: true })
  referralId: string;

  @ReferenceColumn()
  familyId: string;

  @SealedColumn()
  sealed: Buffer;
}
