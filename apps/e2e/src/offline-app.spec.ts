import type { BrowserContext, Page } from '@playwright/test';
import { languages } from '@tilts/i18n';
import { demoEmail } from '@tilts/testing';
import { everyPage } from './pages/every-page.js';
import { buildOf, kept, lookForNewer, waits } from './pages/kept-build.js';
import { settled } from './pages/settled.js';
import { signIn } from './pages/sign-in.js';
import { phone } from './screens.js';
import { expect, test as base } from './test.js';
import { begins, text } from './texts.js';
import { Caller } from './tilts/caller.js';
import { ServedBuilds } from './tilts/served-builds.js';

const city = 'VALMIERA';
const mediator = demoEmail('mediator', city);

interface Device {
  builds: ServedBuilds;
  phone: BrowserContext;
  /** Signed in, with the whole app kept. */
  page: Page;
}

const test = base.extend<Device>({
  builds: async ({ address }, use) => {
    const builds = await ServedBuilds.before(address);
    await use(builds);
    await builds.close();
  },
  phone: async ({ browserOf, complaints }, use) => {
    await use(await browserOf({ ...phone, serviceWorkers: 'allow' }));
    // A browser says each time that there is no network, and looks for an icon beside a text file.
    const others = complaints.filter((one) => !/ERR_INTERNET_DISCONNECTED|favicon\.ico/.test(one));
    complaints.splice(0, complaints.length, ...others);
  },
  page: async ({ builds, phone }, use) => {
    const page = await phone.newPage();
    await page.goto(builds.address);
    await signIn(page, mediator);
    await settled(page);
    await kept(page);
    await use(page);
  },
});

const notice = (page: Page) => page.getByText(text('shell.newBuild.text'));

test('every page of a mediator opens in every language from what the phone keeps', async ({
  builds,
  page,
  address,
}) => {
  test.setTimeout(240_000);
  const pages = (await everyPage(address, city)).mediator;
  // Only data come from the server now: every file of the app must be on the phone.
  builds.broken = '/';
  const caller = await Caller.signIn(address, mediator);
  try {
    for (const language of languages) {
      await caller.speak(language);
      for (const path of pages) {
        await page.goto(builds.address + path);
        await settled(page);
        if (!path.includes('no-such')) expect(new URL(page.url()).pathname, path).toBe(path.replace(/\?.*/, ''));
        await expect(page.locator('html')).toHaveAttribute('lang', language);
      }
    }
  } finally {
    await caller.speak('lv');
  }
});

test('a mediator who was signed in opens Today without any network', async ({ builds, page, phone }) => {
  await phone.setOffline(true);
  await page.goto(builds.address);
  await expect(page.locator('main h1').first()).toBeVisible();
  await expect(page).toHaveURL(/\/today$/);
});

test('without any network a new visitor sees the door and why it does not open', async ({ builds, phone }) => {
  const visitor = await phone.newPage();
  await visitor.goto(builds.address);
  await kept(visitor);
  await phone.setOffline(true);
  await visitor.goto(`${builds.address}/today`);
  await expect(visitor.getByRole('button', { name: text('access.signIn.action'), exact: true })).toBeVisible();
  await visitor.getByLabel(begins(text('access.field.email'))).fill(mediator);
  await visitor.getByLabel(begins(text('access.field.password')), { exact: true }).fill('x');
  await visitor.getByRole('button', { name: text('access.signIn.action'), exact: true }).click();
  await expect(visitor.getByText(text('problem.offline'))).toBeVisible();
});

test('what is asked of the API passes the worker by', async ({ page, phone }) => {
  const keptAddresses = await page.evaluate(async () =>
    (
      await Promise.all(
        (await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
      )
    ).flat(),
  );
  expect(keptAddresses.length).toBeGreaterThan(100);
  expect(keptAddresses.filter((url) => new URL(url).pathname.startsWith('/api'))).toEqual([]);
  await phone.setOffline(true);
  // A network that is not there, not an answer that somebody made up.
  expect(await page.evaluate(() => fetch('/api/me').then(({ status }) => status, String))).toContain('Failed to fetch');
});

test('a newer build waits while a form has unsaved words, and opens with the next page', async ({ builds, page }) => {
  const old = await buildOf(page);
  await page.goto(`${builds.address}/families/new`);
  await settled(page);
  const note = page.locator('main input[type="text"], main textarea').first();
  await note.fill('Iesākts');
  const next = builds.replace();
  await lookForNewer(page);
  await expect.poll(() => waits(page)).toBe(true);
  await expect(notice(page)).toBeHidden();
  await expect(note).toHaveValue('Iesākts');

  // A tap on a link leaves the form, whose words nobody saved: the page stays in its build, and its scripts are still there.
  await page
    .getByRole('link', { name: text('shell.families'), exact: true })
    .first()
    .click();
  await settled(page);
  await expect(page).toHaveURL(/\/families$/);
  expect(await buildOf(page)).toBe(old);
  await expect(notice(page)).toBeVisible();

  await page
    .getByRole('link', { name: text('shell.today'), exact: true })
    .first()
    .click();
  await expect(page.locator(`meta[name="build"][content="${next}"]`)).toBeAttached();
  await settled(page);
  await expect(page).toHaveURL(/\/today$/);
  await expect(notice(page)).toBeHidden();
});

test('the person updates by a tap; another page stays with its build until it goes on', async ({
  builds,
  page,
  phone,
}) => {
  const old = await buildOf(page);
  const other = await phone.newPage();
  await other.goto(`${builds.address}/families/new`);
  await settled(other);
  await other.locator('main input[type="text"], main textarea').first().fill('Iesākts');
  const next = builds.replace();
  await lookForNewer(page);
  await expect(notice(page)).toBeVisible();
  await page.getByRole('button', { name: text('shell.newBuild.open') }).click();
  await expect(page.locator(`meta[name="build"][content="${next}"]`)).toBeAttached();
  // The newer one is on the phone as a whole, although the worker of the one before still works.
  builds.broken = '/';
  await page.reload();
  await settled(page);
  expect(await buildOf(page)).toBe(next);
  builds.broken = null;

  // The server has the scripts of the other page no more; the phone has.
  await other.getByRole('button', { name: text('shell.person') }).click();
  await other.getByRole('link', { name: text('shell.profile') }).click();
  await expect(other.getByRole('heading', { level: 1 })).toBeVisible();
  await settled(other);
  expect(await buildOf(other)).toBe(old);
});

test('a reload and an opening that nobody asked to update stay with the build while unsent work needs it', async ({
  builds,
  page,
  phone,
}) => {
  const old = await buildOf(page);
  const next = builds.replace(7);
  await lookForNewer(page);
  await expect.poll(() => waits(page)).toBe(true);
  await page.reload();
  expect(await buildOf(page)).toBe(old);

  // Every page is closed, and the newer worker comes to work.
  await page.close();
  await expect
    .poll(async () => {
      // Looking is being a page; between two looks none is open.
      const look = await phone.newPage();
      await look.goto(`${builds.address}/robots.txt`);
      const still = await waits(look);
      await look.close();
      return still;
    })
    .toBe(false);
  // As the app notes it for the worker when work is unsent.
  const later = await phone.newPage();
  await later.goto(`${builds.address}/robots.txt`);
  await later.evaluate(async () => (await caches.open('tilts-notes')).put('/hold', new Response('1')));
  await later.goto(`${builds.address}/today`);
  await settled(later);
  expect(await buildOf(later)).toBe(old);

  // The app found nothing unsent, and says so.
  await expect.poll(() => later.evaluate(async () => (await caches.match('/hold')) === undefined)).toBe(true);
  await later.goto(`${builds.address}/today`);
  expect(await buildOf(later)).toBe(next);
});

test('an update that breaks off leaves the phone able to open, and goes on where it was', async ({
  builds,
  page,
  phone,
}) => {
  const old = await buildOf(page);
  const next = builds.replace();
  builds.asked.length = 0;
  // Among the first of those that a mediator does not open first.
  builds.broken = 'account-page';
  await lookForNewer(page);
  await expect.poll(() => builds.asked.some((path) => path.includes('account-page'))).toBe(true);
  await phone.setOffline(true);
  const offline = await phone.newPage();
  await offline.goto(`${builds.address}/sign-in`);
  expect(await buildOf(offline)).toBe(old);
  await offline.close();
  await phone.setOffline(false);

  builds.broken = null;
  const before = new Set(builds.asked.splice(0));
  await expect
    .poll(async () => {
      await lookForNewer(page);
      return waits(page);
    })
    .toBe(true);
  // A few downloads ran when it broke; the others are not fetched twice.
  const fetched = builds.asked.filter((path) => path !== '/worker.js');
  expect(before.size).toBeGreaterThan(20);
  expect(fetched.length).toBeGreaterThan(20);
  expect(fetched.filter((path) => before.has(path)).length).toBeLessThanOrEqual(8);
  await page.getByRole('button', { name: text('shell.newBuild.open') }).click();
  await expect(page.locator(`meta[name="build"][content="${next}"]`)).toBeAttached();
});

test('a phone that lost a script of a build that is gone opens the newer one', async ({ builds, page, complaints }) => {
  await page.evaluate(async () => {
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys())
        if (url.includes('profile-page')) await (await caches.open(name)).delete(url);
  });
  const next = builds.replace();
  await page.getByRole('button', { name: text('shell.person') }).click();
  await page.getByRole('link', { name: text('shell.profile') }).click();
  await expect(page.locator(`meta[name="build"][content="${next}"]`)).toBeAttached();
  await settled(page);
  await expect(page).toHaveURL(/\/profile$/);
  complaints.length = 0;
});

test('a withdrawn worker removes itself, and pages come from the server again', async ({ builds, page }) => {
  builds.replace();
  builds.withdraw();
  await lookForNewer(page);
  const workers = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
  // A browser takes its time to put one worker in the place of another.
  await expect.poll(workers, { timeout: 40_000 }).toBe(0);
  builds.asked.length = 0;
  expect(await page.evaluate(async () => (await caches.keys()).filter((name) => name.includes('build')))).toEqual([]);
});
