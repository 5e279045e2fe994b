import { signal } from '@angular/core';
import type { Unsent } from './unsent';

/**
 * Why this browser holds no copy now. full: the disk is; what is typed stands only on the page. newer: a newer Tilts has written here, and this
 * one touches nothing; reload. broken: the store cannot be opened.
 */
export type PhoneTrouble = 'full' | 'newer' | 'broken';

/** What there is to tell about a phone's copy and outbox. Written by the copy, read by the pages. */
export class Signs {
  readonly changed = signal(0);
  readonly on = signal(false);
  readonly unsent = signal<readonly Unsent[]>([]);
  readonly needsYou = signal(0);
  readonly allSent = signal(false);
  readonly lastContact = signal<string | null>(null);
  readonly online = signal(navigator.onLine);
  readonly sending = signal(false);
  readonly progress = signal<{ have: number; of: number } | null>(null);
  readonly cameBackWithLess = signal(false);
  /** Things that came by a rescue file, until their person has read of it. */
  readonly rescued = signal(0);
  readonly persisted = signal<boolean | null>(null);
  readonly space = signal<{ used: number; of: number } | null>(null);
  readonly trouble = signal<PhoneTrouble | null>(null);

  /** Nobody is signed in, or somebody who has no copy. */
  clear(): void {
    this.on.set(false);
    this.unsent.set([]);
    this.needsYou.set(0);
    this.allSent.set(false);
    this.lastContact.set(null);
    this.sending.set(false);
    this.progress.set(null);
    this.cameBackWithLess.set(false);
    this.rescued.set(0);
    this.space.set(null);
    this.trouble.set(null);
    this.changed.update((number) => number + 1);
  }
}
