import { demoEmail } from '@tilts/testing';
import { buildOf, lookForNewer, waits } from './pages/kept-build.js';
import { done, firstCode, logVisit } from './pages/own-families.js';
import { PhoneState } from './pages/phone-state.js';
import { settled } from './pages/settled.js';
import { VisitFormPage } from './pages/visit-form.js';
import { expect, test } from './phones.js';
import { text } from './texts.js';
import { Caller } from './tilts/caller.js';
import { ServedBuilds } from './tilts/served-builds.js';

test('a build that writes commands otherwise waits until unsent work is at the office, and nothing of it is lost', async ({
  phoneOf,
  tilts,
  complaints,
}) => {
  const builds = await ServedBuilds.before(tilts.address);
  try {
    const page = await phoneOf('VALMIERA', builds.address);
    const state = new PhoneState(page);
    const old = await buildOf(page);
    const code = await firstCode(page);
    const caller = await Caller.signIn(tilts.address, demoEmail('mediator', 'VALMIERA'));
    const family = (await caller.families()).find((one) => one.code === code)?.id ?? '';
    const before = await caller.visitIds(family);
    const notice = page.getByText(text('shell.newBuild.text'));
    const place = (words: string) => page.getByRole('link', { name: words, exact: true }).last();

    // The newer pages can be fetched, and the office cannot be reached.
    builds.withoutApi = true;
    await logVisit(page, code, 'Pirms jaunās versijas.');
    await done(page);
    const next = builds.replace(7);
    await lookForNewer(page);
    await expect.poll(() => waits(page)).toBe(true);

    await test.step('with unsent work neither a link, nor a reload, nor an opening takes the newer one', async () => {
      await expect(notice).toBeHidden();
      await place(text('shell.families')).tap();
      await settled(page);
      expect(await buildOf(page)).toBe(old);
      await page.reload();
      await settled(page);
      expect(await buildOf(page)).toBe(old);
      await page.goto(`${builds.address}/today`);
      await settled(page);
      expect(await buildOf(page)).toBe(old);
      await state.waitsForOffice(1);
    });

    await test.step('once it is sent, a form in work still keeps the page', async () => {
      await page.goto(`${builds.address}/visits/new?family=${family}`);
      const form = await new VisitFormPage(page).opened();
      await form.area('HEA').tap();
      builds.withoutApi = false;
      await page.evaluate(() => dispatchEvent(new Event('online')));
      await state.allSent();
      await expect(notice).toBeHidden();
      expect(await buildOf(page)).toBe(old);
      await form.kind('inform').tap();
      await form.minutes(15).tap();
      await form.save.tap();
      await form.saved();
      expect(await buildOf(page)).toBe(old);
    });

    await test.step('then the newer one opens with the next page, and both visits are at the office', async () => {
      await state.allSent();
      await done(page);
      // On a slow machine with the one after it: a tap counts for half a second.
      await expect(async () => {
        for (const words of [text('shell.families'), text('shell.today')])
          if ((await buildOf(page)) !== next) await place(words).tap();
        expect(await buildOf(page)).toBe(next);
      }).toPass({ timeout: 30_000 });
      await settled(page);
      await state.allSent();
      const visits = await caller.visits(family);
      expect(visits).toHaveLength(before.length + 2);
      expect(visits.filter(({ note }) => note === 'Pirms jaunās versijas.')).toHaveLength(1);
    });
  } finally {
    await builds.close();
    const others = complaints.filter((one) => !/ERR_EMPTY_RESPONSE|ERR_CONNECTION/.test(one));
    complaints.splice(0, complaints.length, ...others);
  }
});
