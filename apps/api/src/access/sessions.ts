import { Injectable } from '@nestjs/common';
import {
  DomainError,
  newId,
  type NewSession,
  type Page,
  type PasskeyOptions,
  type Role,
  type SecondStep,
  type SecondStepTicket,
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
import { Passkeys } from './passkeys.js';
import { isPassword } from './passwords.js';
import { passkeysAmong, Proofs, type Fitting, type Provable } from './proofs.js';
import { Cookies } from './refresh-cookie.js';
import { SecondStepFunctions } from './second-step-functions.js';
import { ACCESS_TOKEN_LIFE, AccessTokens } from './token.strategy.js';

/** A session that is about to stand; `token` goes to the browser, its hash into the database. */
interface NewSessionRow {
  id: string;
  token: string;
  tokenHash: Buffer;
  device: string;
}

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
    private readonly secondStep: SecondStepFunctions,
    private readonly proofs: Proofs,
    private readonly passkeys: Passkeys,
  ) {}

  /**
   * A wrong password and an unknown e-mail differ neither in the answer nor in the time that it takes, and whether somebody has
   * a second factor learns only who knows their password.
   */
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
    if (!right || !accountId || !role || !passwordHash) throw new DomainError('SIGN_IN_FAILED');

    const { ticket, browser, hash } = this.cookies.newTicket(request);
    const asked = await this.secondStep.ask({
      accountId,
      passwordHash,
      ticketHash: hash,
      passwordDelay: delayKey,
      stepDelay: this.cookies.stepDelayKeyOf(request, emailToken),
    });
    if (asked) {
      this.cookies.markBrowser(reply, browser);
      const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no');
      const { totp, passkey } = asked;
      throw new DomainError('SECOND_FACTOR_ASKED', { ticket, totp: yesOrNo(totp), passkey: yesOrNo(passkey) });
    }
    const session = this.newSession(request);
    if (!(await this.before.startSession({ ...session, accountId, passwordHash, delayKey })))
      throw new DomainError('SIGN_IN_FAILED');
    return this.enter(session, { accountId, role, operation: 'POST /sessions' }, request, reply);
  }

  /** The second step: with the ticket of the first, in the same browser, once. */
  async goOn(step: SecondStep, request: FastifyRequest, reply: FastifyReply): Promise<SessionStarted> {
    const ticketHash = this.cookies.ticketHashOf(request, step.ticket);
    const seconds = await this.secondStep.tryStep(ticketHash);
    const somebody = await this.secondStep.ofTicket(ticketHash);
    if (seconds === null || !somebody) throw new DomainError('SECOND_STEP_OVER');
    if (seconds > 0) throw new DomainError('SIGN_IN_LATER', { seconds });
    const fitting = await this.fittingStep(step, somebody, ticketHash);
    const session = this.newSession(request);
    const outcome = fitting ? await this.secondStep.finish(ticketHash, fitting, session) : 'used';
    if (outcome === 'over') throw new DomainError('SECOND_STEP_OVER');
    if (outcome === 'used') throw new DomainError('SECOND_STEP_FAILED');
    const { accountId, role } = somebody;
    return this.enter(session, { accountId, role, operation: 'POST /sessions/second-step' }, request, reply);
  }

  /** What the browser asks a passkey at the second step. */
  async passkeyOptions({ ticket }: SecondStepTicket, request: FastifyRequest): Promise<PasskeyOptions> {
    const ticketHash = this.cookies.ticketHashOf(request, ticket);
    const somebody = await this.secondStep.ofTicket(ticketHash);
    if (!somebody) throw new DomainError('SECOND_STEP_OVER');
    const challenge = this.cookies.challengeOf(ticketHash);
    return { options: await this.passkeys.optionsToShow(challenge, passkeysAmong(somebody.factors)) };
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
    const items = await this.transaction.query<SessionView>(
      'SELECT id, started_at AS "startedAt", last_used_at AS "lastUsedAt", device, current FROM own_devices()',
    );
    return { items, next: null };
  }

  /** `current` is signing out. */
  async end(given: string, reply: FastifyReply): Promise<void> {
    const [ended] = await this.transaction.query<{ which: 'this' | 'other' | null }>(
      'SELECT end_own_session($1) AS which',
      [given === 'current' ? null : given],
    );
    if (!ended?.which) throw new DomainError('NOT_FOUND');
    if (ended.which === 'this') this.cookies.takeToken(reply);
  }

  private async fittingStep(step: SecondStep, somebody: Provable, ticketHash: Buffer): Promise<Fitting | null> {
    const fitting = await this.proofs.fitting(step, somebody);
    const challenge = fitting?.challenge;
    return challenge && !challenge.equals(this.cookies.challengeOf(ticketHash)) ? null : fitting;
  }

  private newSession(request: FastifyRequest): NewSessionRow {
    const token = this.cookies.newToken();
    const device = deviceName(request.headers['user-agent']);
    return { id: newId(), token, tokenHash: this.cookies.hashOf(token), device };
  }

  /** The session stands: its cookies, its access token, and a row in the audit. */
  private async enter(
    session: NewSessionRow,
    { accountId, role, operation }: { accountId: string; role: Role; operation: string },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<SessionStarted> {
    const started = await this.started({ sessionId: session.id, role }, request, async () => {
      await this.transaction.query('SELECT audit_write($1, $2, $3)', [request.id, operation, [accountId]]);
    });
    this.cookies.giveToken(reply, session.token);
    this.cookies.giveDevice(request, reply, emailTokenOf(this.seals, started.me.email));
    return started;
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
