import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RequestTransaction } from '../database/request-transaction.js';

/** What a passkey must sign within a session: made for it, used up by the answer, over after five minutes. */
@Injectable()
export class PasskeyChallenges {
  constructor(private readonly transaction: RequestTransaction) {}

  async give(): Promise<Buffer> {
    const challenge = randomBytes(32);
    await this.transaction.query('DELETE FROM passkey_challenge WHERE expires_at <= now()');
    await this.transaction.query(
      `INSERT INTO passkey_challenge (challenge, session_id, expires_at) VALUES ($1, $2, now() + interval '5 minutes')`,
      [challenge, this.transaction.session.id],
    );
    return challenge;
  }

  /** False when it is none of this session, or was used. */
  async useUp(challenge: Buffer): Promise<boolean> {
    const used = await this.transaction.query(
      'DELETE FROM passkey_challenge WHERE challenge = $1 AND session_id = $2 AND expires_at > now() RETURNING 1',
      [challenge, this.transaction.session.id],
    );
    return used.length > 0;
  }
}
