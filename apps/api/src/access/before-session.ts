import { Injectable } from '@nestjs/common';
import type { LinkPurpose, Role } from '@tilts/domain';
import type { QueryResultRow } from 'pg';
import { Door } from '../database/door.js';
import type { NewAccountRow, SealedAccount } from './accounts.js';

/** Everything that reaches the database before a session exists. The spec finds exactly these in the two …-functions.sql. */
export const FUNCTIONS_BEFORE_A_SESSION = [
  'access_begin_sign_in',
  'access_start_session',
  'access_rotate',
  'access_create_first_coordinator',
  'access_is_empty',
  'access_look_link',
  'access_use_link',
  'access_sweep',
  'access_ask_second_step',
  'access_try_second_step',
  'access_ticket_factors',
  'access_finish_second_step',
  'access_try_proof',
  'access_session_factors',
  'access_prove',
  'access_confirm_totp',
  'access_add_passkey',
] as const;

/** How long one may stay signed in at most, and how long without a sign of life. */
export const SESSION_LIFE = '30 days';
export const TOKEN_LIFE = '7 days';

interface SignInBegun {
  /** Above 0: too early. */
  seconds: number;
  account_id: string | null;
  role: Role | null;
  password_hash: string | null;
}

type Rotation = { outcome: 'renewed'; session_id: string; role: Role } | { outcome: 'over' | 'reused' };

/** All that the database does for somebody who is nobody yet: named functions, no tables (access-functions.sql). */
@Injectable()
export class BeforeSession {
  constructor(private readonly door: Door) {}

  async beginSignIn(emailToken: Buffer, delayKey: Buffer): Promise<SignInBegun> {
    const [begun] = await this.call<SignInBegun>('SELECT * FROM access_begin_sign_in($1, $2)', [emailToken, delayKey]);
    if (!begun) throw new Error('access_begin_sign_in answered nothing');
    return begun;
  }

  /** False when the password that was compared is another one by now. */
  async startSession(session: {
    id: string;
    accountId: string;
    passwordHash: string;
    device: string;
    tokenHash: Buffer;
    delayKey: Buffer;
  }): Promise<boolean> {
    const { id, accountId, passwordHash, device, tokenHash, delayKey } = session;
    const [answer] = await this.call<{ started: boolean }>(
      'SELECT access_start_session($1, $2, $3, $4, $5, $6, $7, $8) AS started',
      [id, accountId, passwordHash, device, tokenHash, delayKey, SESSION_LIFE, TOKEN_LIFE],
    );
    return answer?.started === true;
  }

  async rotate(tokenHash: Buffer, attempt: string, successorHash: Buffer): Promise<Rotation> {
    const [rotation] = await this.call<Rotation>('SELECT * FROM access_rotate($1, $2, $3, $4)', [
      tokenHash,
      attempt,
      successorHash,
      TOKEN_LIFE,
    ]);
    if (!rotation) throw new Error('access_rotate answered nothing');
    return rotation;
  }

  /** False when there is an account already. `controllerName` is null when the surroundings name the controller. */
  async createFirstCoordinator(account: NewAccountRow, controllerName: string | null): Promise<boolean> {
    const { id, language, salt, sealed, emailToken, passwordHash } = account;
    const [made] = await this.call<{ made: boolean }>(
      'SELECT access_create_first_coordinator($1, $2, $3, $4, $5, $6, $7) AS made',
      [id, language, salt, sealed, emailToken, passwordHash, controllerName],
    );
    return made?.made === true;
  }

  /** Whether nobody has an account yet. */
  async isEmpty(): Promise<boolean> {
    const [answer] = await this.call<{ empty: boolean }>('SELECT access_is_empty() AS empty', []);
    return answer?.empty === true;
  }

  /** Whom a one-time link is for; undefined when it does not work (any more). */
  async lookLink(hash: Buffer): Promise<(SealedAccount & { purpose: LinkPurpose; language: string }) | undefined> {
    const [found] = await this.call<SealedAccount & { purpose: LinkPurpose; language: string }>(
      'SELECT purpose, account_id AS id, language, salt, sealed FROM access_look_link($1)',
      [hash],
    );
    return found;
  }

  /** False when the link does not work (any more). */
  async useLink(use: { hash: Buffer; passwordHash: string; delayKey: Buffer; requestId: string }): Promise<boolean> {
    const { hash, passwordHash, delayKey, requestId } = use;
    const [used] = await this.call<{ used: boolean }>('SELECT access_use_link($1, $2, $3, $4) AS used', [
      hash,
      passwordHash,
      delayKey,
      requestId,
    ]);
    return used?.used === true;
  }

  /** Takes away sessions, tokens and links that nobody needs any more; how many rows. */
  async sweep(): Promise<number> {
    const [answer] = await this.call<{ swept: number }>('SELECT access_sweep() AS swept', []);
    return answer?.swept ?? 0;
  }

  private call<T extends QueryResultRow>(sql: string, values: unknown[]): Promise<T[]> {
    return this.door.call<T>(sql, values);
  }
}
