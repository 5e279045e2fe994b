import { Injectable } from '@nestjs/common';
import {
  DomainError,
  foldLatvian,
  type AccountFilter,
  type AccountSessionView,
  type AccountState,
  type AccountView,
  type FamiliesInCity,
  type Page,
} from '@tilts/domain';
import { Conditions } from '../database/conditions.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { afterOf, cut, limitOf } from '../platform/paging.js';
import { Accounts, type AccountWords, type SealedAccount } from './accounts.js';

const state = `CASE WHEN a.ended_at IS NOT NULL THEN 'ended' WHEN a.joined_at IS NULL THEN 'invited' ELSE 'active' END`;

const shown = `
  SELECT a.id, a.role, a.language, a.institution_id AS "institutionId", i.name AS institution, ${state} AS state, a.created_at AS "createdAt",
    a.ended_at AS "endedAt", a.version, a.salt, a.sealed,
    u.last_used_at AS "lastUsedAt",
    (SELECT max(l.expires_at) FROM one_time_link l WHERE l.account_id = a.id AND l.used_at IS NULL AND l.expires_at > $2) AS "linkExpiresAt"
  FROM account a LEFT JOIN institution i ON i.id = a.institution_id LEFT JOIN last_used($1) u ON u.account_id = a.id WHERE a.id = ANY ($1)`;

const familiesCounted = `
  SELECT c.mediator_id AS "mediatorId", c.municipality_id AS "municipalityId", m.name AS municipality, c.families
  FROM families_counted($1) c JOIN municipality m ON m.id = c.municipality_id ORDER BY m.name`;

/** What is read of an account for its page, beside its words. */
type Shown = SealedAccount & Omit<AccountView, 'name' | 'email' | 'families' | 'secondFactor'>;

/** Everybody who may sign in, as the coordinator sees them. */
@Injectable()
export class AccountList {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly accounts: Accounts,
  ) {}

  /** By name. Names are sealed, so they are opened to be sorted and searched; an installation has hundreds, not more. */
  async list(filter: AccountFilter): Promise<Page<AccountView>> {
    const found = this.matching(await this.candidates(filter), filter.search);
    const [after] = afterOf(filter, 'id');
    const start = after ? found.findIndex(({ id }) => id === after) + 1 : 0;
    const limit = limitOf(filter);
    const { items, next } = cut(found.slice(start, start + limit + 1), limit, ({ id }) => [id]);
    return { items: await this.views(items.map(({ id }) => id)), next };
  }

  async read(id: string): Promise<AccountView> {
    const [account] = await this.views([id]);
    if (!account) throw new DomainError('NOT_FOUND');
    return account;
  }

  /** Signed-in devices, the last used first. Their ids are made for this list: none of them is the session's own. */
  async sessions(accountId: string): Promise<Page<AccountSessionView>> {
    await this.read(accountId);
    const items = await this.transaction.query<AccountSessionView>(
      'SELECT id, started_at AS "startedAt", last_used_at AS "lastUsedAt", device FROM devices_of($1)',
      [accountId],
    );
    return { items, next: null };
  }

  private candidates({ role, state: wanted }: AccountFilter): Promise<SealedAccount[]> {
    const statement = new Conditions();
    if (role) statement.add((mark) => `a.role = ${mark}`, role);
    if (wanted) statement.add((mark) => `${state} = ${mark}`, wanted satisfies AccountState);
    return this.transaction.query<SealedAccount>(
      `SELECT a.id, a.salt, a.sealed FROM account a WHERE ${statement}`,
      statement.parameters,
    );
  }

  private matching(rows: SealedAccount[], search: string | null | undefined): { id: string; words: AccountWords }[] {
    const wanted = foldLatvian(search ?? '');
    return rows
      .map((row) => ({ id: row.id, words: this.accounts.wordsOf(row) }))
      .filter(({ words }) => [words.name, words.email].some((text) => foldLatvian(text).includes(wanted)))
      .sort((a, b) => a.words.name.localeCompare(b.words.name, 'lv') || a.id.localeCompare(b.id));
  }

  /** In the order of the ids. */
  private async views(ids: string[]): Promise<AccountView[]> {
    if (ids.length === 0) return [];
    const rows = await this.transaction.query<Shown>(shown, [ids, this.transaction.now]);
    const counted = await this.transaction.query<FamiliesInCity & { mediatorId: string }>(familiesCounted, [ids]);
    const strong = await this.transaction.query<{ id: string }>('SELECT with_second_factor($1) AS id', [ids]);
    const withFactor = new Set(strong.map(({ id }) => id));
    const views = new Map(
      rows.map((row) => [
        row.id,
        {
          ...row,
          ...this.accounts.wordsOf(row),
          families: counted.filter(({ mediatorId }) => mediatorId === row.id),
          secondFactor: withFactor.has(row.id) ? ('set' as const) : ('none' as const),
        },
      ]),
    );
    return ids.flatMap((id) => views.get(id) ?? []);
  }
}
