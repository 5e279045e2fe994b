import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import type { Role } from '@tilts/domain';
import { demoEmail, type CityKey } from '@tilts/testing';
import { signIn } from './pages/sign-in.js';
import { desk, phone } from './screens.js';

export { expect };

/** Opens a browser of their own and signs in. */
type Somebody = (city?: CityKey) => Promise<Page>;

export interface People {
  /** Where the built Tilts of this run is. */
  address: string;
  /** What browsers complained about; a test that expects a complaint takes it out. */
  complaints: string[];
  /** An empty browser of somebody's, watched; closed after the test. */
  browserOf: (screen?: BrowserContextOptions) => Promise<BrowserContext>;
  mediator: Somebody;
  socialWorker: Somebody;
  evaluator: Somebody;
  coordinator: Somebody;
}

const somebody =
  (role: Role, screen: typeof desk) =>
  async ({ browserOf }: Pick<People, 'browserOf'>, use: (somebody: Somebody) => Promise<void>): Promise<void> =>
    use(async (city) => {
      const page = await (await browserOf(screen)).newPage();
      await page.goto('/');
      await signIn(page, demoEmail(role, city));
      return page;
    });

/** Notes an error in the console of a browser, an exception or a violation of the content security policy. */
export function watch(context: BrowserContext, complaints: string[]): void {
  context.on('console', (message) => {
    // The first step of somebody with a second factor is refused, as it should be, and so is a code that somebody used a moment ago.
    if (/\/api\/sessions(\/second-step)?$/.test(message.location().url) && /\b401\b/.test(message.text())) return;
    const violation = /content security policy|trusted ?types/i.test(message.text());
    if (violation || message.type() === 'error')
      complaints.push(`${message.page()?.url() ?? ''} ${message.text()} ${message.location().url}`);
  });
  context.on('weberror', (failure) => complaints.push(`${failure.page()?.url() ?? ''} ${failure.error().message}`));
}

/**
 * People in front of browsers of their own; and an eye on every page of theirs: an error in its console, an exception or a violation
 * of the content security policy fails the test, whatever else it is about.
 */
export const test = base.extend<People>({
  address: async ({ baseURL }, use) => use(baseURL ?? ''),
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this very pattern.
  complaints: async ({}, use) => {
    const complaints: string[] = [];
    await use(complaints);
    // A mediator's phone goes on asking; what it says once the Tilts of a test is gone is nobody's fault.
    const gone = complaints.findIndex((words) => words.includes('ERR_CONNECTION_REFUSED'));
    expect(gone < 0 ? complaints : complaints.slice(0, gone), 'complaints of the browser').toEqual([]);
  },
  browserOf: async ({ browser, complaints }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (screen = desk) => {
      const context = await browser.newContext(screen);
      opened.push(context);
      watch(context, complaints);
      return context;
    });
    for (const context of opened) await context.close();
  },
  mediator: somebody('mediator', phone),
  socialWorker: somebody('socialWorker', desk),
  evaluator: somebody('evaluator', desk),
  coordinator: somebody('coordinator', desk),
});
