import { expect, type Page } from '@playwright/test';

/** The page has its heading, nothing is awaited any more, and nothing that it asked for failed. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('main h1').first()).toBeVisible();
  await page.waitForLoadState('load');
  // Twice: what was awaited may ask for more.
  for (let round = 0; round < 2; round++) {
    await expect(page.locator('tl-skeleton')).toHaveCount(0);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60))));
  }
  await expect(page.locator('tl-problem-box')).toHaveCount(0);
}
