import { Injectable, computed, inject, signal } from '@angular/core';
import { noticeEndpoints, type NoticeView } from '@tilts/domain';
import { CALL } from '../platform/call';

// A person who works through a list changes pages quickly; the bell need not ask each time.
const freshFor = 20_000;

/** How many things happened that I have not seen. A bell that cannot ring is no reason to disturb: failures stay silent. */
@Injectable({ providedIn: 'root' })
export class Notices {
  readonly #call = inject(CALL);
  readonly #unread = signal<readonly NoticeView[]>([]);
  #askedAt = 0;
  readonly unread = computed(() => this.#unread().length);

  refresh(now = Date.now()): void {
    if (now - this.#askedAt < freshFor) return;
    this.#askedAt = now;
    void this.#ask();
  }

  /** Seen: no longer counted here, and told to the server. */
  async markRead(notice: NoticeView): Promise<void> {
    this.#unread.update((list) => list.filter((other) => other.id !== notice.id));
    if (!notice.read) await this.#call(noticeEndpoints.markRead, { params: { id: notice.id } }).catch(() => undefined);
  }

  async #ask(): Promise<void> {
    try {
      this.#unread.set((await this.#call(noticeEndpoints.list, { input: { unread: true, limit: 100 } })).items);
    } catch {
      this.#askedAt = 0;
    }
  }
}
