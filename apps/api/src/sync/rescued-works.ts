import { Injectable } from '@nestjs/common';
import type { Command, DraftView, RescuedPart, RescueKey, RescueTaken } from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';
import { EVERYWHERE, Seals, type Place } from '../database/seals.js';
import { RescueKeys } from './rescue-keys.js';
import type { RescuedWork } from './rescued-work.entity.js';

/** At once; a phone asks until nothing comes. */
const SOME = 100;

type Waiting = Pick<RescuedWork, 'id' | 'kind' | 'sealed'> & { salt: Buffer };

/** By the moment of loading, and each file in its own order. */
const waiting = `
  SELECT w.id, w.kind, w.sealed, a.salt FROM rescued_work w JOIN account a ON a.id = w.account_id
  ORDER BY w.loaded_at, w.device_id, w.place, w.id LIMIT ${SOME}`;

/** What came by rescue files and waits for a phone of the person who wrote it. */
@Injectable()
export class RescuedWorks {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly seals: Seals,
    private readonly keys: RescueKeys,
  ) {}

  async key(): Promise<RescueKey> {
    const { accountId } = this.transaction.session;
    const [row] = await this.transaction.query<{ waiting: number }>(
      'SELECT count(*)::int AS waiting FROM rescued_work',
    );
    const proof = this.keys.proof(accountId).toString('base64url');
    return { recipient: await this.keys.recipient(), proof, waiting: row?.waiting ?? 0 };
  }

  async read(): Promise<RescuedPart> {
    const rows = await this.transaction.query<Waiting>(waiting);
    const words = <T>(kind: RescuedWork['kind']): T[] =>
      rows
        .filter((row) => row.kind === kind)
        .map(({ id, salt, sealed }) => this.seals.unseal<T>(placeOf(id), salt, sealed));
    return { ids: rows.map(({ id }) => id), commands: words<Command>('command'), drafts: words<DraftView>('draft') };
  }

  /** What is gone already is gone. */
  async taken({ ids }: RescueTaken): Promise<void> {
    await this.transaction.query('DELETE FROM rescued_work WHERE id = ANY ($1)', [ids]);
  }
}

export function placeOf(id: string): Place {
  return { table: 'rescued_work', id, tenant: EVERYWHERE };
}
