import { DOCUMENT, DestroyRef, Injectable, inject, signal } from '@angular/core';
import { draftEndpoints, type DraftDetails } from '@tilts/domain';
import { CALL } from '../platform/call';
import { CallProblem } from '../platform/exchange';

/** `none`: nothing typed yet. `offline` and `refused`: what is typed stands only on this page, and is tried again. */
export type DraftState = 'none' | 'saving' | 'saved' | 'offline' | 'refused';

const pause = 800;
const tryAgainAfter = 8_000;

/** What is typed so far, under the id of the visit or referral to be: one form is one draft however often it is opened. */
export type Typed = Pick<DraftDetails, 'kind' | 'familyId' | 'content'> & { id: string };

/**
 * Keeps what is typed on the server, so that a call, a crash or a change of phone loses nothing. Nothing is kept in the
 * phone.
 */
@Injectable()
export class KeptDraft {
  readonly #call = inject(CALL);
  readonly #state = signal<DraftState>('none');
  readonly state = this.#state.asReadonly();
  #waiting: Typed | null = null;
  #kept = '';
  #sending: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  constructor() {
    const document = inject(DOCUMENT);
    const window = document.defaultView;
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') this.#send();
    };
    const now = (): void => this.#send();
    // Words that stand only on this page: the browser asks before it throws them away.
    const leaving = (event: Event): void => {
      if (this.#waiting && (this.#state() === 'offline' || this.#state() === 'refused')) event.preventDefault();
    };
    document.addEventListener('visibilitychange', hidden);
    window?.addEventListener('pagehide', now);
    window?.addEventListener('online', now);
    window?.addEventListener('beforeunload', leaving);
    inject(DestroyRef).onDestroy(() => {
      this.#send();
      document.removeEventListener('visibilitychange', hidden);
      window?.removeEventListener('pagehide', now);
      window?.removeEventListener('online', now);
      window?.removeEventListener('beforeunload', leaving);
    });
  }

  /** The server has this already. */
  opened(content: string): void {
    this.#kept = content;
    this.#state.set('saved');
  }

  /** Called with every change; a pause in typing sends it. */
  keep(typed: Typed): void {
    if (this.#over || typed.content === this.#kept) return;
    this.#waiting = typed;
    if (this.#state() !== 'offline') this.#state.set('saving');
    this.#later(pause);
  }

  /** It is written or given up: no draft any more. Never fails; a draft left behind is offered once more on Today. */
  async finish(id: string): Promise<void> {
    this.#over = true;
    this.#waiting = null;
    clearTimeout(this.#timer);
    await this.#sending;
    if (this.#kept !== '') await this.#call(draftEndpoints.discard, { params: { id } }).catch(() => undefined);
    this.#kept = '';
    this.#state.set('none');
  }

  /** After `finish`: the next form of this page. */
  anew(): void {
    this.#over = false;
    this.#waiting = null;
  }

  #later(after: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), after);
  }

  #send(): void {
    clearTimeout(this.#timer);
    const typed = this.#waiting;
    if (!typed || this.#sending) return;
    this.#waiting = null;
    this.#sending = this.#put(typed).finally(() => {
      this.#sending = null;
      if (this.#waiting && !this.#over) this.#later(this.#state() === 'saved' ? pause : tryAgainAfter);
    });
  }

  async #put(typed: Typed): Promise<void> {
    const { id, ...input } = typed;
    try {
      await this.#call(draftEndpoints.save, { params: { id }, input });
      this.#kept = typed.content;
      this.#state.set(this.#waiting ? 'saving' : 'saved');
    } catch (error) {
      this.#waiting ??= typed;
      this.#state.set(error instanceof CallProblem && error.code === 'OFFLINE' ? 'offline' : 'refused');
    }
  }
}
