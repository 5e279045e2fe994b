import {
  declineReasons,
  referralMoves,
  referralSides,
  referralStatuses,
  type DeclineReason,
  type ReferralMove,
  type ReferralSide,
  type ReferralStatus,
} from '@tilts/domain';
import { Entity, Index } from 'typeorm';
import {
  ChoiceColumn,
  IdColumn,
  InstantColumn,
  ReferenceColumn,
  RefersTo,
  SealedColumn,
  TenantColumn,
  WithinTenant,
} from '../database/columns.js';
import { Account } from '../access/account.entity.js';
import { Referral } from './referral.entity.js';

/** One step in the life of a referral. Appended only. */
@Entity()
@WithinTenant(() => Referral, ['familyId', 'referralId'], ['familyId', 'id'])
@RefersTo(() => Account, 'by')
@Index(['municipalityId', 'referralId', 'at', 'id'])
export class ReferralEvent {
  @TenantColumn()
  municipalityId: string;

  @IdColumn()
  id: string;

  @ReferenceColumn()
  familyId: string;

  @ReferenceColumn()
  referralId: string;

  @ChoiceColumn(referralMoves)
  move: ReferralMove;

  /** The status that it led to. */
  @ChoiceColumn(referralStatuses)
  status: ReferralStatus;

  @ChoiceColumn(referralSides)
  side: ReferralSide;

  @ReferenceColumn()
  by: string;

  @InstantColumn()
  at: string;

  @ChoiceColumn(declineReasons, { optional: true })
  reason: DeclineReason | null;

  /** Words for the other side; null when there were none. */
  @SealedColumn({ optional: true })
  sealed: Buffer | null;
}

/** One message between the two sides. Appended only. */
@Entity()
@WithinTenant(() => Referral, ['familyId', 'referralId'], ['familyId', 'id'])
@RefersTo(() => Account, 'by')
@Index(['municipalityId', 'referralId', 'at', 'id'])
export class ReferralMessage {
  @TenantColumn()
  municipalityId: string;

  @IdColumn()
  id: string;

  @ReferenceColumn()
  familyId: string;

  @ReferenceColumn()
  referralId: string;

  @ChoiceColumn(referralSides)
  side: ReferralSide;

  @ReferenceColumn()
  by: string;

  @InstantColumn()
  at: string;

  @SealedColumn()
  sealed: Buffer;
}
