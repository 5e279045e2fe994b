import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type BrowserContext, type LaunchOptions, type Page } from '@playwright/test';
import { phone } from '../screens.js';

/** A phone that keeps what is on its disk when its browser is killed. */
export class InstalledPhone {
  #open: BrowserContext | undefined;

  private constructor(
    private readonly folder: string,
    private readonly launch: LaunchOptions,
    private readonly opened: (context: BrowserContext) => void,
  ) {}

  static inNewFolder(launch: LaunchOptions, opened: (context: BrowserContext) => void): InstalledPhone {
    return new InstalledPhone(mkdtempSync(join(tmpdir(), 'tilts-phone-')), launch, opened);
  }

  /** Its first page, in front of any address. */
  async open({ offline = false } = {}): Promise<Page> {
    const options = { ...this.launch, ...phone, locale: 'lv-LV', timezoneId: 'Europe/Riga', offline };
    this.#open = await chromium.launchPersistentContext(this.folder, { ...options, serviceWorkers: 'allow' });
    this.opened(this.#open);
    return this.#open.pages()[0] ?? this.#open.newPage();
  }

  /** As somebody closes it: everything is on the disk afterwards. */
  async close(): Promise<void> {
    await this.#open?.close();
    while (this.#processes().length > 0) await sleep(20);
  }

  /** kill -9 of the browser and of everything that belongs to it, as when the battery is empty. */
  async kill(): Promise<void> {
    const pids = this.#processes();
    if (pids.length === 0) throw new Error('no browser runs here');
    const closed = this.#open?.waitForEvent('close');
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await closed;
    while (this.#processes().length > 0) await sleep(20);
  }

  /** Signing in is on its disk. */
  keepsCookie(name: string): boolean {
    return filesIn(this.folder, /\/Cookies$/).some((path) => readFileSync(path, 'latin1').includes(name));
  }

  /** What a dying storage chip does to the database of the page: its files are there, and their middle is not what was written. */
  damageDatabase(): void {
    const files = filesIn(this.folder, /indexeddb\.leveldb\/(MANIFEST-\d+|\d+\.(log|ldb))$/);
    if (files.length === 0) throw new Error('no database is here');
    for (const path of files) writeFileSync(path, randomBytes(Math.max(64, statSync(path).size)));
  }

  async remove(): Promise<void> {
    await this.#open?.close().catch(() => undefined);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  #processes(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--user-data-dir=${this.folder}`);
        } catch {
          return false;
        }
      })
      .map(Number);
  }
}

function filesIn(folder: string, named: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => named.test(path))
    .map((path) => join(folder, path));
}
