import { demoEmail } from '@tilts/testing';
import { Keyboard } from '../keyboard.js';
import { ReferralPage } from '../pages/referral.js';
import { chip } from '../pages/registration.js';
import { demoPassword } from '../pages/sign-in.js';
import { VisitFormPage } from '../pages/visit-form.js';
import { desk } from '../screens.js';
import { expect, test } from '../test.js';
import { begins, text } from '../texts.js';

test.use({ trace: 'on' });

test('the three jobs by keyboard alone', async ({ browserOf }) => {
  test.setTimeout(180_000);
  const enter = async (email: string): Promise<Keyboard> => {
    const page = await (await browserOf(desk)).newPage();
    await page.goto('/');
    const keys = new Keyboard(page);
    await keys.type(page.getByLabel(begins(text('access.field.email'))), email);
    await keys.type(page.getByLabel(begins(text('access.field.password')), { exact: true }), demoPassword);
    await page.keyboard.press('Enter');
    await expect(page).not.toHaveURL(/sign-in/);
    return keys;
  };

  await test.step('mediator: log a visit', async () => {
    const keys = await enter(demoEmail('mediator', 'VENTSPILS'));
    const { page } = keys;
    await keys.skipToContent();
    await keys.press(page.getByRole('link', { name: begins(text('today.logFor', { code: '' })) }).first());
    const form = await new VisitFormPage(page).opened();
    await keys.press(form.met(text('visits.form.wholeFamily')).first(), 'Space');
    await keys.press(form.area('EDU'), 'Space');
    await keys.press(form.kind('inform'), 'Space');
    await keys.choose(form.minutes(30));
    await keys.press(form.save);
    await form.saved();
    // The focus is on the heading that says so.
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await keys.press(page.getByRole('link', { name: text('visits.saved.refer') }));
  });

  await test.step('mediator: refer', async () => {
    const keys = await enter(demoEmail('mediator', 'JELGAVA'));
    const { page } = keys;
    await keys.press(page.getByRole('link', { name: begins(text('today.logFor', { code: '' })) }).first());
    await page.waitForURL(/family=/);
    const family = new URL(page.url()).searchParams.get('family') ?? '';
    await page.goto(`/referrals/new?family=${family}`);
    const referral = new ReferralPage(page);
    await keys.choose(chip(page, text('referrals.editor.who'), '').first());
    await keys.choose(referral.need('DOC'));
    await keys.choose(page.locator('app-service-chooser input').first());
    await keys.type(page.getByLabel(begins(text('referrals.editor.request'))), 'Vajadzīga personas apliecība.');
    await keys.press(page.getByRole('checkbox', { name: text('consents.share.read') }), 'Space');
    await keys.press(page.getByRole('checkbox', { name: text('consents.share.yes') }), 'Space');
    await keys.press(page.getByRole('button', { name: text('consents.share.record') }));
    await expect(page.getByText(text('referrals.editor.agreedText'))).toBeVisible();
    await keys.press(page.getByRole('button', { name: begins(text('referrals.editor.send')) }));
    await referral.isIn('sent');
  });

  await test.step('social worker: answer, with the short keys', async () => {
    const keys = await enter(demoEmail('socialWorker', 'JELGAVA'));
    const { page } = keys;
    const referral = new ReferralPage(page);
    const rows = page.locator('tbody th a');
    await expect(rows.nth(1)).toBeVisible();
    await page.keyboard.press('j');
    await expect(rows.nth(0)).toBeFocused();
    await page.keyboard.press('j');
    await expect(rows.nth(1)).toBeFocused();
    await page.keyboard.press('k');
    await expect(rows.nth(0)).toBeFocused();
    const opened = await rows.nth(0).getAttribute('href');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(opened ?? ''));
    await page.goBack();
    await expect(rows.nth(0)).toBeVisible();
    await page.keyboard.press('j');
    await page.keyboard.press('a');
    await referral.isIn('accepted');

    // „j” asks on the referral itself; the words go into the form that opens.
    await keys.press(referral.move('askMore'));
    const form = page.getByRole('form', { name: text('referrals.move.askMore') });
    await keys.type(form.getByRole('textbox'), 'Kad cilvēku var sasniegt?');
    await keys.press(form.getByRole('button', { name: text('referrals.reply.do.askMore') }));
    await referral.isIn('moreInfoNeeded');
  });

  await test.step('evaluator: read the report and take the file', async () => {
    const keys = await enter(demoEmail('evaluator'));
    const { page } = keys;
    await keys.reach(page.getByLabel(text('reports.field.project')));
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('app-head-figures')).toContainText('134');
    const download = page.waitForEvent('download');
    await keys.press(page.getByRole('button', { name: text('reports.page.download') }));
    await download;
    const area = page.locator('details').first();
    await keys.press(area.locator('summary'));
    await expect(area.getByRole('table')).toBeVisible();
  });
});
