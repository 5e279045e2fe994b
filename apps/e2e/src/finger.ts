import type { Locator } from '@playwright/test';

/** A finger on a phone that counts what it does. Scrolling is no tap; typing would be more than one. */
export class Finger {
  taps = 0;

  async tap(on: Locator): Promise<void> {
    await on.tap();
    this.taps += 1;
  }
}
