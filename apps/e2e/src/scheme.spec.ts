import type { Page } from '@playwright/test';
import { demoEmail } from '@tilts/testing';
import { signIn } from './pages/sign-in.js';
import { phone } from './screens.js';
import { expect, test } from './test.js';
import { text } from './texts.js';

const dark = 'rgb(15, 27, 30)';
const light = 'rgb(243, 247, 247)';

test('dark pages, chosen on a phone that is light: kept on it, there before any script of the app, white on paper', async ({
  browserOf,
}) => {
  const context = await browserOf(phone);
  const page = await context.newPage();
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  await signIn(page, demoEmail('mediator', 'JELGAVA'));
  expect(await ground(page)).toBe(light);
  await choose(page, 'dark');
  expect(await ground(page)).toBe(dark);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'native controls').toBe(
    'dark',
  );

  await page.emulateMedia({ colorScheme: 'light', media: 'print' });
  expect(await ground(page), 'on paper').toBe('rgb(255, 255, 255)');
  await page.emulateMedia({ colorScheme: 'light', media: 'screen' });

  await test.step('no flash: the first picture is dark although the app is not there yet', async () => {
    const early = await context.newPage();
    await early.emulateMedia({ colorScheme: 'light' });
    await early.route(/\/main-[^/]*\.js$/, () => undefined);
    await early.goto('/', { waitUntil: 'commit' });
    await expect(early.locator('#start')).toBeVisible();
    expect(await ground(early)).toBe(dark);
    await early.close();
  });

  await choose(page, 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await ground(page), 'light although the phone is dark').toBe(light);
  await choose(page, 'device');
  expect(await ground(page), 'as the phone').toBe(dark);
});

test('who reads Latvian downloads no Russian letters, and who reads Russian does', async ({ browserOf }) => {
  const page = await (await browserOf(phone)).newPage();
  const alphabets: string[] = [];
  page.on('request', (request) => {
    const [, alphabet] = /inter-(.+?)-wght/.exec(request.url()) ?? [];
    if (alphabet) alphabets.push(alphabet);
  });
  await page.goto('/sign-in');
  const russian = page.getByRole('button', { name: 'Русский' });
  await russian.waitFor();
  await page.evaluate(() => document.fonts.ready);
  expect(alphabets).toContain('latin');
  expect(alphabets).not.toContain('cyrillic');
  await russian.click();
  await expect(page.getByRole('button', { name: text('access.signIn.action', {}, 'ru') })).toBeVisible();
  await expect.poll(() => alphabets).toContain('cyrillic');
});

async function choose(page: Page, scheme: 'device' | 'light' | 'dark'): Promise<void> {
  await page.getByRole('button', { name: text('shell.person') }).click();
  await page
    .getByRole('group', { name: text('shell.appearance') })
    .getByRole('button', { name: text(`shell.scheme.${scheme}`) })
    .click();
  await page.keyboard.press('Escape');
}

function ground(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
}
