import { Injectable, Injector, computed, inject, signal } from '@angular/core';
import {
  accessEndpoints,
  factorEndpoints,
  mayDo,
  needsSecondFactor,
  type Me,
  type NewSession,
  type Permission,
  type SecondStep,
  type SessionStarted,
} from '@tilts/domain';
import { isLanguage } from '@tilts/i18n';
import { CALL, type Bearer } from '../platform/call';
import { CallProblem, exchange, type Fields } from '../platform/exchange';
import { PageLanguage } from '../platform/language';
import { rememberSignedIn, wasSignedIn } from '../platform/preference';
import { renewSession } from './renewal';

/** Who is signed in here. The access token lives in this memory only; a reload gets a new one for the refresh cookie. */
@Injectable({ providedIn: 'root' })
export class Session implements Bearer {
  readonly #language = inject(PageLanguage);
  readonly #injector = inject(Injector);
  readonly #me = signal<Me | null>(null);
  #token: string | null = null;
  #renewing: Promise<boolean> | null = null;

  readonly #ended = signal<'signedOut' | 'over' | null>(null);

  readonly #reset = signal<string | null>(null);

  readonly me = this.#me.asReadonly();
  /** To be told once after signing in: when somebody's link last set the password of this account. */
  readonly passwordReset = this.#reset.asReadonly();
  /** How the last session of this page ended; the shell then shows the door. */
  readonly ended = this.#ended.asReadonly();
  /** Why it is not known whether somebody is signed in here: the server could not be asked. */
  readonly unanswered = signal<CallProblem | null>(null);
  readonly role = computed(() => this.#me()?.role ?? null);

  token(): string | null {
    return this.#token;
  }

  may(permission: Permission): boolean {
    const role = this.role();
    return role !== null && mayDo(role, permission);
  }

  /** Their role demands a second factor for this, which is to be set up or shown first. */
  needsSecondFactorFor(permission: Permission): boolean {
    const me = this.#me();
    return me !== null && me.mustSetSecondFactor && needsSecondFactor(me.role, permission);
  }

  /** Throws a `CallProblem`: SIGN_IN_FAILED, SIGN_IN_LATER with seconds, or SECOND_FACTOR_ASKED with a ticket. */
  async signIn(input: Fields<NewSession>): Promise<void> {
    await this.#enter(await exchange(accessEndpoints.signIn, { input }, null));
  }

  /** The second step. Throws SECOND_STEP_FAILED, SECOND_STEP_OVER, or SIGN_IN_LATER with seconds. */
  async goOn(input: Fields<SecondStep>): Promise<void> {
    await this.#enter(await exchange(factorEndpoints.secondStep, { input }, null));
  }

  /** After opening or reloading the app: am I still signed in? */
  async resume(): Promise<boolean> {
    return this.#me() !== null || (wasSignedIn() && (await this.renew()));
  }

  /** However many calls meet an expired token, one renewal runs for all. */
  renew(): Promise<boolean> {
    this.#renewing ??= this.#renew().finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  /** Throws when the server could not be told: then the cookie still lives, and a shared computer is not safe yet. */
  async signOut(): Promise<void> {
    // Through CALL, which renews an expired token first; asked for here, because CALL itself needs this session.
    const call = this.#injector.get(CALL);
    try {
      await call(accessEndpoints.endSession, { params: { id: 'current' } });
    } catch (problem) {
      if (!(problem instanceof CallProblem) || problem.status !== 401) throw problem;
    }
    this.#forget('signedOut');
  }

  /** What the server now says about me, after I changed it. */
  async know(me: Me): Promise<void> {
    this.#me.set(me);
    if (isLanguage(me.language) && me.language !== this.#language.active()) await this.#language.use(me.language);
  }

  async #renew(): Promise<boolean> {
    try {
      await this.#take(await renewSession());
      return true;
    } catch (problem) {
      // Without a network nobody is signed out: what is on the screen stays.
      if (problem instanceof CallProblem && problem.status === 401) this.#forget('over');
      else if (problem instanceof CallProblem) this.unanswered.set(problem);
      return false;
    }
  }

  passwordResetSeen(): void {
    this.#reset.set(null);
  }

  async #enter(started: SessionStarted): Promise<void> {
    await this.#take(started);
    this.#reset.set(started.me.passwordResetAt);
  }

  async #take(started: SessionStarted): Promise<void> {
    this.#token = started.accessToken;
    this.#ended.set(null);
    this.unanswered.set(null);
    rememberSignedIn(true);
    await this.know(started.me);
  }

  #forget(how: 'signedOut' | 'over'): void {
    rememberSignedIn(false);
    if (this.#me() !== null) this.#ended.set(how);
    this.#token = null;
    this.#me.set(null);
    this.#reset.set(null);
  }
}
