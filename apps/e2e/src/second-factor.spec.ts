import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { TOTP } from 'otpauth';
import { settled } from './pages/settled.js';
import { desk, phone } from './screens.js';
import { expect, test } from './test.js';
import { begins, text } from './texts.js';
import { tellDatabase } from './tilts/own-database.js';
import { OwnTilts } from './tilts/own-tilts.js';

const email = 'vija@parauga.example';
const password = 'gara parole ar atstarpēm 7';

// One installation, whose coordinator goes through both.
test.describe.configure({ mode: 'serial' });

let tilts: OwnTilts;
test.beforeAll(async () => {
  tilts = await OwnTilts.inNewFolders({ DEMO: 'off', CONTROLLER_NAME: 'Parauga biedrība' });
  await tilts.start();
});
test.afterAll(() => tilts.remove());

/** Somebody with a password only. */
async function firstCoordinator(page: Page): Promise<void> {
  const token = tilts.said.match(/http\S*first\S*/)?.[0]?.split('#')[1] ?? '';
  const made = await page.request.post(`${tilts.address}/api/first-coordinator`, {
    data: { token, name: 'Vija Parauga', email, password },
  });
  expect(made.status()).toBe(204);
}

/** A device that knows its person, in place of the laptop's own fingerprint reader. */
async function withAuthenticator(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

const button = (place: Page | Locator, key: Parameters<typeof text>[0]): Locator =>
  place.getByRole('button', { name: text(key), exact: true });

async function enterPassword(page: Page): Promise<void> {
  await page.goto(`${tilts.address}/sign-in`);
  await page.getByLabel(begins(text('access.field.email'))).fill(email);
  await page.getByLabel(begins(text('access.field.password')), { exact: true }).fill(password);
  await button(page, 'access.signIn.action').click();
}

async function axeFindsNothing(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

test('a coordinator sets up a passkey before any work, comes in with it, and shows it again before what matters', async ({
  browserOf,
  complaints,
}) => {
  test.setTimeout(120_000);
  const context = await browserOf(desk);
  const page = await context.newPage();
  await withAuthenticator(context, page);
  await firstCoordinator(page);

  await enterPassword(page);
  await expect(page, 'led to the second factor').toHaveURL(/second-factor/);
  await page.goto(`${tilts.address}/projects`);
  await expect(page, 'and nowhere else').toHaveURL(/second-factor/);
  await expect(page.getByText(text('access.factors.mustSet'))).toBeVisible();
  await settled(page);
  await axeFindsNothing(page);

  await button(page, 'access.passkey.add').click();
  await page.getByLabel(begins(text('access.field.factorName'))).fill('Darba dators');
  await button(page, 'access.passkey.action').click();
  const codes = page.locator('app-recovery-codes');
  await expect(codes.locator('li')).toHaveCount(10);
  await axeFindsNothing(page);
  const [recoveryCode = ''] = await codes.locator('li').allInnerTexts();
  await button(page, 'access.recovery.kept').click();
  await expect(page, 'now the work may begin').toHaveURL(/coordinator|projects|set-up/);

  // Another browser of the same device: the password alone is not enough any more.
  await context.clearCookies();
  await enterPassword(page);
  await expect(page.getByRole('heading', { name: text('access.secondStep.title') })).toBeVisible();
  await axeFindsNothing(page);
  await button(page, 'access.proof.usePasskey').click();
  await expect(page).not.toHaveURL(/sign-in/);

  // Ten minutes later somebody else may be sitting here.
  await page.goto(`${tilts.address}/second-factor`);
  await settled(page);
  await expect(page.getByText('Darba dators')).toBeVisible();
  await tellDatabase(tilts, `UPDATE session SET proved_at = now() - interval '11 minutes'`);
  const dialog = page.getByRole('dialog', { name: text('access.proof.title') });
  await button(page, 'access.recovery.new').click();
  await expect(dialog).toBeVisible();
  await expect(button(dialog, 'access.proof.usePasskey'), 'the keyboard is in the dialog').toBeFocused();
  await axeFindsNothing(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByText(text('errors.STEP_UP_NEEDED'))).toBeVisible();
  await expect(button(page, 'access.recovery.new'), 'and comes back').toBeFocused();
  await button(page, 'access.recovery.new').click();
  await button(dialog, 'access.proof.usePasskey').click();
  await expect(codes.locator('li')).toHaveCount(10);
  const [fresh = ''] = await codes.locator('li').allInnerTexts();
  await button(page, 'access.recovery.kept').click();

  // The device is lost: a recovery code opens, once, and only one of the newest.
  await context.clearCookies();
  await enterPassword(page);
  await button(page, 'access.proof.useRecovery').click();
  const field = page.getByLabel(begins(text('access.field.recoveryCode')));
  await field.fill(recoveryCode);
  await button(page, 'access.signIn.action').click();
  await expect(page.getByText(text('errors.SECOND_STEP_FAILED'))).toBeVisible();
  await field.fill(fresh.toLowerCase());
  await button(page, 'access.signIn.action').click();
  await expect(page).not.toHaveURL(/sign-in/);

  // Refusals are what this is about: no other complaint may be there.
  expect(complaints.splice(0).filter((complaint) => !/status of (401|403)/.test(complaint))).toEqual([]);
});

test('an authenticator app is set up on a phone by its text key, and its codes sign in', async ({
  browserOf,
  complaints,
}) => {
  test.setTimeout(120_000);
  const page = await (await browserOf(phone)).newPage();
  // The coordinator of the test before, as if they had only a password; its session stays with level `password`.
  await tellDatabase(tilts, 'DELETE FROM recovery_code; DELETE FROM second_factor; DELETE FROM sign_in_delay');
  await enterPassword(page);
  await expect(page).toHaveURL(/second-factor/);
  await settled(page);
  await button(page, 'access.totp.add').click();
  await expect(page.getByRole('img', { name: text('access.totp.qr') })).toBeVisible();
  await settled(page);
  await axeFindsNothing(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  const secret = (await page.locator('tl-copy-line code').innerText()).replaceAll(' ', '');
  const totp = new TOTP({ secret });
  const code = page.getByLabel(begins(text('access.field.code')));
  await expect(code).toHaveAttribute('inputmode', 'numeric');
  await expect(code).toHaveAttribute('autocomplete', 'one-time-code');
  await code.fill('12345');
  await button(page, 'access.totp.action').click();
  await expect(page.getByText(text('fieldErrors.sixDigits'))).toBeVisible();
  await code.fill(totp.generate({ timestamp: Date.now() - 30_000 }));
  await button(page, 'access.totp.action').click();
  await button(page, 'access.recovery.kept').click();
  await expect(page).not.toHaveURL(/second-factor/);

  await page.context().clearCookies();
  await enterPassword(page);
  await expect(code, 'the keyboard is where the code goes').toBeFocused();
  await code.fill('000000');
  await page.keyboard.press('Enter');
  await expect(page.getByText(text('errors.SECOND_STEP_FAILED'))).toBeVisible();
  await code.fill(totp.generate());
  await page.keyboard.press('Enter');
  await expect(page).not.toHaveURL(/sign-in/);
  expect(complaints.splice(0).filter((complaint) => !/status of (401|403)/.test(complaint))).toEqual([]);
});
