import { expect, type Page } from '@playwright/test';
import type { Language } from '@tilts/i18n';
import { demoEmail } from '@tilts/testing';
import { begins, text } from '../texts.js';
import { nextDemoCode } from '../tilts/demo-code.js';

/** The password of every demo login, as the start of Tilts prints it. */
export const demoPassword = 'tilts-demo-2018';

/** Fills in the door in front of the page that was wanted. */
export async function signIn(page: Page, email: string, language?: Language): Promise<void> {
  await page.getByLabel(begins(text('access.field.email', {}, language))).fill(email);
  await page.getByLabel(begins(text('access.field.password', {}, language)), { exact: true }).fill(demoPassword);
  await page.getByRole('button', { name: text('access.signIn.action', {}, language), exact: true }).click();
  if (email === demoEmail('coordinator')) await secondStep(page, language);
  await expect(page).not.toHaveURL(/sign-in/);
}

/** The second step, with a code of the demo coordinator's app; a code that somebody used before us is followed by the next. */
export async function secondStep(page: Page, language?: Language): Promise<void> {
  const code = page.getByLabel(begins(text('access.field.code', {}, language)));
  for (let tries = 0; tries < 4; tries++) {
    await code.fill(await nextDemoCode());
    await page.getByRole('button', { name: text('access.signIn.action', {}, language), exact: true }).click();
    const refused = page.getByText(text('errors.SECOND_STEP_FAILED', {}, language));
    await expect(refused.or(page.locator('tl-page'))).toBeVisible();
    if (!(await refused.isVisible())) return;
  }
}
