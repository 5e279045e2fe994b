import { demoEmail } from '@tilts/testing';
import { ReferralPage } from '../pages/referral.js';
import { register } from '../pages/registration.js';
import { signIn } from '../pages/sign-in.js';
import { desk } from '../screens.js';
import { expect, test } from '../test.js';
import { text } from '../texts.js';
import { letterTo } from '../tilts/outbox.js';

test.use({ trace: 'on' });

const request = 'Vajadzīga palīdzība noformēt maznodrošinātas mājsaimniecības statusu.';
const question = 'Vai ģimenei jau ir izziņa par ienākumiem?';
const answer = 'Jā, izziņa ir par septembri un oktobri.';
const result = 'Statuss piešķirts uz sešiem mēnešiem.';

test('a social worker opens the link of the letter, understands, accepts, asks and completes', async ({
  mediator,
  browserOf,
}) => {
  const sender = await mediator('JELGAVA');
  const family = await register(sender, {
    name: 'Vītolu ģimene',
    phone: '+371 20 000 456',
    address: 'Pasta iela 12, Jelgava',
    members: [
      { firstName: 'Velga', lastName: 'Vītola', birthYear: 1991 },
      { firstName: 'Hugo', lastName: 'Vītols', birthYear: 2018, role: 'child' },
    ],
  });
  await sender.goto(`/referrals/new?family=${family}`);
  const sent = new ReferralPage(sender);
  await sent.compose('Velga', 'SOC', request);
  await sent.travels('household').click();
  await sent.travels('phone').click();
  const preview = await sent.card();
  await sent.recordConsent();
  const id = await sent.send();

  const page = await (await browserOf(desk)).newPage();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const referral = new ReferralPage(page);

  await test.step('the letter says nothing about anybody and leads to the referral, through the door', async () => {
    const letter = await letterTo(demoEmail('socialWorker', 'JELGAVA'), id);
    for (const word of ['Velga', 'Vītol', 'Jelgav', 'rom', 'maznodro'])
      expect(letter.subject + letter.text).not.toContain(word);
    const [link = ''] = /https?:\/\/\S+/.exec(letter.text) ?? [];
    await page.goto(link);
    await signIn(page, demoEmail('socialWorker', 'JELGAVA'));
    await expect(page).toHaveURL(link);
  });

  await test.step('understands: the card is the one that the mediator was shown', async () => {
    await referral.isIn('received');
    const card = await referral.card();
    expect(card).toEqual(preview);
    expect(card[text('referrals.travelField.household')]).toBe('2');
    expect(card[text('referrals.travelField.phone')]).toBeUndefined();
    await expect(page.getByText(request)).toBeVisible();
  });

  await test.step('accepts and asks', async () => {
    await referral.move('accept').click();
    await referral.isIn('accepted');
    await referral.say('askMore', question);
    await referral.isIn('moreInfoNeeded');
  });

  await test.step('the mediator sees the question and answers', async () => {
    await sender.goto('/notices');
    await sender.locator(`a[href="/referrals/${id}"]`).first().tap();
    await expect(sent.thread).toContainText(question);
    await sent.say('answer', answer);
    await sent.isIn('accepted');
  });

  await test.step('writes the own case number down, begins and completes with a result', async () => {
    await page.reload();
    await expect(referral.thread).toContainText(answer);
    await referral.say('setReference', 'SOPA-2026-118');
    await expect(page.locator('app-referral-card')).toContainText('SOPA-2026-118');
    await referral.move('start').click();
    await referral.isIn('inProgress');
    await referral.say('complete', result);
    await referral.isIn('completed');
  });

  await test.step('copies it as text and opens the letter to print', async () => {
    await page.getByRole('button', { name: text('referrals.page.copy') }).click();
    await expect(page.getByText(text('referrals.page.copied'))).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(`${text('referrals.text.person')}: Velga Vītola`);
    expect(copied).toContain(request);
    expect(copied).not.toContain('456');

    await page.getByRole('link', { name: text('referrals.page.print') }).click();
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByText(request)).toBeVisible();
    await expect(page.getByRole('article')).toContainText('Velga Vītola');
    await expect(page.getByRole('button', { name: text('referrals.print.print') })).toBeHidden();
    await expect(page.getByRole('navigation').first()).toBeHidden();
  });

  await test.step('the mediator reads the result', async () => {
    await sender.goto(`/referrals/${id}`);
    await sent.isIn('completed');
    await expect(sent.thread).toContainText(result);
  });
});
