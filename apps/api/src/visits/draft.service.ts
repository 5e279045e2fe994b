import { Injectable } from '@nestjs/common';
import { DomainError, type DraftDetails, type DraftView, type Page } from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';
import { EVERYWHERE, Seals, type Place } from '../database/seals.js';
import { Draft } from './draft.entity.js';

type DraftRow = Omit<DraftView, 'content'> & { salt: Buffer; sealed: Buffer };

const columns = `d.id, d.kind, d.family_id AS "familyId", d.saved_at AS "savedAt", d.sealed, a.salt`;
const own = `draft d JOIN account a ON a.id = d.account_id WHERE d.account_id = $1`;

/** Keeps what somebody typed before they were done: sealed with their own salt, for them alone. */
@Injectable()
export class DraftService {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly seals: Seals,
  ) {}

  async list(): Promise<Page<DraftView>> {
    const rows = await this.transaction.query<DraftRow>(
      `SELECT ${columns} FROM ${own} ORDER BY d.saved_at DESC, d.id LIMIT 100`,
      [this.accountId],
    );
    return { items: rows.map((row) => this.viewOf(row)), next: null };
  }

  async read(id: string): Promise<DraftView> {
    const [row] = await this.transaction.query<DraftRow>(`SELECT ${columns} FROM ${own} AND d.id = $2`, [
      this.accountId,
      id,
    ]);
    if (!row) throw new DomainError('NOT_FOUND');
    return this.viewOf(row);
  }

  /** The newest typing wins: a draft has one author, on one phone at a time. */
  async save(id: string, draft: DraftDetails): Promise<DraftView> {
    const { manager, now } = this.transaction;
    await this.transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))', [id]);
    const [account] = await this.transaction.query<{ salt: Buffer }>('SELECT salt FROM account WHERE id = $1', [
      this.accountId,
    ]);
    if (!account) throw new DomainError('NOT_FOUND');
    const sealed = this.seals.seal(this.place(id), account.salt, { content: draft.content });
    const facts = { kind: draft.kind, familyId: draft.familyId ?? null, sealed, savedAt: now };
    const { affected } = await manager.update(Draft, { id, accountId: this.accountId }, facts);
    if (!affected) await this.insert({ id, accountId: this.accountId, ...facts });
    return { id, kind: draft.kind, familyId: draft.familyId ?? null, content: draft.content, savedAt: now };
  }

  async discard(id: string): Promise<void> {
    await this.discardAll([id]);
  }

  async discardAll(ids: readonly string[]): Promise<void> {
    await this.transaction.query('DELETE FROM draft WHERE account_id = $1 AND id = ANY ($2)', [this.accountId, ids]);
  }

  /** An id that is somebody else's answers like a missing draft. */
  private async insert(draft: Draft): Promise<void> {
    const taken = `INSERT INTO draft (id, account_id, kind, family_id, sealed, saved_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`;
    const { id, accountId, kind, familyId, sealed, savedAt } = draft;
    await this.transaction.query(taken, [id, accountId, kind, familyId, sealed, savedAt]);
    await this.read(id);
  }

  private viewOf({ salt, sealed, ...row }: DraftRow): DraftView {
    return { ...row, content: this.seals.unseal<{ content: string }>(this.place(row.id), salt, sealed).content };
  }

  private place(id: string): Place {
    return { table: 'draft', id, tenant: EVERYWHERE };
  }

  private get accountId(): string {
    return this.transaction.session.accountId;
  }
}
