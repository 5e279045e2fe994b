import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { demoEmail } from '@tilts/testing';
import { done, firstCode, logVisit } from './pages/own-families.js';
import { PhoneState } from './pages/phone-state.js';
import { signIn } from './pages/sign-in.js';
import { equipped, expect, test } from './phones.js';
import { desk } from './screens.js';
import { text } from './texts.js';
import { Caller } from './tilts/caller.js';

const email = demoEmail('mediator', 'JELGAVA');
const notes = ['Runājām par Dzintras skolu', 'Zvanīju īpašniekam', 'Aiznesu dokumentus'];

/** What the check of every page does not meet, since nothing is unsent there and no file was loaded. */
async function axeFindsNothing(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
}

test('a phone is lost, and its rescue file brings everything to the office once', async ({
  installed,
  phoneOf,
  browserOf,
  tilts,
}, testInfo) => {
  test.setTimeout(180_000);
  const kept = testInfo.outputPath('from-the-phone.tilts');
  const page = await equipped(await installed.open(), 'JELGAVA', tilts.address);
  const code = await firstCode(page);
  const caller = await Caller.signIn(tilts.address, email);
  const family = (await caller.families()).find((one) => one.code === code)?.id ?? '';
  const before = await caller.visitIds(family);

  await test.step('without a network three visits are logged and saved in a file', async () => {
    await page.context().setOffline(true);
    for (const note of notes) {
      await logVisit(page, code, note);
      await done(page);
    }
    const state = new PhoneState(page);
    await state.waits(3);
    await state.openUnsent();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: text('sync.rescue.save') }).tap(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^tilts-\d{4}-\d{2}-\d{2}-\d{4}\.tilts$/);
    await download.saveAs(kept);
    await expect(page.getByText(text('sync.rescue.inIt', { things: 3, drafts: 0 }))).toBeVisible();
    await expect(page.getByText(text('sync.rescue.next'))).toBeVisible();
    await axeFindsNothing(page);
    const bytes = readFileSync(kept);
    expect(bytes.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> X25519 /);
    for (const word of [...notes, code, email]) expect(bytes.includes(word)).toBe(false);
  });

  await test.step('the phone is gone with everything on it', async () => {
    await installed.kill();
    await installed.remove();
    expect(await caller.visitIds(family)).toEqual(before);
  });

  const desktop = await (await browserOf(desk)).newPage();
  const load = async (): Promise<void> => {
    const [chooser] = await Promise.all([
      desktop.waitForEvent('filechooser'),
      desktop.getByRole('button', { name: text('sync.rescueLoad.choose') }).click(),
    ]);
    await chooser.setFiles(kept);
  };

  await test.step('the coordinator loads the file and sees how much is in it, and nothing of it', async () => {
    await desktop.goto(`${tilts.address}/`);
    await signIn(desktop, demoEmail('coordinator'));
    const account = (await (await Caller.signIn(tilts.address, demoEmail('coordinator'))).accounts()).find(
      (one) => one.email === email,
    );
    await desktop.goto(`${tilts.address}/accounts/${account?.id}`);
    await desktop.getByRole('link', { name: text('access.account.rescue') }).click();
    await load();
    await expect(desktop.getByText(text('sync.rescueLoad.done'))).toBeVisible();
    await expect(desktop.getByText(text('sync.rescueLoad.added', { count: 3 }))).toBeVisible();
    await expect(
      desktop.getByText(text('sync.rescueLoad.waits', { things: 3, drafts: 0 }), { exact: true }),
    ).toBeVisible();
    for (const note of notes) await expect(desktop.getByText(note)).toHaveCount(0);
    await axeFindsNothing(desktop);
  });

  await test.step('the next phone says what came, and each visit is at the office once', async () => {
    const next = await phoneOf('JELGAVA', tilts.address);
    await expect(next.getByText(text('sync.rescued.heading', { count: 3 }))).toBeVisible({ timeout: 20_000 });
    await new PhoneState(next).allSent();
    const visits = (await caller.visits(family)).filter(({ id }) => !before.includes(id));
    expect(visits.map(({ note }) => note).toSorted()).toEqual(notes.toSorted());
    await next
      .getByRole('button', { name: text('sync.rescued.seen') })
      .first()
      .tap();
    await expect(next.getByText(text('sync.rescued.heading', { count: 3 }))).toHaveCount(0);
  });

  await test.step('loaded again, the file adds nothing; another kind of file is refused in plain words', async () => {
    await load();
    await expect(desktop.getByText(text('sync.rescueLoad.nothingNew'))).toBeVisible();
    await expect(desktop.getByText(text('sync.rescueLoad.atOffice', { count: 3 }))).toBeVisible();
    await expect(desktop.getByText(text('sync.rescueLoad.nothing'))).toBeVisible();
    expect(await caller.visitIds(family)).toHaveLength(before.length + 3);
  });
});

test('who cannot sign in any more saves the file at the door', async ({ phoneOf, tilts, complaints }, testInfo) => {
  test.setTimeout(120_000);
  const theirs = demoEmail('mediator', 'VENTSPILS');
  const page = await phoneOf('VENTSPILS', tilts.address);
  const code = await firstCode(page);
  await page.context().setOffline(true);
  await logVisit(page, code);
  await done(page);
  await new PhoneState(page).waits(1);

  const coordinator = await Caller.signIn(tilts.address, demoEmail('coordinator'));
  const account = (await coordinator.accounts()).find((one) => one.email === theirs);
  await coordinator.signOutEverywhere(account?.id ?? '');
  await page.context().setOffline(false);
  await expect(page).toHaveURL(/\/sign-in/);
  await axeFindsNothing(page);
  await page.getByRole('link', { name: text('access.signIn.toRescue') }).tap();
  await expect(page.getByRole('heading', { name: text('sync.rescueDoor.heading') })).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: text('sync.rescue.save') }).tap(),
  ]);
  await download.saveAs(testInfo.outputPath('from-the-door.tilts'));
  await expect(page.getByText(text('sync.rescue.inIt', { things: 1, drafts: 0 }))).toBeVisible();
  await axeFindsNothing(page);
  // That the session is over the server says by refusing.
  complaints.splice(0, complaints.length, ...complaints.filter((one) => !/\b401\b/.test(one)));
});
