import { newId } from '@tilts/domain';
import type { Seals } from '../database/seals.js';
import { sealFactor } from './proofs.js';

/** Sets up an authenticator app through the owner's connection: for demo data and tests. */
export async function setUpTotp(
  owner: { query(sql: string, values: unknown[]): Promise<unknown> },
  seals: Seals,
  accountId: string,
  words: { name: string; secret: string },
): Promise<string> {
  const [account] = (await owner.query('SELECT salt FROM account WHERE id = $1', [accountId])) as { salt: Buffer }[];
  if (!account) throw new Error(`There is no account ${accountId}`);
  const id = newId();
  await owner.query(
    `INSERT INTO second_factor (id, account_id, kind, sealed, made_at, confirmed_at, mark) VALUES ($1, $2, 'totp', $3, now(), now(), 0)`,
    [id, accountId, sealFactor(seals, id, account.salt, words)],
  );
  return id;
}
