import { Injectable } from '@nestjs/common';
import {
  DomainError,
  type FamilyToHandOver,
  type HandedOver,
  type HandOver,
  type Page,
  type Paging,
} from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';
import { afterOf, cut, limitOf } from '../platform/paging.js';
import { AccountList } from './account-list.js';
import { refuseUnlessDone } from './account-outcomes.js';

const families = `
  SELECT f.family_id AS id, f.municipality_id AS "municipalityId", m.name AS municipality, f.code, f.last_contact_on AS "lastContactOn"
  FROM families_to_hand_over($1) f JOIN municipality m ON m.id = f.municipality_id`;

/** Families whose mediator leaves get another one. The coordinator knows their codes and nothing else of them. */
@Injectable()
export class HandOvers {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly list: AccountList,
  ) {}

  /** In the order of their making, which is that of their ids. */
  async families(mediatorId: string, paging: Paging): Promise<Page<FamilyToHandOver>> {
    await this.list.read(mediatorId);
    const [after] = afterOf(paging, 'id');
    const limit = limitOf(paging);
    const rows = await this.transaction.query<FamilyToHandOver>(
      `${families} WHERE $2::uuid IS NULL OR f.family_id > $2 ORDER BY f.family_id LIMIT $3`,
      [mediatorId, after ?? null, limit + 1],
    );
    return cut(rows, limit, ({ id }) => [id]);
  }

  async handOver(mediatorId: string, wish: HandOver): Promise<HandedOver> {
    await this.list.read(mediatorId);
    const { municipalityId, toMediatorId, on, familyIds = null } = wish;
    if (on < this.transaction.today) throw new DomainError('INVALID_INPUT', {}, [{ field: 'on', code: 'inThePast' }]);
    const [done] = await this.transaction.query<{ outcome: string; families: string[] }>(
      'SELECT outcome, families FROM hand_over($1, $2, $3, $4, $5)',
      [mediatorId, municipalityId, toMediatorId, on, familyIds],
    );
    refuseUnlessDone(done?.outcome);
    const given = await this.transaction.query<FamilyToHandOver>(
      `${families} WHERE f.family_id = ANY ($2) ORDER BY f.code`,
      [toMediatorId, done?.families],
    );
    return { families: given };
  }
}
