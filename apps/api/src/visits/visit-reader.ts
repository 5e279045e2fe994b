import { Injectable } from '@nestjs/common';
import type { AssistanceDetails, Day, OwnMonth, Page, VisitFilter, VisitVersion, VisitView } from '@tilts/domain';
import { DomainError, monthOf } from '@tilts/domain';
import { Accounts } from '../access/accounts.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { Seals } from '../database/seals.js';
import { afterOf, cut, limitOf } from '../platform/paging.js';
import { familiesWithVisitsBefore, listOf, ownMonths, someVisits, versionsOf, visitsHeld } from './visit-statements.js';

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
    const [view] = await this.withVersions([row]);
    if (!view) throw new DomainError('NOT_FOUND');
    return view;
  }

  /** The version that counts now. */
  async find(id: string): Promise<VisitRow | undefined> {
    return (await this.findAll([id])).get(id);
  }

  /** Those of them that are there, by id. */
  async findAll(ids: readonly string[]): Promise<Map<string, VisitRow>> {
    const rows = await this.transaction.query<VisitRow>(someVisits, [ids]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** What a phone holds: visits of these families since that day, and older ones whose next step waits; newest first. */
  async held(familyIds: readonly string[], since: Day): Promise<VisitView[]> {
    return this.withVersions(await this.transaction.query<VisitRow>(visitsHeld, [familyIds, since]));
  }

  /** Those of the families that have visits before that day. */
  async withVisitsBefore(familyIds: readonly string[], day: Day): Promise<Set<string>> {
    const rows = await this.transaction.query<{ id: string }>(familiesWithVisitsBefore, [familyIds, day]);
    return new Set(rows.map(({ id }) => id));
  }

  async withVersions(rows: readonly VisitRow[]): Promise<VisitView[]> {
    const earlier = await this.earlierVersions(rows.filter(({ version }) => version > 1));
    const names = await this.accounts.namesOf(
      [...rows, ...[...earlier.values()].flat()].map(({ recordedBy }) => recordedBy),
    );
    return rows.map((row) => {
      const { salt, municipalityId } = row;
      const versions = (earlier.get(row.id) ?? []).map((before): VisitVersion => ({
        version: before.version,
        recordedAt: before.recordedAt,
        recordedBy: names.get(before.recordedBy) ?? '',
        correctionReason: this.wordsOf({ ...before, salt, municipalityId }).correctionReason ?? null,
      }));
      return { ...this.viewOf(row, names), versions };
    });
  }

  private async earlierVersions(corrected: readonly VisitRow[]): Promise<Map<string, EarlierRow[]>> {
    const byVisit = new Map<string, EarlierRow[]>();
    if (corrected.length === 0) return byVisit;
    const municipalities = [...new Set(corrected.map(({ municipalityId }) => municipalityId))];
    const visits = corrected.map(({ id }) => id);
    for (const row of await this.transaction.query<EarlierRow>(versionsOf, [municipalities, visits]))
      byVisit.set(row.visitId, [...(byVisit.get(row.visitId) ?? []), row]);
    return byVisit;
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
  visitId: string;
  rowId: string;
  version: number;
  recordedAt: string;
  recordedBy: string;
  sealed: Buffer | null;
}
