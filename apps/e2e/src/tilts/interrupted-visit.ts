import { expect, type Page } from '@playwright/test';
import { VisitFormPage } from '../pages/visit-form.js';
import { begins, text } from '../texts.js';

/**
 * A mediator logs a visit to an active family, and while they do so the accident happens: first between two taps, then at the very
 * moment of saving. Whoever is told that it did not work taps again.
 */
export async function logInterrupted(
  page: Page,
  formAddress: string,
  accidents: { between: () => Promise<void>; before: () => Promise<void>; atSaving: () => Promise<void> },
): Promise<void> {
  await page.goto(formAddress);
  const form = await new VisitFormPage(page).opened();
  const met = page.getByRole('group', { name: begins(text('visits.form.met')) });
  await met.getByRole('checkbox').first().check();
  await form.area('HEA').click();
  await accidents.between();
  await form.kind('inform').click();
  const kind = text('visits.form.kind.inform');
  const forWhom = page.getByRole('group', { name: begins(text('visits.form.forWhomOf', { kind })) });
  await forWhom.getByRole('radio').or(forWhom.getByRole('checkbox')).first().check();
  await form.minutes(30).check();
  await expect(form.draftKept).toBeVisible();
  await accidents.before();

  const saved = page.getByRole('heading', { name: text('visits.saved.heading') });
  const problem = page.locator('tl-problem-box');
  const during = accidents.atSaving();
  for (let tries = 0; tries < 5; tries++) {
    await form.save.click();
    await expect(saved.or(problem).first()).toBeVisible({ timeout: 20_000 });
    if (await saved.isVisible()) break;
  }
  await during;
  await form.saved();
}
