import { expect, type Locator, type Page } from '@playwright/test';
import { begins, text } from '../texts.js';

/** What a phone says about itself, on every page and on the page of unsent things. */
export class PhoneState {
  constructor(private readonly page: Page) {}

  /** The line above the bar. */
  get line(): Locator {
    return this.page.locator('app-phone-line.line');
  }

  get words(): Locator {
    return this.line.locator('.words');
  }

  /** The first download came to its end, as its database has it: nothing on a page says that nothing more comes. */
  async downloaded(): Promise<void> {
    await expect.poll(() => this.page.evaluate(isComplete), { timeout: 30_000 }).toBe(true);
  }

  async waits(count: number): Promise<void> {
    await expect(this.words).toHaveText(text('sync.state.offlineWaiting', { count }));
  }

  /** The same while the browser has a network, and the office does not answer. */
  async waitsForOffice(count: number): Promise<void> {
    const [there, gone] = [text('sync.state.waiting', { count }), text('sync.state.offlineWaiting', { count })];
    await expect(this.words.and(this.line.getByText(there).or(this.line.getByText(gone)))).toBeVisible();
  }

  /** Somebody has to look at so many things, and nothing else waits. */
  async needsYou(count: number): Promise<void> {
    await expect(this.words).toHaveText(text('sync.state.needsYou', { count, waiting: 0 }), { timeout: 20_000 });
  }

  /** The outbox is empty, and the office has said that it has everything. */
  async allSent(): Promise<void> {
    await expect(this.words).toHaveText(begins(text('sync.state.allSent', { at: '' }).trim()), { timeout: 20_000 });
  }

  /** By its mark: how many records in this part of the page are only on this phone. */
  marked(within: Page | Locator, where: 'phone' | 'office' | 'needsYou' = 'phone'): Locator {
    return within.locator('app-where-mark').filter({ hasText: text(`sync.where.${where}`) });
  }

  /** Opens the page of unsent things by a tap on the line, as people do. */
  async openUnsent(): Promise<void> {
    await this.line.getByRole('link').tap();
    await expect(this.page).toHaveURL(/\/unsent$/);
  }

  get cards(): Locator {
    return this.page.locator('app-unsent-card');
  }

  /** As a dying disk leaves rows: the oldest thing that was done here, and one family, are not what was written. */
  async damage(familyId: string): Promise<void> {
    await this.page.evaluate(damageRows, familyId);
  }
}

async function damageRows(familyId: string): Promise<void> {
  const [database] = (await indexedDB.databases()).filter(({ name }) => name?.startsWith('tilts-'));
  const done = <T>(asked: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error as DOMException);
    });
  const db = await done(indexedDB.open(database?.name ?? '', database?.version));
  const tx = db.transaction(['command', 'family'], 'readwrite');
  const entries = (await done(tx.objectStore('command').getAll())) as { state: string; command: { seq: number } }[];
  const oldest = entries.find(({ state }) => state === 'waiting')?.command.seq ?? 0;
  await done(tx.objectStore('command').put({ bits: 'x' }, oldest));
  await done(tx.objectStore('family').put({ bundle: { family: null } }, familyId));
  db.close();
}

async function isComplete(): Promise<boolean> {
  const [database] = (await indexedDB.databases()).filter(({ name }) => name?.startsWith('tilts-'));
  if (!database?.name) return false;
  const opened = indexedDB.open(database.name, database.version);
  return new Promise((done) => {
    opened.onerror = () => done(false);
    opened.onsuccess = () => {
      const asked = opened.result.transaction('meta').objectStore('meta').get('complete');
      asked.onsuccess = () => {
        opened.result.close();
        done(asked.result === true);
      };
      asked.onerror = () => done(false);
    };
  });
}
