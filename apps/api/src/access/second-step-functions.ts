import { Injectable } from '@nestjs/common';
import type { Role } from '@tilts/domain';
import { Door } from '../database/door.js';
import { SESSION_LIFE, TOKEN_LIFE } from './before-session.js';
import type { FactorRow, Fitting, PasskeyRow, Provable } from './proofs.js';

const TICKET_LIFE = '5 minutes';

/** As a function of second-factor-functions.sql answers; without a factor the columns of one are null. */
interface Answered {
  account_id: string;
  salt: Buffer;
  id: string | null;
  kind: FactorRow['kind'];
  sealed: Buffer;
  /** bigint comes as text. */
  mark: string;
  credential_id: Buffer | null;
  public_key: Buffer | null;
  transports: string | null;
}

/** What the database does between the two steps of signing in, and when somebody proves themselves anew: named functions, no tables. */
@Injectable()
export class SecondStepFunctions {
  constructor(private readonly door: Door) {}

  /** Null when the account has no second factor: then the password is enough. */
  async ask(given: {
    accountId: string;
    passwordHash: string;
    ticketHash: Buffer;
    passwordDelay: Buffer;
    stepDelay: Buffer;
  }): Promise<{ totp: boolean; passkey: boolean } | null> {
    const { accountId, passwordHash, ticketHash, passwordDelay, stepDelay } = given;
    const [asked] = await this.door.call<{ totp: boolean; passkey: boolean }>(
      'SELECT * FROM access_ask_second_step($1, $2, $3, $4, $5, $6)',
      [accountId, passwordHash, ticketHash, passwordDelay, stepDelay, TICKET_LIFE],
    );
    return asked ?? null;
  }

  /** Seconds to wait, 0 for none; null when the ticket is over. */
  async tryStep(ticketHash: Buffer): Promise<number | null> {
    return this.seconds('SELECT access_try_second_step($1) AS seconds', [ticketHash]);
  }

  async ofTicket(ticketHash: Buffer): Promise<(Provable & { role: Role }) | null> {
    const rows = await this.door.call<Answered & { role: Role }>('SELECT * FROM access_ticket_factors($1)', [
      ticketHash,
    ]);
    const [first] = rows;
    return first ? { ...provable(first, rows), role: first.role } : null;
  }

  /** `used`: the same proof served before. */
  async finish(
    ticketHash: Buffer,
    { factorId, mark, recovery }: Fitting,
    session: { id: string; device: string; tokenHash: Buffer },
  ): Promise<'started' | 'over' | 'used'> {
    const [finished] = await this.door.call<{ outcome: 'started' | 'over' | 'used' }>(
      'SELECT access_finish_second_step($1, $2, $3, $4, $5, $6, $7, $8, $9) AS outcome',
      [ticketHash, factorId, mark, recovery, session.id, session.device, session.tokenHash, SESSION_LIFE, TOKEN_LIFE],
    );
    return finished?.outcome ?? 'over';
  }

  async tryProof(sessionId: string, delayKey: Buffer): Promise<number | null> {
    return this.seconds('SELECT access_try_proof($1, $2) AS seconds', [sessionId, delayKey]);
  }

  async ofSession(sessionId: string): Promise<(Provable & { passwordHash: string | null }) | null> {
    const rows = await this.door.call<Answered & { password_hash: string | null }>(
      'SELECT * FROM access_session_factors($1)',
      [sessionId],
    );
    const [first] = rows;
    return first ? { ...provable(first, rows), passwordHash: first.password_hash } : null;
  }

  /** Without a fitting factor: the password fitted. False when the proof served before, or is not enough. */
  async prove(sessionId: string, fitting: Fitting | null, delayKey: Buffer): Promise<boolean> {
    const { factorId = null, mark = null, recovery = null, challenge = null } = fitting ?? {};
    const [proved] = await this.door.call<{ proved: boolean }>(
      'SELECT access_prove($1, $2, $3, $4, $5, $6) AS proved',
      [sessionId, factorId, mark, recovery, challenge, delayKey],
    );
    return proved?.proved === true;
  }

  /** An app showed its first code. False when it does not wait for one. */
  async confirmTotp(sessionId: string, factor: { id: string; mark: number; sealed: Buffer }): Promise<boolean> {
    const { id, mark, sealed } = factor;
    return this.done('SELECT access_confirm_totp($1, $2, $3, $4) AS done', [sessionId, id, mark, sealed]);
  }

  /** False when the passkey belongs to an account already. */
  async addPasskey(sessionId: string, passkey: PasskeyRow): Promise<boolean> {
    const { id, mark, sealed, credentialId, publicKey, transports } = passkey;
    const values = [sessionId, id, mark, sealed, credentialId, publicKey, transports];
    return this.done('SELECT access_add_passkey($1, $2, $3, $4, $5, $6, $7) AS done', values);
  }

  private async done(sql: string, values: unknown[]): Promise<boolean> {
    const [answer] = await this.door.call<{ done: boolean }>(sql, values);
    return answer?.done === true;
  }

  private async seconds(sql: string, values: unknown[]): Promise<number | null> {
    const [counted] = await this.door.call<{ seconds: number | null }>(sql, values);
    return counted?.seconds ?? null;
  }
}

function provable(first: Answered, rows: readonly Answered[]): Provable {
  const factors = rows.flatMap((row) =>
    row.id === null
      ? []
      : {
          id: row.id,
          kind: row.kind,
          sealed: row.sealed,
          mark: Number(row.mark),
          credentialId: row.credential_id,
          publicKey: row.public_key,
          transports: row.transports,
        },
  );
  return { accountId: first.account_id, salt: first.salt, factors };
}
