import { setTimeout } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { demoEmail } from '@tilts/testing';
import { Finger } from '../finger.js';
import { ReferralPage } from '../pages/referral.js';
import { register } from '../pages/registration.js';
import { signIn } from '../pages/sign-in.js';
import { VisitFormPage } from '../pages/visit-form.js';
import { phone } from '../screens.js';
import { expect, test } from '../test.js';
import { begins, text } from '../texts.js';

// Every run of the three jobs is kept: `npx playwright show-trace test-results/…/trace.zip` plays it.
test.use({ trace: 'on' });

const kalnini = {
  name: 'Kalniņu ģimene',
  phone: '+371 20 000 123',
  address: 'Zirņu iela 7, Jelgava',
  members: [
    { firstName: 'Zane', lastName: 'Kalniņa', birthYear: 1988 },
    { firstName: 'Toms', lastName: 'Kalniņš', birthYear: 1985, role: 'partner' as const },
    { firstName: 'Elvis', lastName: 'Kalniņš', birthYear: 2015, role: 'child' as const },
    { firstName: 'Paula', lastName: 'Kalniņa', birthYear: 2019, role: 'child' as const },
  ],
};

test('a mediator registers a family, logs two visits and refers', async ({ mediator }) => {
  const page = await mediator('JELGAVA');
  let code = '';

  await test.step('registers a family of four, with consent', async () => {
    await page
      .getByRole('link', { name: text('shell.families') })
      .last()
      .tap();
    await page
      .getByRole('link', { name: text('story.list.new') })
      .first()
      .tap();
    await register(page, kalnini);
    code = await codeOnPage(page);
    await expect(page.getByText(text('story.page.registeredNext'))).toBeVisible();
    await expect(page.getByText(begins(text('consents.panel.recorded', { day: '' }).trim()))).toBeVisible();
  });

  await test.step('logs a visit with three people and two kinds of help in at most ten taps', async () => {
    await page
      .getByRole('link', { name: text('story.page.log') })
      .first()
      .tap();
    const form = await new VisitFormPage(page).opened();
    const finger = new Finger();
    for (const name of ['Zane', 'Toms', 'Elvis']) await finger.tap(form.met(name));
    await finger.tap(form.area('EDU'));
    await finger.tap(form.kind('inform'));
    await finger.tap(form.everyoneMet('inform', 3));
    await finger.tap(form.kind('fillForm'));
    await finger.tap(form.everyoneMet('fillForm', 3));
    await finger.tap(form.minutes(45));
    await finger.tap(form.save);
    await form.saved();
    console.log(`  taps in the visit form for three people and two kinds of help: ${finger.taps}`);
    expect(finger.taps).toBeLessThanOrEqual(10);

    await page.getByRole('link', { name: text('visits.saved.open') }).tap();
    for (const kind of ['inform', 'fillForm'] as const) {
      await expect(page.getByRole('listitem').filter({ hasText: text(`visits.assistance.${kind}`) })).toContainText(
        'Zane, Toms, Elvis',
      );
    }
  });

  await test.step('logs the common visit from Today in at most five taps', async () => {
    await page.goto('/today');
    const form = new VisitFormPage(page);
    const finger = new Finger();
    await finger.tap(page.getByRole('link', { name: text('today.logFor', { code }) }));
    await finger.tap(form.area('HOU'));
    await finger.tap(form.kind('inform'));
    await finger.tap(form.minutes(30));
    await finger.tap(form.save);
    await form.saved();
    console.log(`  taps from Today for the common visit: ${finger.taps}`);
    expect(finger.taps).toBeLessThanOrEqual(5);
  });

  await test.step('refers, with the consent taken on the spot', async () => {
    await page.getByRole('link', { name: text('visits.saved.refer') }).tap();
    const referral = new ReferralPage(page);
    await referral.compose('Zane', 'SOC', 'Palīdzība pieteikt pabalstu dzīvokļa uzturēšanai.');
    const mayBeSent = page.getByRole('button', { name: begins(text('referrals.editor.send')), disabled: false });
    await expect(page.getByRole('button', { name: text('consents.share.record') })).toBeVisible();
    await expect(mayBeSent, 'nothing can be sent before the yes').toHaveCount(0);
    await referral.recordConsent();
    await referral.send();
  });
});

test('a draft of a visit survives a reload and a change of phone, and a double tap saves one visit', async ({
  mediator,
  browserOf,
}) => {
  const page = await mediator('DOBELE');
  const id = await register(page, {
    name: 'Ozoliņu ģimene',
    members: [{ firstName: 'Rasma', lastName: 'Ozoliņa', birthYear: 1979 }],
  });
  await page
    .getByRole('link', { name: text('story.page.log') })
    .first()
    .tap();
  const form = await new VisitFormPage(page).opened();
  await form.met('Rasma').tap();
  await form.area('HEA').tap();
  await form.kind('accompany').tap();
  await form.everyoneMet('accompany', 1).tap();
  await expect(form.draftKept).toBeVisible();

  await test.step('after a reload it is all there', async () => {
    await page.reload();
    await expectTyped(page);
  });

  await test.step('on another phone too, where it is finished', async () => {
    const other = await (await browserOf(phone)).newPage();
    await other.goto(`/visits/new?family=${id}`);
    await signIn(other, demoEmail('mediator', 'DOBELE'));
    await expectTyped(other);
    const there = new VisitFormPage(other);
    await there.minutes(60).tap();
    await twice(other, there);
    await there.saved();
    await other.goto(`/families/${id}`);
    await expect(other.locator('app-family-page a[href^="/visits/0"]')).toHaveCount(1);
  });

  await test.step('and no draft is left behind', async () => {
    await page.goto('/today');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.goto(`/visits/new?family=${id}`);
    await new VisitFormPage(page).opened();
    await expect(new VisitFormPage(page).draftRestored).toHaveCount(0);
    await expect(new VisitFormPage(page).area('HEA')).not.toBeChecked();
  });
});

/** „JEL-0046” of the family that is open. */
async function codeOnPage(page: Page): Promise<string> {
  const [code = ''] = /[A-Z]{3}-\d{4}/.exec(await page.locator('main').innerText()) ?? [];
  return code;
}

async function expectTyped(page: Page): Promise<void> {
  const form = await new VisitFormPage(page).opened();
  await expect(form.draftRestored).toBeVisible();
  await expect(form.met('Rasma')).toBeChecked();
  await expect(form.area('HEA')).toBeChecked();
  await expect(form.everyoneMet('accompany', 1)).toBeChecked();
}

/** Two touches while the answer is still on its way. */
async function twice(page: Page, form: VisitFormPage): Promise<void> {
  await page.route('**/api/visits', async (route) => {
    await setTimeout(400);
    await route.continue();
  });
  await form.save.scrollIntoViewIfNeeded();
  const box = await form.save.boundingBox();
  if (!box) throw new Error('the button is not on the screen');
  const at = [box.x + box.width / 2, box.y + box.height / 2] as const;
  await page.evaluate(() => {
    document.addEventListener('click', () => (document.body.dataset['clicks'] += 'x'), true);
  });
  await page.touchscreen.tap(...at);
  await page.touchscreen.tap(...at);
  await expect(page.locator('body')).toHaveAttribute('data-clicks', /xx$/);
}
