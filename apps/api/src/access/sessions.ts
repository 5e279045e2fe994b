import { Injectable } from '@nestjs/common';
import {
  DomainError,
  newId,
  type NewSession,
  type Page,
  type Role,
  type SessionStarted,
  type SessionView,
} from '@tilts/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestTransaction } from '../database/request-transaction.js';
import { Seals } from '../database/seals.js';
import { emailTokenOf } from './accounts.js';
import { BeforeSession } from './before-session.js';
import { deviceName } from './device-name.js';
import { Profile } from './profile.js';
import { isPassword } from './passwords.js';
import { Cookies } from './refresh-cookie.js';
import { ACCESS_TOKEN_LIFE, AccessTokens } from './token.strategy.js';

/** Signing in, staying signed in, and ending it: each device of an account has one session. */
@Injectable()
export class Sessions {
  constructor(
    private readonly before: BeforeSession,
    private readonly cookies: Cookies,
    private readonly tokens: AccessTokens,
    private readonly transaction: RequestTransaction,
    private readonly seals: Seals,
    private readonly profile: Profile,
  ) {}

  /** A wrong password and an unknown e-mail differ neither in the answer nor in the time that it takes. */
  async start({ email, password }: NewSession, request: FastifyRequest, reply: FastifyReply): Promise<SessionStarted> {
    const emailToken = emailTokenOf(this.seals, email);
    const delayKey = this.cookies.delayKeyOf(request, emailToken);
    const {
      seconds,
      account_id: accountId,
      role,
      password_hash: passwordHash,
    } = await this.before.beginSignIn(emailToken, delayKey);
    if (seconds > 0) throw new DomainError('SIGN_IN_LATER', { seconds });
    const right = await isPassword(passwordHash ?? undefined, password);
    if (!right || !accountId || !role) throw new DomainError('SIGN_IN_FAILED');

    const id = newId();
    const token = this.cookies.newToken();
    const device = deviceName(request.headers['user-agent']);
    await this.before.startSession({ id, accountId, device, tokenHash: this.cookies.hashOf(token), delayKey });
    const started = await this.started({ sessionId: id, role }, request, async () => {
      await this.transaction.query('SELECT audit_write($1, $2, $3)', [request.id, 'POST /sessions', [accountId]]);
    });
    this.cookies.giveToken(reply, token);
    this.cookies.giveDevice(request, reply, emailToken);
    return started;
  }

  async renew(attempt: string, request: FastifyRequest, reply: FastifyReply): Promise<SessionStarted> {
    const token = this.cookies.tokenOf(request);
    if (!token) throw new DomainError('SIGN_IN_NEEDED');
    const successor = this.cookies.successorOf(token, attempt);
    const rotation = await this.before.rotate(this.cookies.hashOf(token), attempt, this.cookies.hashOf(successor));
    if (rotation.outcome !== 'renewed') {
      this.cookies.takeToken(reply);
      throw new DomainError('SESSION_OVER');
    }
    const started = await this.started({ sessionId: rotation.session_id, role: rotation.role }, request);
    this.cookies.giveToken(reply, successor);
    return started;
  }

  /** My devices, the last used first. */
  async list(): Promise<Page<SessionView>> {
    const rows = await this.transaction.query<{ id: string; started_at: string; last_used_at: string; device: string }>(
      `SELECT id, started_at, last_used_at, device FROM session
       WHERE account_id = $1 AND ended_at IS NULL AND expires_at > $2 ORDER BY last_used_at DESC LIMIT 100`,
      [this.transaction.session.accountId, this.transaction.now],
    );
    const items = rows.map((row) => ({
      id: row.id,
      startedAt: row.started_at,
      lastUsedAt: row.last_used_at,
      device: row.device,
      current: row.id === this.transaction.session.id,
    }));
    return { items, next: null };
  }

  /** `current` is signing out. */
  async end(given: string, reply: FastifyReply): Promise<void> {
    const own = this.transaction.session;
    const id = given === 'current' ? own.id : given;
    const found = await this.transaction.query(
      'SELECT FROM session WHERE id = $1 AND account_id = $2 AND ended_at IS NULL',
      [id, own.accountId],
    );
    if (found.length === 0) throw new DomainError('NOT_FOUND');
    await this.transaction.query('UPDATE session SET ended_at = $2 WHERE id = $1', [id, this.transaction.now]);
    if (id === own.id) this.cookies.takeToken(reply);
  }

  private started(
    caller: { sessionId: string; role: Role },
    request: FastifyRequest,
    alongside?: () => Promise<void>,
  ): Promise<SessionStarted> {
    return this.transaction.run(
      { sessionId: caller.sessionId, requestId: request.id, readOnly: !alongside },
      async () => {
        await alongside?.();
        return {
          accessToken: await this.tokens.make(caller),
          expiresIn: ACCESS_TOKEN_LIFE,
          me: await this.profile.me(),
        };
      },
    );
  }
}
