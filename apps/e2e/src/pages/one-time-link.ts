import { expect, type BrowserContext, type Page } from '@playwright/test';
import { begins, text } from '../texts.js';

/** The link that the coordinator's page shows this once. */
export async function shownLink(page: Page): Promise<string> {
  const link = page.locator('app-one-time-link-card tl-copy-line code');
  await expect(link).toBeVisible();
  await expect(page.getByRole('img', { name: text('access.oneTimeLink.qr') })).toBeVisible();
  return (await link.innerText()).trim();
}

/** Its person opens it in a browser of their own, sets a password and goes on to the door, where the e-mail stands already. */
export async function setPassword(page: Page, link: string, password: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel(begins(text('access.link.password')), { exact: true }).fill(password);
  expect(page.url(), 'the link is out of the address').not.toContain('#');
  await page.getByRole('button', { name: text('access.link.action') }).click();
  await expect(page.getByText(text('access.link.done'))).toBeVisible();
  await page.getByRole('button', { name: text('access.signIn.action'), exact: true }).click();
  await expect(page.getByLabel(begins(text('access.field.email')))).not.toHaveValue('');
  await page.getByLabel(begins(text('access.field.password')), { exact: true }).fill(password);
  await page.getByRole('button', { name: text('access.signIn.action'), exact: true }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** Used up or run out, it says so and greets nobody. */
export async function expectGone(context: BrowserContext, link: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(link);
  await expect(page.getByRole('heading', { name: text('access.link.gone') })).toBeVisible();
  await page.close();
}
