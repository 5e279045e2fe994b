import { Injectable } from '@nestjs/common';
import type { AssistanceDetails, OwnMonth, Page, VisitFilter, VisitVersion, VisitView } from '@tilts/domain';
import { DomainError, monthOf } from '@tilts/domain';
import { Accounts } from '../access/accounts.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { Seals } from '../database/seals.js';
import { afterOf, cut, limitOf } from '../platform/paging.js';
import { listOf, oneVisit, ownMonths, versionsOf } from './visit-statements.js';

/** What the statements give back: a View without its sealed words. */
export interface VisitRow extends Omit<VisitView, 'note' | 'nextStep' | 'recordedBy' | 'versions'> {
  rowId: string;
  municipalityId: string;
  mediatorId: string;
  recordedBy: string;
  salt: Buffer;
  sealed: Buffer | null;
  assistance: AssistanceDetails[];
}

/** The sealed words of a visit. */
export interface VisitWords {
  note?: string | null;
  nextStep?: string | null;
  correctionReason?: string | null;
}

/** Reads visits in the caller's reach: lists, one visit with its earlier versions, one's own months. */
@Injectable()
export class VisitReader {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly seals: Seals,
    private readonly accounts: Accounts,
  ) {}

  async list(filter: VisitFilter): Promise<Page<VisitView>> {
    const limit = limitOf(filter);
    const [sql, parameters] = listOf(filter, afterOf(filter, 'day', 'id'), limit + 1);
    const rows = await this.transaction.query<VisitRow>(sql, parameters);
    const page = cut(rows, limit, (row) => [(filter.nextStepOpen ? row.nextStepOn : row.day) ?? '', row.id]);
    const names = await this.accounts.namesOf([...new Set(page.items.map((row) => row.recordedBy))]);
    return { items: page.items.map((row) => this.viewOf(row, names)), next: page.next };
  }

  async read(id: string): Promise<VisitView> {
    const row = await this.find(id);
    if (!row) throw new DomainError('NOT_FOUND');
    return this.withVersions(row);
  }

  /** The version that counts now. */
  async find(id: string): Promise<VisitRow | undefined> {
    const [row] = await this.transaction.query<VisitRow>(oneVisit, [id]);
    return row;
  }

  async withVersions(row: VisitRow): Promise<VisitView> {
    const earlier = await this.transaction.query<EarlierRow>(versionsOf, [row.municipalityId, row.id]);
    const names = await this.accounts.namesOf([...new Set([row, ...earlier].map((version) => version.recordedBy))]);
    const versions = earlier.map((version): VisitVersion => ({
      version: version.version,
      recordedAt: version.recordedAt,
      recordedBy: names.get(version.recordedBy) ?? '',
      correctionReason:
        this.wordsOf({ ...version, salt: row.salt, municipalityId: row.municipalityId }).correctionReason ?? null,
    }));
    return { ...this.viewOf(row, names), versions };
  }

  wordsOf(row: Pick<VisitRow, 'rowId' | 'municipalityId' | 'salt' | 'sealed'>): VisitWords {
    if (!row.sealed) return {};
    return this.seals.unseal<VisitWords>(
      { table: 'visit', id: row.rowId, tenant: row.municipalityId },
      row.salt,
      row.sealed,
    );
  }

  async ownMonths(): Promise<Page<OwnMonth>> {
    const { today, session } = this.transaction;
    const month = monthOf(today);
    const rows = await this.transaction.query<OwnMonth>(ownMonths, [session.accountId, month]);
    return { items: rows, next: null };
  }

  private viewOf(row: VisitRow, names: Map<string, string>): VisitView {
    return {
      ...row,
      correctionReason: null,
      ...this.wordsOf(row),
      recordedBy: names.get(row.recordedBy) ?? '',
      versions: [],
    };
  }
}

interface EarlierRow {
  rowId: string;
  version: number;
  recordedAt: string;
  recordedBy: string;
  sealed: Buffer | null;
}
