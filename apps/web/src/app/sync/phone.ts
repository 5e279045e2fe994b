import { ApplicationRef, DOCUMENT, Injectable, effect, inject, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import type { Command, Me } from '@tilts/domain';
import { Session } from '../access/session';
import type { Bearer } from '../platform/call';
import { CallProblem, type AnyEndpoint } from '../platform/exchange';
import { LocalCopy, type Given, type Whereabouts } from '../platform/local-copy';
import { recallDevice } from './device-memory';
import type { PhoneCopy } from './phone-copy';
import { Signs } from './signs';
import type { Unsent } from './unsent';

export type { PhoneTrouble } from './signs';
export type { Unsent, UnsentState } from './unsent';

/** Milliseconds. */
const afterFirstPage = 500;

/**
 * What the pages may know about this phone's copy and outbox, and do with them. The copy itself is loaded once a mediator is signed in;
 * everybody else has none, and neither has a browser that can hold none.
 */
@Injectable({ providedIn: 'root' })
export class Phone extends LocalCopy {
  readonly #session = inject(Session);
  readonly #app = inject(ApplicationRef);
  readonly #signs = new Signs();
  #opened: { account: string; copy: Promise<PhoneCopy | null> } | null = null;
  #copy: PhoneCopy | null = null;

  override readonly changed = this.#signs.changed.asReadonly();
  /** A mediator is signed in, and this browser holds a copy. */
  readonly on = this.#signs.on.asReadonly();
  /** Everything that is not at the office, also what needs somebody. */
  readonly unsent = this.#signs.unsent.asReadonly();
  readonly needsYou = this.#signs.needsYou.asReadonly();
  /** The outbox is empty, and the office has said that it has everything that this phone has numbered. */
  readonly allSent = this.#signs.allSent.asReadonly();
  /** The last moment at which the office answered, by this phone's clock; null: never yet. */
  readonly lastContact = this.#signs.lastContact.asReadonly();
  /** The last try reached the office. */
  readonly online = this.#signs.online.asReadonly();
  readonly sending = this.#signs.sending.asReadonly();
  /** While families are fetched: how many of how many are here. */
  readonly progress = this.#signs.progress.asReadonly();
  /** The browser lost something that was written down here. */
  readonly cameBackWithLess = this.#signs.cameBackWithLess.asReadonly();
  /** Things that came by a rescue file, until their person has read of it. */
  readonly rescued = this.#signs.rescued.asReadonly();
  /** The browser promised not to clear this site by itself; null: not known. */
  readonly persisted = this.#signs.persisted.asReadonly();
  /** Bytes; null where the browser does not tell. */
  readonly space = this.#signs.space.asReadonly();
  readonly trouble = this.#signs.trouble.asReadonly();

  constructor() {
    super();
    effect(() => {
      const me = this.#session.me();
      untracked(() => void this.#follow(me));
    });
    inject(Router)
      .events.pipe(takeUntilDestroyed())
      .subscribe((event) => {
        if (event instanceof NavigationEnd) this.#copy?.pageOpened();
      });
    const document = inject(DOCUMENT);
    const now = (): void => void this.sendNow().catch(() => undefined);
    document.defaultView?.addEventListener('online', now);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') now();
    });
  }

  override async answer(endpoint: AnyEndpoint, given: Given): Promise<{ output: unknown } | undefined> {
    // Nothing is here yet: the first page does not wait for what will hold it.
    if (endpoint.method === 'GET' && this.#isFirstTime()) return undefined;
    return (await this.#current())?.answer(endpoint, given);
  }

  override async officeChanged(endpoint: AnyEndpoint): Promise<void> {
    if (endpoint.permission === 'import:own') await this.#copy?.officeChanged();
  }

  override where(recordId: string): Whereabouts | undefined {
    // Another answer whenever another copy is to be seen.
    this.changed();
    return this.#copy?.where(recordId);
  }

  /** Counted anew in the store, for the question at signing out: also what another tab wrote a moment ago. */
  async unsentCount(): Promise<number> {
    return (await (await this.#current())?.unsentCount()) ?? 0;
  }

  /** Something that needs somebody goes again, `input` as corrected. What waits or is held goes by itself. */
  async sendAgain(id: string, input?: object): Promise<void> {
    await this.#copy?.sendAgain(id, input);
  }

  /** What the person chose for each field of a clash. */
  async resolve(id: string, choice: Readonly<Record<string, 'mine' | 'theirs'>>): Promise<void> {
    await this.#copy?.resolve(id, choice);
  }

  /** What is lost when this is thrown away: itself and all that cannot be without it. Empty: it may not be thrown away. */
  lostWith(id: string): Unsent[] {
    return this.#copy?.lostWith(id) ?? [];
  }

  async throwAway(id: string): Promise<void> {
    await this.#copy?.throwAway(id);
  }

  /** Hands in and fetches at once. Throws what stopped it: OFFLINE, mostly. */
  async sendNow(): Promise<void> {
    await this.#copy?.now();
  }

  /** What is unsent, word for word. */
  commands(): readonly Command[] {
    return this.#copy?.commands() ?? [];
  }

  /** The person has read that the phone came back with less. */
  lessWasSeen(): void {
    // Where that cannot be written down, it is said again at the next opening.
    void this.#copy?.lessWasSeen().catch(() => undefined);
  }

  /** The person has read what came by a rescue file. */
  rescuedWasSeen(): void {
    this.#copy?.rescuedWasSeen();
  }

  #isFirstTime(): boolean {
    const me = untracked(this.#session.me);
    return this.#copy === null && me !== null && recallDevice(me.id).device === null;
  }

  /** A slow line is for the page that is being opened. */
  async #afterFirstPage(): Promise<void> {
    await this.#app.whenStable();
    await new Promise((done) => setTimeout(done, afterFirstPage));
  }

  #current(): Promise<PhoneCopy | null> {
    const me = untracked(this.#session.me);
    if (me?.role !== 'mediator' || typeof indexedDB === 'undefined') return Promise.resolve(null);
    if (this.#opened?.account !== me.id) {
      // Somebody else signed in, in another tab: what the one before has here waits for them.
      const before = this.#opened?.copy;
      this.#copy = null;
      this.#opened = { account: me.id, copy: this.#openAfter(before, me) };
    }
    return this.#opened.copy;
  }

  async #openAfter(before: Promise<PhoneCopy | null> | undefined, me: Me): Promise<PhoneCopy | null> {
    if (before) {
      (await before)?.close();
      this.#signs.clear();
    }
    return this.#open(me);
  }

  async #follow(me: Me | null): Promise<void> {
    if (me?.role === 'mediator') {
      if (this.#isFirstTime()) await this.#afterFirstPage();
      if (untracked(this.#session.me)?.id === me.id) (await this.#current())?.know(me);
      return;
    }
    const opened = this.#opened;
    this.#opened = null;
    this.#copy = null;
    const copy = await opened?.copy;
    await copy?.leave().catch(() => undefined);
    if (opened) this.#signs.clear();
  }

  async #open(me: Me): Promise<PhoneCopy | null> {
    try {
      const { PhoneCopy } = await import('./phone-copy');
      const copy = await PhoneCopy.open(me, bearerOf(me.id, this.#session), this.#signs);
      copy.onLost = (why) => this.#lost(why);
      if (this.#opened?.account === me.id) this.#copy = copy;
      return copy;
    } catch (problem) {
      this.#lost(problem);
      return null;
    }
  }

  /** Without a copy everything goes to the office at once, as for everybody else. */
  #lost(why: unknown): void {
    this.#copy = null;
    this.#signs.on.set(false);
    const code = why instanceof CallProblem ? why.code : null;
    this.#signs.trouble.set(code === 'PHONE_NEWER' ? 'newer' : code === 'PHONE_FULL' ? 'full' : 'broken');
    // A store that was taken away may be there again; one of a newer Tilts is left alone.
    if (code !== 'PHONE_NEWER') this.#opened = null;
  }
}

/**
 * The session for as long as it is that person's: in another tab somebody else may sign in, and this tab then goes on with their session.
 * Nobody hands in what another one did.
 */
export function bearerOf(
  account: string,
  session: Pick<Session, 'me' | 'token' | 'renew'>,
): Pick<Bearer, 'token' | 'renew'> {
  const isTheirs = (): boolean => untracked(session.me)?.id === account;
  return {
    token: () => (isTheirs() ? session.token() : null),
    renew: async () => isTheirs() && (await session.renew()) && isTheirs(),
  };
}
