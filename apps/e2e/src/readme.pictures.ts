import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { everyPage } from './pages/every-page.js';
import { settled } from './pages/settled.js';
import { VisitFormPage } from './pages/visit-form.js';
import { expect, test } from './test.js';
import { begins, text } from './texts.js';

const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'pictures');

/** What one screen shows, without scrolling. */
async function picture(page: Page, name: string): Promise<void> {
  await settled(page);
  await page.evaluate(() => {
    window.scrollTo(0, 0);
    (document.activeElement as HTMLElement | null)?.blur();
  });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

test('Today and the visit form on a phone', async ({ mediator }) => {
  const page = await mediator('JELGAVA');
  await picture(page, 'today');
  await page
    .getByRole('link', { name: begins(text('today.logFor', { code: '' })) })
    .nth(1)
    .tap();
  const form = await new VisitFormPage(page).opened();
  await form.met(text('visits.form.wholeFamily')).first().tap();
  await form.area('EDU').tap();
  await form.kind('inform').tap();
  await form.minutes(30).tap();
  await expect(form.draftKept).toBeVisible();
  await picture(page, 'visit');
});

test('a referral and the report at a desk', async ({ socialWorker, evaluator, address }) => {
  const { socialWorker: pages } = await everyPage(address, 'JELGAVA');
  const page = await socialWorker('JELGAVA');
  await page.goto(pages.find((path) => path.startsWith('/referrals/')) ?? '');
  await picture(page, 'referral');
  const report = await evaluator();
  await report.getByLabel(text('reports.field.project')).selectOption({ index: 2 });
  await expect(report.locator('app-head-figures')).toContainText('134');
  await picture(report, 'report');
});
