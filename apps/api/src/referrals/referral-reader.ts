import { Injectable } from '@nestjs/common';
import { dayOf, DomainError, isClosed, isUnanswered, movesOffered } from '@tilts/domain';
import type {
  Day,
  Page,
  ReferralEventView,
  ReferralFilter,
  ReferralMove,
  ReferralSent,
  ReferralSide,
} from '@tilts/domain';
import { Accounts } from '../access/accounts.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { WorkingDays } from '../directory/working-days.js';
import { afterOf, cut, limitOf } from '../platform/paging.js';
import {
  eventsOf,
  familiesWithReferralsBefore,
  keyKindOf,
  listOf,
  oneReferral,
  referralsHeld,
} from './referral-statements.js';
import { ReferralWords, type Snapshot } from './referral-words.js';

type Computed =
  | 'person'
  | 'request'
  | 'groundReason'
  | 'sentBy'
  | 'daysLeft'
  | 'age'
  | 'takenBy'
  | 'takenByMe'
  | 'reference'
  | 'moves'
  | 'events';

/** What the statements give back; the sealed parts are null where row security hides them. */
export interface ReferralRow extends Omit<ReferralSent, Computed> {
  createdBy: string;
  createdAt: string;
  serviceId: string | null;
  takenById: string | null;
  /** How this institution counts working days. */
  followsMovedDays: boolean;
  salt: Buffer | null;
  snapshot: Buffer | null;
  sealedReference: Buffer | null;
}

type EventRow = Omit<ReferralEventView, 'text'> & { referralId: string; sealed: Buffer | null };

/**
 * Reads referrals for either side. It makes what the sender sees; a receiver is shown the part that `ReferralView` declares,
 * and of the person nothing but the snapshot.
 */
@Injectable()
export class ReferralReader {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly words: ReferralWords,
    private readonly accounts: Accounts,
    private readonly workingDays: WorkingDays,
  ) {}

  get side(): ReferralSide {
    return this.transaction.session.role === 'mediator' ? 'sender' : 'receiver';
  }

  async list(filter: ReferralFilter): Promise<Page<ReferralSent>> {
    const limit = limitOf(filter);
    const [sql, parameters] = listOf(filter, this.side, afterOf(filter, keyKindOf(filter), 'id'), limit + 1);
    const rows = await this.transaction.query<ReferralRow & { key: string | number }>(sql, parameters);
    const page = cut(rows, limit, (row) => [String(row.key), row.id]);
    const names = await this.accounts.namesOf(page.items.flatMap(peopleIn));
    return { items: await Promise.all(page.items.map((row) => this.viewOf(row, names, []))), next: page.next };
  }

  async read(id: string): Promise<ReferralSent> {
    const row = await this.find(id);
    if (!row) throw new DomainError('NOT_FOUND');
    const [view] = await this.viewsWithEvents([row]);
    if (!view) throw new DomainError('NOT_FOUND');
    return view;
  }

  /** What a phone holds about these families: open referrals, and closed ones that were answered since that day. */
  async held(familyIds: readonly string[], since: Day): Promise<{ row: ReferralRow; view: ReferralSent }[]> {
    const rows = await this.transaction.query<ReferralRow>(referralsHeld, [familyIds, since]);
    const views = await this.viewsWithEvents(rows);
    return rows.map((row, i) => ({ row, view: views[i] as ReferralSent }));
  }

  /** Those of the families about which a closed referral was answered before that day. */
  async withReferralsBefore(familyIds: readonly string[], day: Day): Promise<Set<string>> {
    const rows = await this.transaction.query<{ id: string }>(familiesWithReferralsBefore, [familyIds, day]);
    return new Set(rows.map(({ id }) => id));
  }

  private async viewsWithEvents(rows: readonly ReferralRow[]): Promise<ReferralSent[]> {
    if (rows.length === 0) return [];
    const events = await this.transaction.query<EventRow>(eventsOf, [
      [...new Set(rows.map(({ municipalityId }) => municipalityId))],
      rows.map(({ id }) => id),
    ]);
    const names = await this.accounts.namesOf([...rows.flatMap(peopleIn), ...events.map(({ by }) => by)]);
    return Promise.all(
      rows.map((row) => {
        const told = events.filter(({ referralId }) => referralId === row.id);
        return this.viewOf(
          row,
          names,
          told.map((event) => this.eventOf(row, event, names)),
        );
      }),
    );
  }

  private eventOf(row: ReferralRow, event: EventRow, names: Map<string, string>): ReferralEventView {
    const words = this.mayRead(row)
      ? this.words.open<{ text: string }>('referral_event', event.id, row, event.sealed)
      : null;
    return { ...event, by: names.get(event.by) ?? '', text: words?.text ?? null };
  }

  async find(id: string): Promise<ReferralRow | undefined> {
    const [row] = await this.transaction.query<ReferralRow>(oneReferral, [id]);
    return row;
  }

  /** The receiver reads words only as long as the snapshot may be read: texts speak of the same person. */
  mayRead(row: ReferralRow): boolean {
    return this.side === 'sender' || row.snapshot !== null;
  }

  snapshotOf(row: ReferralRow): Snapshot | null {
    return this.words.open<Snapshot>('referral_snapshot', row.id, row, row.snapshot);
  }

  private async viewOf(
    row: ReferralRow,
    names: Map<string, string>,
    events: ReferralEventView[],
  ): Promise<ReferralSent> {
    const { today, session } = this.transaction;
    const snapshot = this.snapshotOf(row);
    const reference = this.mayRead(row)
      ? this.words.open<{ reference: string }>('referral_reference', row.id, row, row.sealedReference)
      : null;
    const waits = row.sentAt !== null && isUnanswered(row.status);
    return {
      ...row,
      person: snapshot?.person ?? null,
      request: snapshot?.request ?? null,
      groundReason: snapshot?.groundReason ?? null,
      sentBy: names.get(row.createdBy) ?? '',
      daysLeft: waits && row.dueOn ? await this.workingDays.between(row, today, row.dueOn) : null,
      age: row.sentAt && !isClosed(row.status) ? await this.workingDays.between(row, dayOf(row.sentAt), today) : null,
      takenBy: row.takenById ? (names.get(row.takenById) ?? null) : null,
      takenByMe: row.takenById === session.accountId,
      reference: reference?.reference ?? null,
      moves: this.movesOf(row),
      events,
    };
  }

  /** Of the moves that the lifecycle offers, those that make sense here; opening is no button, and nothing is done blindly. */
  private movesOf(row: ReferralRow): ReferralMove[] {
    if (!this.mayRead(row)) return [];
    const mine = row.takenById === this.transaction.session.accountId;
    const idle: ReferralMove[] = ['receive', mine ? 'take' : 'release'];
    return movesOffered(row.status, this.side).filter((move) => !idle.includes(move));
  }
}

function peopleIn(row: ReferralRow): string[] {
  return row.takenById ? [row.createdBy, row.takenById] : [row.createdBy];
}
