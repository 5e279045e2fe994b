import { expect, type Page } from '@playwright/test';
import { begins, text } from '../texts.js';

/** The password of every demo login, as the start of Tilts prints it. */
export const demoPassword = 'tilts-demo-2018';

/** Fills in the door in front of the page that was wanted. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel(begins(text('access.field.email'))).fill(email);
  await page.getByLabel(begins(text('access.field.password')), { exact: true }).fill(demoPassword);
  await page.getByRole('button', { name: text('access.signIn.action'), exact: true }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}
