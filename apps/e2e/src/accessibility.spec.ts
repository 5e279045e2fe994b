import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { roles, type Role } from '@tilts/domain';
import type { Language } from '@tilts/i18n';
import { demoEmail } from '@tilts/testing';
import { everyPage } from './pages/every-page.js';
import { settled } from './pages/settled.js';
import { signIn } from './pages/sign-in.js';
import { desk, phone } from './screens.js';
import { expect, test } from './test.js';
import { Caller } from './tilts/caller.js';

const city = 'RIGA';

// A recording of hundreds of pages would only cost time; a finding says where it is.
test.use({ trace: 'off' });

/** Three languages, both sizes in both colour schemes. English, whose words are the shortest, is looked at once. */
const looks = [
  { language: 'lv', screen: phone, colorScheme: 'light' },
  { language: 'en', screen: desk, colorScheme: 'light' },
  { language: 'lv', screen: desk, colorScheme: 'dark' },
  { language: 'ru', screen: phone, colorScheme: 'dark' },
  { language: 'ru', screen: desk, colorScheme: 'light' },
] as const;

let pages: ReturnType<typeof everyPage> | undefined;
/** Asked once: the addresses stay. */
const pagesOf = (address: string): ReturnType<typeof everyPage> => (pages ??= everyPage(address, city));

test('every page of the routes is looked at', async ({ address }) => {
  const looked = Object.values(await pagesOf(address))
    .flat()
    .map((address) => address.replace(/[?#].*/, ''));
  const source = readFileSync(join(import.meta.dirname, '..', '..', 'web', 'src', 'app', 'app.routes.ts'), 'utf8');
  const routes = [...source.matchAll(/page\(\s*'[^']+',\s*'([^']+)'|path: '([^']+)'/g)].map(
    ([, own, plain]) => own ?? plain ?? '',
  );
  expect(routes.length).toBeGreaterThan(20);
  const unseen = routes.filter(
    (route) =>
      route !== '**' &&
      !looked.some((address) => new RegExp(`^/${route.replace(/:\w+/g, '[0-9a-f-]{36}')}$`).test(address)),
  );
  expect(unseen, 'routes that no check opens').toEqual([]);
});

for (const role of ['nobody', ...roles.values] as const) {
  for (const { language, screen, colorScheme } of looks) {
    test(`${role}, ${language}, ${screen.viewport.width} px, ${colorScheme}: axe finds nothing, nothing needs scrolling sideways`, async ({
      browserOf,
      address,
      complaints,
    }) => {
      test.setTimeout(180_000);
      const pages = (await pagesOf(address))[role];
      const context = await browserOf(screen);
      const page = await context.newPage();
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // For the pages before the sign-in; not for the empty page that axe opens.
      await context.addInitScript(
        (wanted) => void (location.protocol === 'http:' && localStorage.setItem('tilts.language', wanted)),
        language,
      );
      await enter(page, role, language, address);
      try {
        for (const path of pages) await look(page, path, screen === desk);
      } finally {
        if (role !== 'nobody') await speak(role, 'lv', address);
      }
      // Links that nobody made are not there, which a browser writes into its console.
      const others = complaints.filter((one) => !/404 .*\/api\/(first-coordinator|links)\/look$/.test(one));
      complaints.splice(0, complaints.length, ...others);
    });
  }
}

async function look(page: Page, path: string, atADesk: boolean): Promise<void> {
  await page.goto(path);
  await settled(page);
  // Our pages have no frames; the other mode opens an empty page each time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const found = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`).join(' | ')}`,
  );
  expect.soft(found, `axe on ${path}`).toEqual([]);
  await expectNoSideways(page, path);
  // 640 px is 200 % zoom of the desk, 320 px is 400 %: WCAG 1.4.10.
  for (const width of atADesk ? [640, 320] : []) {
    await page.setViewportSize({ width, height: 400 });
    await expectNoSideways(page, `${path} at ${width} px`);
  }
  if (atADesk) await page.setViewportSize(desk.viewport);
}

async function expectNoSideways(page: Page, where: string): Promise<void> {
  const wider = await page.evaluate(() => {
    const all = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const out = [...document.querySelectorAll('main *')].find(
      (one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1,
    );
    return all > 0
      ? `${all} px: ${out?.tagName ?? ''} ${out?.className ?? ''} ${out?.textContent?.slice(0, 40) ?? ''}`
      : '';
  });
  expect.soft(wider, `sideways scrolling on ${where}`).toBe('');
}

async function enter(page: Page, role: Role | 'nobody', language: Language, address: string): Promise<void> {
  if (role === 'nobody') return;
  await speak(role, language, address);
  await page.goto('/');
  await signIn(page, demoEmail(role, city), language);
}

async function speak(role: Role, language: Language, address: string): Promise<void> {
  await (await Caller.signIn(address, demoEmail(role, city))).speak(language);
}
