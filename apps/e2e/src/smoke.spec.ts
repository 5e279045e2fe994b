import { expect, test } from '@playwright/test';

test('the first page opens', async ({ page }) => {
  const answer = await page.goto('/');
  expect(answer?.status()).toBe(200);
  await expect(page.locator('main')).toBeVisible();
});
