import { expect, type Page } from '@playwright/test';
import type { Language } from '@tilts/i18n';
import { begins, text } from '../texts.js';

/** The password of every demo login, as the start of Tilts prints it. */
export const demoPassword = 'tilts-demo-2018';

/** Fills in the door in front of the page that was wanted. */
export async function signIn(page: Page, email: string, language?: Language): Promise<void> {
  await page.getByLabel(begins(text('access.field.email', {}, language))).fill(email);
  await page.getByLabel(begins(text('access.field.password', {}, language)), { exact: true }).fill(demoPassword);
  await page.getByRole('button', { name: text('access.signIn.action', {}, language), exact: true }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}
