import { Injectable } from '@nestjs/common';
import { DomainError, newId, type NoticeFilter, type NoticeKind, type NoticeView, type Page } from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';
import { afterOf, cut, limitOf } from '../platform/paging.js';
import { MailQueue } from './mail-queue.js';
import { Notice } from './notice.entity.js';

const columns = `id, kind, referral_id AS "referralId", referral_number AS "referralNumber", at, read_at IS NOT NULL AS read`;

/** Tells accounts that something happened to a referral: in the app, and by a mail that says no more than „you have a task”. */
@Injectable()
export class NoticeService {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly mail: MailQueue,
  ) {}

  async tell(accountIds: readonly string[], kind: NoticeKind, referral: { id: string; number: string }): Promise<void> {
    if (accountIds.length === 0) return;
    const { manager, now } = this.transaction;
    const notices = accountIds.map((accountId) => ({
      id: newId(),
      accountId,
      kind,
      referralId: referral.id,
      referralNumber: referral.number,
      at: now,
      readAt: null,
    }));
    await manager.insert(Notice, notices);
    for (const notice of notices) await this.mail.enqueue(notice.id);
  }

  async list(filter: NoticeFilter): Promise<Page<NoticeView>> {
    const limit = limitOf(filter);
    const [at, id] = afterOf(filter, 'moment', 'id');
    const unread = filter.unread ? 'AND read_at IS NULL' : filter.unread === false ? 'AND read_at IS NOT NULL' : '';
    const after = at ? 'AND (at, id) < ($3::timestamptz, $4::uuid)' : '';
    const rows = await this.transaction.query<NoticeView>(
      `SELECT ${columns} FROM notice WHERE account_id = $1 ${unread} ${after} ORDER BY at DESC, id DESC LIMIT $2`,
      [this.transaction.session.accountId, limit + 1, ...(at ? [at, id] : [])],
    );
    return cut(rows, limit, (row) => [row.at, row.id]);
  }

  async markRead(id: string): Promise<void> {
    const { accountId } = this.transaction.session;
    const mine = await this.transaction.manager.existsBy(Notice, { id, accountId });
    if (!mine) throw new DomainError('NOT_FOUND');
    await this.transaction.query(
      'UPDATE notice SET read_at = $3 WHERE id = $1 AND account_id = $2 AND read_at IS NULL',
      [id, accountId, this.transaction.now],
    );
  }

  /** Whoever opened the referral has seen what the notices wanted to say. */
  async markReadAbout(referralId: string): Promise<void> {
    const { session, now } = this.transaction;
    await this.transaction.query(
      'UPDATE notice SET read_at = $3 WHERE account_id = $1 AND referral_id = $2 AND read_at IS NULL',
      [session.accountId, referralId, now],
    );
  }
}
