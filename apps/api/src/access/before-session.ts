import { Injectable } from '@nestjs/common';
import type { Role } from '@tilts/domain';
import type { QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';
import { Door } from '../database/door.js';
import type { NewAccountRow } from './accounts.js';

/** Everything that reaches the database before a session exists. The spec finds exactly these in access-functions.sql. */
export const FUNCTIONS_BEFORE_A_SESSION = [
  'access_begin_sign_in',
  'access_start_session',
  'access_rotate',
  'access_create_first_coordinator',
] as const;

/** How long one may stay signed in at most, and how long without a sign of life. */
const SESSION_LIFE = '30 days';
const TOKEN_LIFE = '7 days';

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
  constructor(
    private readonly database: DataSource,
    private readonly door: Door,
  ) {}

  async isAlive(): Promise<boolean> {
    return this.database.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }

  async beginSignIn(emailToken: Buffer, delayKey: Buffer): Promise<SignInBegun> {
    const [begun] = await this.call<SignInBegun>('SELECT * FROM access_begin_sign_in($1, $2)', [emailToken, delayKey]);
    if (!begun) throw new Error('access_begin_sign_in answered nothing');
    return begun;
  }

  async startSession(session: {
    id: string;
    accountId: string;
    device: string;
    tokenHash: Buffer;
    delayKey: Buffer;
  }): Promise<void> {
    const { id, accountId, device, tokenHash, delayKey } = session;
    await this.call('SELECT access_start_session($1, $2, $3, $4, $5, $6, $7)', [
      id,
      accountId,
      device,
      tokenHash,
      delayKey,
      SESSION_LIFE,
      TOKEN_LIFE,
    ]);
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

  /** False when there is an account already. */
  async createFirstCoordinator({
    id,
    language,
    salt,
    sealed,
    emailToken,
    passwordHash,
  }: NewAccountRow): Promise<boolean> {
    const [made] = await this.call<{ made: boolean }>(
      'SELECT access_create_first_coordinator($1, $2, $3, $4, $5, $6) AS made',
      [id, language, salt, sealed, emailToken, passwordHash],
    );
    return made?.made === true;
  }

  private call<T extends QueryResultRow>(sql: string, values: unknown[]): Promise<T[]> {
    return this.door.call<T>(sql, values);
  }
}
