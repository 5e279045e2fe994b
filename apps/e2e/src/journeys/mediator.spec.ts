import { randomUUID } from 'node:crypto';
import { Finger } from '../finger.js';
import { register } from '../pages/registration.js';
import { VisitFormPage } from '../pages/visit-form.js';
import { expect, test } from '../test.js';
import { begins, text } from '../texts.js';

// Every run of the three jobs is kept: `npx playwright show-trace test-results/…/trace.zip` plays it.
test.use({ trace: 'on' });

test('a mediator registers a family, logs two visits and refers', async ({ mediator }) => {
  const page = await mediator('JELGAVA');
  const family = await test.step('registers a family of three, with consent', async () => {
    const id = await register(page, {
      name: 'Kalniņu ģimene',
      phone: '+371 20 000 123',
      address: 'Zirņu iela 7, Jelgava',
      members: [
        { firstName: 'Zane', lastName: 'Kalniņa', birthYear: 1988 },
        { firstName: 'Toms', lastName: 'Kalniņš', birthYear: 1985, role: 'partner' },
        { firstName: 'Elvis', lastName: 'Kalniņš', birthYear: 2015, role: 'child' },
        { firstName: 'Paula', lastName: 'Kalniņa', birthYear: 2019, role: 'child' },
      ],
    });
    await expect(page.getByText(text('story.page.registeredNext'))).toBeVisible();
    return id;
  });

  await test.step('logs a visit with three people and two kinds of help in at most ten taps', async () => {
    await page.getByRole('link', { name: text('story.page.log') }).first().tap();
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
    console.log(`  taps in the visit form, three people and two kinds of help: ${finger.taps}`);
    expect(finger.taps).toBeLessThanOrEqual(10);

    await page.getByRole('link', { name: text('visits.saved.open') }).tap();
    for (const kind of ['inform', 'fillForm'] as const) {
      await expect(page.getByRole('listitem').filter({ hasText: text(`visits.form.kind.${kind}`) })).toContainText('Zane, Toms');
    }
  });
});
