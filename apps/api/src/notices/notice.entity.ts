import { noticeKinds, type NoticeKind } from '@tilts/domain';
import { Entity, Index } from 'typeorm';
import { ChoiceColumn, IdColumn, InstantColumn, ReferenceColumn, RefersTo, TextColumn } from '../database/columns.js';
import { Account } from '../access/account.entity.js';

/** „You have a task”: tells one account that something happened to a referral, never about whom. */
@Entity()
@RefersTo(() => Account, 'accountId')
@Index(['accountId', 'at', 'id'])
@Index('notice_unread_idx', ['accountId'], { where: '"read_at" IS NULL' })
export class Notice {
  @IdColumn()
  id: string;

  @ReferenceColumn()
  accountId: string;

  @ChoiceColumn(noticeKinds)
  kind: NoticeKind;

  /** No reference: referrals stand to the right of notices, and belong to a municipality. */
  @ReferenceColumn()
  referralId: string;

  @TextColumn()
  referralNumber: string;

  @InstantColumn()
  at: string;

  @InstantColumn({ optional: true })
  readAt: string | null;
}
