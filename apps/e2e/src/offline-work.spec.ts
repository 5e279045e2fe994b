import type { Page } from '@playwright/test';
import { demoEmail } from '@tilts/testing';
import { looksRight } from './pages/looks.js';
import { codeOnPage, done } from './pages/own-families.js';
import { PhoneState } from './pages/phone-state.js';
import { ReferralPage } from './pages/referral.js';
import { chip, register } from './pages/registration.js';
import { VisitFormPage } from './pages/visit-form.js';
import { expect, test } from './phones.js';
import { begins, text } from './texts.js';
import { Caller } from './tilts/caller.js';

const email = demoEmail('mediator', 'JELGAVA');

test('everything that a mediator does works without a network, in one go, and is at the office once', async ({
  phoneOf,
  tilts,
}) => {
  const page = await phoneOf('JELGAVA');
  const state = new PhoneState(page);
  const form = new VisitFormPage(page);
  const caller = await Caller.signIn(tilts.address, email);
  const [known] = await caller.persons();
  const office = async () => ({
    families: (await caller.families()).length,
    persons: (await caller.persons()).length,
    referrals: (await caller.referrals()).length,
  });
  const before = await office();
  await page.context().setOffline(true);
  let family = '';

  await test.step('finds a family by a name', async () => {
    await place(page, text('shell.families')).tap();
    await page.getByRole('searchbox').fill(known?.firstName ?? '');
    await expect(page.getByRole('link', { name: known?.firstName ?? '?' }).first()).toBeVisible();
  });

  await test.step('registers one with its yes, and adds a person', async () => {
    family = await register(page, {
      name: 'Bērziņu ģimene',
      phone: '+371 20 000 321',
      members: [{ firstName: 'Rasma', lastName: 'Bērziņa', birthYear: 1979 }],
    });
    await expect(state.marked(page.locator('tl-page')).first()).toBeVisible();
    await expect(page.getByText(begins(text('consents.panel.recorded', { day: '' }).trim()))).toBeVisible();
    await page.getByRole('link', { name: text('story.page.addPerson'), exact: true }).tap();
    await page.getByLabel(begins(text('persons.field.firstName'))).fill('Elvis');
    await page.getByLabel(begins(text('persons.field.birthYear'))).fill('2015');
    await page.getByRole('button', { name: text('persons.editor.save'), exact: true }).tap();
    await expect(page.getByRole('link', { name: begins('Elvis') })).toBeVisible();
  });

  await test.step('logs a visit with a result and a next step, and corrects it', async () => {
    await page
      .getByRole('link', { name: text('story.page.log') })
      .first()
      .tap();
    await form.met('Elvis').tap();
    await form.area('EDU').tap();
    await form.kind('inform').tap();
    await form.minutes(30).tap();
    await page.getByRole('button', { name: text('visits.form.more') }).tap();
    await chip(page, text('visits.form.outcomes'), text('outcomes.type.documentObtained')).tap();
    await page.getByLabel(begins(text('visits.form.nextStep')), { exact: true }).fill('Paņemt izziņu poliklīnikā');
    await chip(page, text('visits.form.nextStepOn'), text('visits.form.tomorrow')).tap();
    await form.save.tap();
    await form.saved();
    await page.getByRole('link', { name: text('visits.saved.open') }).tap();
    await page.getByRole('link', { name: text('visits.page.correct'), exact: true }).tap();
    await form.minutes(45).tap();
    await page.getByLabel(begins(text('visits.correct.reason'))).fill('Bija ilgāk.');
    await page.getByRole('button', { name: text('visits.correct.save') }).tap();
    await expect(page.getByText(text('visits.page.corrected'), { exact: true })).toBeVisible();
    await expect(state.marked(page).first()).toBeVisible();
  });

  await test.step('does the next step, from Today', async () => {
    await place(page, text('shell.today')).tap();
    const step = text('today.doneStep', { step: 'Paņemt izziņu poliklīnikā' });
    const more = page.getByRole('button', { name: begins(text('ui.more', { count: '' }).trim()) });
    await expect(page.getByRole('link', { name: begins(text('today.logFor', { code: '' })) }).first()).toBeVisible();
    if ((await page.getByRole('button', { name: step, exact: true }).count()) === 0) await more.first().tap();
    await page.getByRole('button', { name: step, exact: true }).tap();
    // It is written when the page is left.
    await place(page, text('shell.families')).tap();
    await expect(page).toHaveURL(/\/families$/);
  });

  await test.step('refers with the yes taken on the spot, and writes to the institution', async () => {
    await page.goto(`/families/${family}`);
    await page.getByRole('link', { name: text('story.page.refer') }).tap();
    const referral = new ReferralPage(page);
    await referral.compose('Rasma', 'SOC', 'Palīdzība pieteikt pabalstu.');
    await referral.recordConsent();
    await referral.send();
    await page.getByLabel(text('referrals.thread.writeToInstitution')).fill('Zvaniet pēcpusdienā.');
    await page.getByRole('button', { name: text('referrals.thread.send'), exact: true }).tap();
    await expect(referral.thread).toContainText('Zvaniet pēcpusdienā.');
  });

  await test.step('helps somebody who is not recorded', async () => {
    await page.goto('/help-without-record');
    await chip(page, text('visits.without.area'), text('visits.form.area.HOU')).tap();
    await chip(page, text('visits.without.kind'), text('visits.form.kind.inform')).tap();
    await form.minutes(15).tap();
    await form.save.tap();
    await expect(page.getByRole('heading', { name: text('visits.without.saved') })).toBeVisible();
    await done(page);
  });

  await test.step('finds the visit among all, and what is not sent in one list', async () => {
    await page.goto('/visits');
    await page.getByRole('searchbox').fill('Bērziņu');
    await expect(page.getByRole('listitem').getByRole('link')).toHaveCount(1);
    await expect(state.marked(page.getByRole('listitem'))).toHaveCount(1);
    await state.waits(10);
    await looksRight(page);
    await state.openUnsent();
    await expect(state.cards).toHaveCount(10);
    await looksRight(page);
  });

  await test.step('reads it in English and in Russian', async () => {
    let speaks: 'lv' | 'en' | 'ru' = 'lv';
    for (const language of ['en', 'ru', 'lv'] as const) {
      await page.getByRole('button', { name: text('shell.person', {}, speaks) }).tap();
      await page.getByRole('link', { name: text('shell.profile', {}, speaks) }).tap();
      await page.locator(`label:has([lang="${language}"])`).tap();
      speaks = language;
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(page.getByRole('heading', { name: text('access.profile.title', {}, language) })).toBeVisible();
      // Opened anew it is still this one.
      await page.goto('/unsent');
      await expect(page.getByRole('heading', { name: text('sync.unsent.heading', {}, language) })).toBeVisible();
      await expect(state.cards).toHaveCount(10);
    }
  });

  await test.step('with a network all of it is at the office, once', async () => {
    await page.context().setOffline(false);
    await state.allSent();
    expect(await office()).toEqual({
      families: before.families + 1,
      persons: before.persons + 2,
      referrals: before.referrals + 1,
    });
    const [visit, ...others] = await caller.visits(family);
    expect(others).toEqual([]);
    expect(visit).toMatchObject({ version: 2, minutes: 45, nextStep: 'Paņemt izziņu poliklīnikā' });
    expect(visit?.nextStepDoneOn).toBeTruthy();
    expect((await caller.consents(family)).map(({ kind }) => kind).sort()).toEqual(['record', 'share']);
    const referral = (await caller.referrals()).find((one) => 'familyId' in one && one.familyId === family);
    expect(referral).toMatchObject({ status: 'sent', request: 'Palīdzība pieteikt pabalstu.' });
    expect((await caller.messages(referral?.id ?? '')).map(({ text }) => text)).toEqual(['Zvaniet pēcpusdienā.']);
    await page.goto(`/families/${family}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bērziņu ģimene');
    await expect.poll(() => codeOnPage(page), 'the office has given its code').toMatch(/^JEL-\d{4}$/);
    await expect(page.getByText(text('outcomes.type.documentObtained'))).toHaveCount(1);
    await expect(state.marked(page)).toHaveCount(0);
  });
});

function place(page: Page, words: string) {
  return page.getByRole('link', { name: words, exact: true }).last();
}
