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
import { isLanguage, type Language } from '@tilts/i18n';
import { CALL, type Bearer } from '../platform/call';
import { CallProblem, exchange, type Fields } from '../platform/exchange';
import { PageLanguage } from '../platform/language';
import {
  isSignOutOwed,
  oweLanguage,
  oweSignOut,
  owedLanguage,
  rememberSignedIn,
  wasSignedIn,
} from '../platform/preference';
import { Remembered } from './remembered';
import { renewSession } from './renewal';

/** Milliseconds that somebody who may go on without the server waits for its word. */
const waitsForServer = 1_000;

/** Who is signed in here. The access token lives in this memory only; a reload gets a new one for the refresh cookie. */
@Injectable({ providedIn: 'root' })
export class Session implements Bearer {
  readonly #language = inject(PageLanguage);
  readonly #injector = inject(Injector);
  readonly #remembered = inject(Remembered, { optional: true });
  readonly #me = signal<Me | null>(null);
  #token: string | null = null;
  #renewing: Promise<boolean> | null = null;
  #resuming: Promise<boolean> | null = null;
  #telling: Promise<unknown> | null = null;

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

  constructor() {
    window.addEventListener('online', () => {
      void this.#endWhatIsOwed();
      this.#tellLanguage();
    });
  }

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
    await this.#endWhatIsOwed();
    await this.#enter(await exchange(accessEndpoints.signIn, { input }, null));
  }

  /** The second step. Throws SECOND_STEP_FAILED, SECOND_STEP_OVER, or SIGN_IN_LATER with seconds. */
  async goOn(input: Fields<SecondStep>): Promise<void> {
    await this.#enter(await exchange(factorEndpoints.secondStep, { input }, null));
  }

  /** After opening or reloading the app: am I still signed in? A mediator may be without the server's word. */
  async resume(): Promise<boolean> {
    if (this.#me() !== null) return true;
    if (!wasSignedIn()) {
      void this.#endWhatIsOwed();
      return false;
    }
    this.#resuming ??= this.#resume().finally(() => (this.#resuming = null));
    return this.#resuming;
  }

  /** However many calls meet an expired token, one renewal runs for all. */
  renew(): Promise<boolean> {
    this.#renewing ??= this.#renew().finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  /**
   * Throws when the server could not be told: then the cookie still lives, and a shared computer is not safe yet. A mediator's phone may be
   * without a network for days: there it is told as soon as it can be, and until then nobody goes on with the cookie here.
   */
  async signOut(): Promise<void> {
    // Through CALL, which renews an expired token first; asked for here, because CALL itself needs this session.
    const call = this.#injector.get(CALL);
    try {
      await call(accessEndpoints.endSession, { params: { id: 'current' } });
    } catch (problem) {
      if (!(problem instanceof CallProblem)) throw problem;
      const isMediatorsPhone = this.#remembered !== null && this.role() === 'mediator';
      if (isMediatorsPhone && (isUnreachable(problem) || this.unanswered() !== null)) oweSignOut(true);
      else if (problem.status !== 401) throw problem;
    }
    this.#forget('signedOut');
  }

  /** What the server now says about me, after I changed it. */
  async know(me: Me): Promise<void> {
    this.#me.set(me);
    if (isLanguage(me.language) && me.language !== this.#language.active()) await this.#language.use(me.language);
  }

  /** In which language they read. A mediator's phone speaks it at once; the server is told when there is a network: `later`. */
  async speak(language: Language): Promise<'saved' | 'later'> {
    const me = this.#me();
    const isMediatorsPhone = this.#remembered !== null && me?.role === 'mediator';
    // What was chosen last counts, whatever is still on its way.
    oweLanguage(language);
    const isLast = (): boolean => owedLanguage() === language;
    try {
      const now = await this.#injector.get(CALL)(accessEndpoints.changeMe, { input: { language } });
      if (isLast()) await this.know(now);
    } catch (problem) {
      if (isMediatorsPhone && problem instanceof CallProblem && isUnreachable(problem)) {
        if (isLast()) await this.know({ ...me, language });
        return 'later';
      }
      if (isLast()) oweLanguage(null);
      throw problem;
    }
    if (isLast()) oweLanguage(null);
    return 'saved';
  }

  async #renew(): Promise<boolean> {
    try {
      await this.#take(await renewSession());
      return true;
    } catch (problem) {
      // Without a network nobody is signed out: what is on the screen stays.
      if (!(problem instanceof CallProblem)) return false;
      const isOver = problem.status === 401;
      this.unanswered.set(isOver ? null : problem);
      if (isOver) this.#forget('over');
      return false;
    }
  }

  async #resume(): Promise<boolean> {
    const renewed = this.renew();
    if (!this.#remembered) return renewed;
    const recalled = this.#remembered.recall();
    // A browser that says there is no network is right; one that says there is may be wrong.
    const patience = navigator.onLine ? waitsForServer : 0;
    const late = new Promise<null>((done) => setTimeout(() => done(null), patience));
    const answer = await Promise.race([renewed, late]);
    if (answer === true || (answer === false && this.unanswered() === null)) return answer;
    const me = await recalled;
    if (!me) return renewed;
    // The server's word comes later: a new token, or the door.
    if (this.#me() === null && wasSignedIn()) await this.know(me);
    return this.#me() !== null;
  }

  /** Somebody signed out here while the server could not be told. */
  async #endWhatIsOwed(): Promise<void> {
    if (!isSignOutOwed()) return;
    try {
      const { accessToken } = await renewSession();
      await exchange(accessEndpoints.endSession, { params: { id: 'current' } }, accessToken);
      oweSignOut(false);
    } catch (problem) {
      if (problem instanceof CallProblem && problem.status === 401) oweSignOut(false);
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
    // Whoever was signed in here before does not come back without the server.
    if (started.me.role !== 'mediator') this.#remembered?.forget();
    await this.know({ ...started.me, language: owedLanguage() ?? started.me.language });
    this.#tellLanguage();
  }

  #tellLanguage(): void {
    const owed = owedLanguage();
    if (!owed || this.#token === null || this.#telling) return;
    this.#telling = this.speak(owed)
      .catch(() => undefined)
      .finally(() => (this.#telling = null));
  }

  #forget(how: 'signedOut' | 'over'): void {
    rememberSignedIn(false);
    oweLanguage(null);
    this.#remembered?.forget();
    if (this.#me() !== null) this.#ended.set(how);
    this.#token = null;
    this.#me.set(null);
    this.#reset.set(null);
  }
}

function isUnreachable({ code }: CallProblem): boolean {
  return code === 'OFFLINE' || code === 'UNAVAILABLE';
}
