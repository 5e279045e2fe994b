import { expect, type Page } from '@playwright/test';
import { Finger } from '../finger.js';
import { begins, text } from '../texts.js';
import { PhoneState } from './phone-state.js';
import { register } from './registration.js';
import { VisitFormPage } from './visit-form.js';

/** The family whose visit is logged first on Today: „JEL-0046”. */
export async function firstCode(page: Page): Promise<string> {
  const first = page.getByRole('link', { name: begins(text('today.logFor', { code: '' })) }).first();
  return codeIn((await first.getAttribute('aria-label')) ?? '');
}

/** A family of this phone's own with one member, Rasma Liepiņa: registered, sent, and fetched as the office has it. Its page is open. */
export async function ownFamily(page: Page, name: string): Promise<{ family: string; code: string }> {
  const rasma = { firstName: 'Rasma', lastName: 'Liepiņa', birthYear: 1979 };
  const family = await register(page, { name, members: [rasma] });
  await new PhoneState(page).allSent();
  // Opened anew a page shows what is on the disk: the code, once it was fetched.
  await page.reload();
  await expect.poll(() => codeOnPage(page)).toMatch(/\d/);
  return { family, code: await codeOnPage(page) };
}

/** Of the family that is open. */
export async function codeOnPage(page: Page): Promise<string> {
  return codeIn(await page.locator('main').innerText());
}

/** The common visit, from Today to „Apmeklējums saglabāts”, with words of one's own when there are any; the finger has counted its taps. */
export async function logVisit(page: Page, code: string, note?: string): Promise<Finger> {
  const form = new VisitFormPage(page);
  const finger = new Finger();
  await finger.tap(page.getByRole('link', { name: text('today.logFor', { code }) }));
  await finger.tap(form.area('HOU'));
  await finger.tap(form.kind('inform'));
  await finger.tap(form.minutes(30));
  if (note) await writeNote(page, note);
  await finger.tap(form.save);
  await form.saved();
  return finger;
}

export async function writeNote(page: Page, note: string): Promise<void> {
  await page.getByRole('button', { name: text('visits.form.more') }).tap();
  await page.getByLabel(begins(text('visits.form.note'))).fill(note);
}

/** From what was saved back to Today. */
export async function done(page: Page): Promise<void> {
  await page.getByRole('link', { name: text('visits.saved.done') }).tap();
  await expect(page).toHaveURL(/\/today$/);
}

/** Corrects one thing about a person of the family that is open. */
export async function changePerson(
  page: Page,
  name: string,
  field: 'firstName' | 'lastName' | 'birthYear',
  to: string,
): Promise<void> {
  await page.getByRole('link', { name, exact: true }).tap();
  await page.getByLabel(begins(text(`persons.field.${field}`))).fill(to);
  await page.getByRole('button', { name: text('persons.editor.save'), exact: true }).tap();
  await expect(page).toHaveURL(/\/families\/[0-9a-f-]{36}$/);
}

function codeIn(words: string): string {
  const [code = ''] = /[A-Z]{3}-\d{4}/.exec(words) ?? [];
  return code;
}
