import type { Page } from '@playwright/test';
import { demoEmail } from '@tilts/testing';
import { signIn } from './pages/sign-in.js';
import { phone } from './screens.js';
import { expect, test } from './test.js';
import { begins, text } from './texts.js';

const limit = 150 * 1024;

test('the scripts before the first usable screen weigh at most 150 KiB, as they travel', async ({ browserOf }) => {
  const visitor = await browserOf(phone);
  const page = await visitor.newPage();
  const door = await weighing(page, async () => {
    await page.goto('/');
    await page.getByRole('button', { name: text('access.signIn.action'), exact: true }).waitFor();
  });
  console.log(`  sign-in: ${kib(door)}`);
  expect(door).toBeLessThanOrEqual(limit);

  // The next morning, with an empty cache: the cookie is there, the page is Today at once.
  await signIn(page, demoEmail('mediator', 'JELGAVA'));
  const later = await (await browserOf(phone)).newPage();
  await later.context().addCookies(await visitor.cookies());
  await later.context().addInitScript(() => localStorage.setItem('tilts.signed-in', 'yes'));
  const today = await weighing(later, async () => {
    await later.goto('/');
    await later
      .getByRole('link', { name: begins(text('today.logFor', { code: '' })) })
      .first()
      .waitFor();
  });
  console.log(`  Today: ${kib(today)}`);
  expect(today).toBeLessThanOrEqual(limit);
});

/** Bytes of all scripts on the wire until then; each must come compressed by brotli. */
async function weighing(page: Page, open: () => Promise<void>): Promise<number> {
  const weights: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script' && !/\.m?js(\?|$)/.test(response.url())) return;
    weights.push(
      (async () => {
        expect(await response.headerValue('content-encoding'), response.url()).toBe('br');
        return (await response.request().sizes()).responseBodySize;
      })(),
    );
  });
  await open();
  const known = await Promise.all(weights);
  expect(known.length).toBeGreaterThan(2);
  return known.reduce((sum, weight) => sum + weight, 0);
}

function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}
