import type { Request } from '@playwright/test';
import { demoEmail } from '@tilts/testing';
import { looksRight } from './pages/looks.js';
import { done, firstCode, logVisit, ownFamily } from './pages/own-families.js';
import { PhoneState } from './pages/phone-state.js';
import { equipped, expect, test } from './phones.js';
import { text } from './texts.js';
import { Caller } from './tilts/caller.js';

const email = demoEmail('mediator', 'JELGAVA');

test('ten visits logged without a network outlive a killed browser, and are at the office once each', async ({
  installed,
  tilts,
}) => {
  let page = await equipped(await installed.open(), 'JELGAVA');
  const { family, code } = await ownFamily(page, 'Liepiņu ģimene');
  // A browser writes its cookies down each half minute; closed, at once.
  await installed.close();
  expect(installed.keepsCookie('tilts'), 'the sign-in is on the disk').toBe(true);

  await test.step('logs ten visits without a network, each with at most five taps', async () => {
    page = await installed.open({ offline: true });
    await page.goto('/');
    for (let visit = 1; visit <= 10; visit++) {
      const { taps } = await logVisit(page, code);
      if (visit === 1) {
        console.log(`  taps from Today for the common visit without a network: ${taps}`);
        await expect(page.getByText(text('visits.saved.onPhone'))).toBeVisible();
      }
      expect(taps).toBeLessThanOrEqual(5);
      await done(page);
    }
    await new PhoneState(page).waits(10);
  });

  await test.step('the browser is killed, and opens Today without a network', async () => {
    await installed.kill();
    page = await installed.open({ offline: true });
    await page.goto('/');
    await expect(page).toHaveURL(/\/today$/);
    await expect(page.getByRole('link', { name: text('today.logFor', { code }) })).toBeVisible();
    const state = new PhoneState(page);
    await state.waits(10);
    await looksRight(page);
    await page.goto(`/families/${family}`);
    await expect(state.marked(page.locator('ol[tlTimeline]'))).toHaveCount(10);
    expect(await (await Caller.signIn(tilts.address, email)).visitIds(family)).toEqual([]);
  });

  await test.step('with a network they are at the office, each once', async () => {
    await page.context().setOffline(false);
    const state = new PhoneState(page);
    await state.allSent();
    await expect(state.marked(page.locator('ol[tlTimeline]'))).toHaveCount(0);
    const ids = await (await Caller.signIn(tilts.address, email)).visitIds(family);
    expect(ids).toHaveLength(10);
    const onPage = page.locator('ol[tlTimeline] a[href^="/visits/"]');
    await expect(onPage).toHaveCount(10);
    const links = await onPage.evaluateAll((all) => all.map((one) => one.getAttribute('href')?.split('/')[2]));
    expect(links.toSorted()).toEqual(ids.toSorted());
    await state.openUnsent();
    await expect(page.getByText(text('sync.unsent.empty'))).toBeVisible();
  });
});

test('two tabs of one phone write side by side; one of them sends, and each visit is at the office once', async ({
  phoneOf,
  tilts,
}) => {
  const one = await phoneOf('JELGAVA');
  const other = await one.context().newPage();
  await other.goto('/today');
  const code = await firstCode(one);
  const caller = await Caller.signIn(tilts.address, email);
  const family = (await caller.families()).find((each) => each.code === code)?.id ?? '';
  const before = await caller.visitIds(family);
  await one.context().setOffline(true);
  for (let round = 1; round <= 3; round++) {
    await Promise.all([logVisit(one, code), logVisit(other, code)]);
    await Promise.all([done(one), done(other)]);
  }
  for (const tab of [one, other]) await new PhoneState(tab).waits(6);

  let flying = 0;
  let most = 0;
  let handed = 0;
  // Slow enough that two senders would meet.
  await one.context().route('**/api/sync/commands', async (route) => {
    handed += 1;
    most = Math.max(most, ++flying);
    await new Promise((done) => setTimeout(done, 500));
    await route.continue();
  });
  const landed = (request: Request): void => {
    if (new URL(request.url()).pathname === '/api/sync/commands') flying -= 1;
  };
  one.context().on('requestfinished', landed).on('requestfailed', landed);
  await one.context().setOffline(false);
  for (const tab of [one, other]) await new PhoneState(tab).allSent();
  expect(most, 'never two at once').toBe(1);
  expect(handed, 'all six in one batch').toBe(1);
  const after = await caller.visitIds(family);
  expect(after).toHaveLength(before.length + 6);
  expect(new Set(after).size).toBe(after.length);
});
