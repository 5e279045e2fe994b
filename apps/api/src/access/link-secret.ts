import { createHmac, randomBytes } from 'node:crypto';
import { newId, type LinkPurpose } from '@tilts/domain';
import type { Secrets } from '../platform/secrets.js';

const HOUR = 3_600_000;
/** An invitation lies in a mailbox over a holiday; a reset is asked for by somebody who waits for it. */
const LIFE: Record<LinkPurpose, number> = { invitation: 7 * 24 * HOUR, passwordReset: 24 * HOUR };

/** A one-time link that was just thought of. */
export interface LinkSecret {
  url: string;
  hash: Buffer;
  expiresAt: string;
}

export function newLink(publicUrl: string, secrets: Secrets, purpose: LinkPurpose, now: Date): LinkSecret {
  const token = randomBytes(32).toString('base64url');
  return {
    // Behind „#” it is sent to no server, so it stands in no log on the way.
    url: `${publicUrl}/link#${token}`,
    hash: linkHashOf(secrets, token),
    expiresAt: new Date(now.getTime() + LIFE[purpose]).toISOString(),
  };
}

/** What is kept: the database alone makes no link. */
export function linkHashOf(secrets: Secrets, token: string): Buffer {
  return createHmac('sha256', secrets.cookieKey).update(`one-time link:${token}`).digest();
}

/** Makes a link through the owner's connection: for whoever administers the server, when no coordinator can. */
export async function makeLinkAsOwner(
  owner: { query(sql: string, values: unknown[]): Promise<unknown> },
  { url, hash, expiresAt }: LinkSecret,
  {
    accountId,
    purpose,
    removeSecondFactors,
  }: { accountId: string; purpose: LinkPurpose; removeSecondFactors: boolean },
): Promise<string> {
  await owner.query('DELETE FROM one_time_link WHERE account_id = $1 AND purpose = $2 AND used_at IS NULL', [
    accountId,
    purpose,
  ]);
  await owner.query(
    `INSERT INTO one_time_link (hash, account_id, purpose, removes_second_factors, made_at, expires_at) VALUES ($1, $2, $3, $4, now(), $5)`,
    [hash, accountId, purpose, removeSecondFactors, expiresAt],
  );
  // Who it was is not known: only that it was done at the server.
  await owner.query(
    `INSERT INTO audit_event (id, at, request_id, operation, kind, subject_ids) VALUES ($1, now(), 'terminal', $2, 'write', ARRAY[$3::uuid])`,
    [newId(), `coordinator-link: ${purpose}`, accountId],
  );
  return url;
}
