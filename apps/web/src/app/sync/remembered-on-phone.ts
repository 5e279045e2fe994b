import { Injectable } from '@angular/core';
import type { Me } from '@tilts/domain';
import { Remembered } from '../access/remembered';
import { accountHere, rememberAccount } from './device-memory';

/** Who was signed in, from the store of this phone. */
@Injectable({ providedIn: 'root' })
export class RememberedOnPhone extends Remembered {
  #early: Promise<Me | null> | null = null;

  /** While the app is still getting ready: where there is no network, this is what its first page waits for. */
  begin(): void {
    this.#early = this.#read();
  }

  override recall(): Promise<Me | null> {
    const early = this.#early;
    this.#early = null;
    return early ?? this.#read();
  }

  async #read(): Promise<Me | null> {
    const account = accountHere();
    if (!account || typeof indexedDB === 'undefined') return null;
    try {
      const { LocalStore } = await import('./local-store');
      const store = await LocalStore.open(account);
      try {
        const me = await store.me();
        return me?.id === account && me.role === 'mediator' ? me : null;
      } finally {
        store.close();
      }
    } catch {
      // Then only the office can tell who it is.
      return null;
    }
  }

  /**
   * Signed out, or the office has ended the session, of a lost phone for example: what came from the office leaves the disk, also when no
   * page had opened it yet. What is not sent stays for its person.
   */
  override forget(): void {
    this.#early = null;
    const account = accountHere();
    rememberAccount(null);
    if (account && typeof indexedDB !== 'undefined') void this.#empty(account);
  }

  async #empty(account: string): Promise<void> {
    try {
      const { LocalStore } = await import('./local-store');
      const store = await LocalStore.open(account);
      await store.leave().finally(() => store.close());
    } catch {
      // What cannot be opened is opened by nobody else here either; a newer Tilts empties its own.
    }
  }
}
