import { Injectable } from '@nestjs/common';
import { DomainError, isClosed, type MessageView, type NewMessage, type Page, type Paging } from '@tilts/domain';
import { Accounts } from '../access/accounts.js';
import { createOnce } from '../database/create-once.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { afterOf, cut, limitOf } from '../platform/paging.js';
import { ReferralMoves } from './referral-moves.js';
import { ReferralReader, type ReferralRow } from './referral-reader.js';
import { ReferralMessage } from './referral-story.entity.js';
import { ReferralWords } from './referral-words.js';

type MessageRow = Pick<ReferralMessage, 'id' | 'referralId' | 'side' | 'by' | 'at' | 'sealed'>;

const columns = `id, referral_id AS "referralId", side, by, at, sealed`;

/** The thread between the two sides of a referral: only ever longer. */
@Injectable()
export class ReferralMessages {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly reader: ReferralReader,
    private readonly moves: ReferralMoves,
    private readonly words: ReferralWords,
    private readonly accounts: Accounts,
  ) {}

  async list(referralId: string, paging: Paging): Promise<Page<MessageView>> {
    const referral = await this.referral(referralId);
    if (!this.reader.mayRead(referral)) return { items: [], next: null };
    const limit = limitOf(paging);
    const [at, id] = afterOf(paging, 'moment', 'id');
    const rows = await this.transaction.query<MessageRow>(
      `SELECT ${columns} FROM referral_message WHERE municipality_id = $1 AND referral_id = $2 ${at ? 'AND (at, id) > ($4::timestamptz, $5::uuid)' : ''} ORDER BY at, id LIMIT $3`,
      [referral.municipalityId, referralId, limit + 1, ...(at ? [at, id] : [])],
    );
    const page = cut(rows, limit, (row) => [row.at, row.id]);
    const names = await this.accounts.namesOf(page.items.map((row) => row.by));
    return { items: page.items.map((row) => this.viewOf(referral, row, names)), next: page.next };
  }

  /** Whole threads, oldest first, beside these referrals. */
  async beside(referrals: readonly ReferralRow[]): Promise<Map<string, MessageView[]>> {
    const readable = referrals.filter((referral) => this.reader.mayRead(referral));
    const rows = await this.transaction.query<MessageRow>(
      `SELECT ${columns} FROM referral_message WHERE municipality_id = ANY ($1) AND referral_id = ANY ($2) ORDER BY at, id`,
      [[...new Set(readable.map(({ municipalityId }) => municipalityId))], readable.map(({ id }) => id)],
    );
    const names = await this.accounts.namesOf(rows.map((row) => row.by));
    const threadOf = (referral: ReferralRow): MessageView[] =>
      rows.filter(({ referralId }) => referralId === referral.id).map((row) => this.viewOf(referral, row, names));
    return new Map(readable.map((referral) => [referral.id, threadOf(referral)]));
  }

  async write(referralId: string, message: NewMessage): Promise<MessageView> {
    const referral = await this.referral(referralId);
    const row = await createOnce(this.transaction, {
      id: message.id,
      find: () => this.find(message.id),
      same: (kept) => kept.referralId === referralId && this.textOf(referral, kept) === message.text,
      create: () => this.add(referral, message),
    });
    return this.viewOf(referral, row, await this.accounts.namesOf([row.by]));
  }

  private async add(referral: ReferralRow, { id, text }: NewMessage): Promise<void> {
    const { manager, session, now } = this.transaction;
    const { side } = this.reader;
    if (isClosed(referral.status)) throw new DomainError('REFERRAL_CLOSED');
    if (!this.reader.mayRead(referral)) throw new DomainError('CONSENT_WITHDRAWN');
    // Nobody would read what is written beside a draft.
    if (referral.status === 'draft') throw new DomainError('REFERRAL_MOVE_NOT_OFFERED');
    const { municipalityId, familyId } = referral;
    const sealed = this.words.seal('referral_message', id, referral, { text });
    await manager.insert(ReferralMessage, {
      municipalityId,
      familyId,
      referralId: referral.id,
      id,
      side,
      by: session.accountId,
      at: now,
      sealed,
    });
    await this.moves.tellOtherSide(referral, side, 'message');
  }

  private async referral(id: string): Promise<ReferralRow> {
    const referral = await this.reader.find(id);
    if (!referral) throw new DomainError('NOT_FOUND');
    return referral;
  }

  private async find(id: string): Promise<MessageRow | undefined> {
    const [row] = await this.transaction.query<MessageRow>(`SELECT ${columns} FROM referral_message WHERE id = $1`, [
      id,
    ]);
    return row;
  }

  private textOf(referral: ReferralRow, { id, sealed }: MessageRow): string {
    return this.words.open<{ text: string }>('referral_message', id, referral, sealed)?.text ?? '';
  }

  private viewOf(referral: ReferralRow, row: MessageRow, names: Map<string, string>): MessageView {
    const { id, side, at, by } = row;
    return {
      id,
      side,
      at,
      by: names.get(by) ?? '',
      mine: by === this.transaction.session.accountId,
      text: this.textOf(referral, row),
    };
  }
}
