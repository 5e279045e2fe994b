import type { Signal } from '@angular/core';

/** What on this device a newer build must wait for. `sync` provides it; without it nothing does. */
export abstract class MayUpdate {
  /**
   * The schema of the oldest command that waits here to be handed in: only a build that writes this schema is opened over it. Null when
   * there is none, and when a newer build has already been at work here, since an older one could not read its store. Undefined while
   * nobody can say, because nobody with a copy is signed in: then what was noted last holds.
   */
  abstract readonly unsentSchema: Signal<number | null | undefined>;
}
