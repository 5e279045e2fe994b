import type { Page } from '@playwright/test';
import { demoEmail, type CityKey } from '@tilts/testing';
import { kept } from './pages/kept-build.js';
import { PhoneState } from './pages/phone-state.js';
import { signIn } from './pages/sign-in.js';
import { phone } from './screens.js';
import { expect, test as base, watch } from './test.js';
import { InstalledPhone } from './tilts/installed-phone.js';
import { OwnTilts } from './tilts/own-tilts.js';

export { expect };

interface Devices {
  /** A phone on which Tilts was never opened. */
  newPhone: () => Promise<Page>;
  /** A phone of the mediator of that city, in a browser of its own, with everything on it that they work with. */
  phoneOf: (city: CityKey, address?: string) => Promise<Page>;
  /** A phone whose browser may be killed. */
  installed: InstalledPhone;
  /** A browser says each time that there is no network; and what was refused is refused. */
  quiet: undefined;
}

/** Phones of mediators, and a Tilts that all journeys of theirs share: families change hands there, and stores break. */
export const test = base.extend<Devices, { tilts: OwnTilts }>({
  tilts: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this very pattern.
    async ({}, use) => {
      const tilts = await OwnTilts.inNewFolders();
      await tilts.start();
      await use(tilts);
      await tilts.remove();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ tilts }, use) => use(tilts.address),
  newPhone: async ({ browserOf }, use) =>
    use(async () => (await browserOf({ ...phone, serviceWorkers: 'allow' })).newPage()),
  phoneOf: async ({ newPhone }, use) => use(async (city, address) => equipped(await newPhone(), city, address)),
  installed: async ({ launchOptions, complaints }, use) => {
    const installed = InstalledPhone.inNewFolder(launchOptions, (context) => watch(context, complaints));
    await use(installed);
    await installed.remove();
  },
  quiet: [
    async ({ complaints }, use) => {
      await use(undefined);
      const others = complaints.filter((one) => !/ERR_INTERNET_DISCONNECTED|favicon\.ico/.test(one));
      complaints.splice(0, complaints.length, ...others);
    },
    { auto: true },
  ],
});

/** Signs in on that phone, and waits until all that a mediator needs without a network is on it. */
export async function equipped(page: Page, city: CityKey, address = ''): Promise<Page> {
  await page.goto(`${address}/`);
  await signIn(page, demoEmail('mediator', city));
  await new PhoneState(page).downloaded();
  await kept(page);
  return page;
}
