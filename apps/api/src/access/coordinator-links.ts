import type { Seals } from '../database/seals.js';
import type { Secrets } from '../platform/secrets.js';
import { emailTokenOf, unsealWords, type AccountWords, type SealedAccount } from './accounts.js';
import { makeLinkAsOwner, newLink } from './link-secret.js';

/** A connection of the owner. */
interface Owner {
  query(sql: string, values?: unknown[]): Promise<unknown>;
}

/** A coordinator who may sign in, or was invited and never did. */
export interface KnownCoordinator extends AccountWords {
  joined: boolean;
}

/** For whoever administers the server: who could be given a link. Names are opened with the keys of this server. */
export async function coordinators(owner: Owner, seals: Seals): Promise<KnownCoordinator[]> {
  const rows = (await owner.query(
    `SELECT id, salt, sealed, joined_at IS NOT NULL AS joined FROM account WHERE role = 'coordinator' AND ended_at IS NULL ORDER BY created_at, id`,
  )) as (SealedAccount & { joined: boolean })[];
  return rows.map((row) => ({ ...unsealWords(seals, row), joined: row.joined }));
}

/**
 * The way back in when no coordinator is left who could help: a one-time link for one of them, as if another coordinator had
 * made it. Undefined: no coordinator has this e-mail.
 */
export async function linkForCoordinator(
  owner: Owner,
  { seals, secrets, publicUrl }: { seals: Seals; secrets: Secrets; publicUrl: string },
  { email, keepSecondFactor }: { email: string; keepSecondFactor: boolean },
): Promise<{ url: string; expiresAt: string } | undefined> {
  const [found] = (await owner.query(
    `SELECT a.id, a.joined_at IS NOT NULL AS joined FROM account a JOIN credential c ON c.account_id = a.id
     WHERE c.email_token = $1 AND a.role = 'coordinator' AND a.ended_at IS NULL`,
    [emailTokenOf(seals, email)],
  )) as { id: string; joined: boolean }[];
  if (!found) return undefined;
  const purpose = found.joined ? 'passwordReset' : 'invitation';
  const link = newLink(publicUrl, secrets, purpose, new Date());
  const removeSecondFactors = found.joined && !keepSecondFactor;
  const url = await makeLinkAsOwner(owner, link, { accountId: found.id, purpose, removeSecondFactors });
  return { url, expiresAt: link.expiresAt };
}
