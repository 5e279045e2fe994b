import { expect, type Page } from '@playwright/test';

/** The whole app is kept on the device, and its worker answers this page. */
export async function kept(page: Page): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate(
          async () => navigator.serviceWorker.controller !== null && (await caches.match('/build.json')) !== undefined,
        ),
      { timeout: 30_000 },
    )
    .toBe(true);
}

/** Which build this page is. */
export async function buildOf(page: Page): Promise<string> {
  return (await page.locator('meta[name="build"]').getAttribute('content')) ?? '';
}

/** The browser looks for a newer build, as it does at each opening and the app every hour. */
export async function lookForNewer(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.update().catch(() => undefined);
  });
}

/** A newer one is whole on the device, and its worker waits. */
export function waits(page: Page): Promise<boolean> {
  return page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
}
