import { demoEmail } from '@tilts/testing';
import { looksRight } from '../pages/looks.js';
import { expectGone, setPassword, shownLink } from '../pages/one-time-link.js';
import { demoPassword, signIn } from '../pages/sign-in.js';
import { desk, phone } from '../screens.js';
import { expect, test } from '../test.js';
import { begins, text } from '../texts.js';
import { Caller } from '../tilts/caller.js';
import { OwnTilts } from '../tilts/own-tilts.js';

const ilze = demoEmail('mediator', 'JELGAVA');
const anna = 'anna.parauga@tilts.test';
const newPassword = 'garš teikums par kaķi';

// Accounts end here and families move, so each has a Tilts of its own.
for (const [size, screen] of Object.entries({ desk, phone }))
  test(`at a ${size} a coordinator invites a mediator, helps with a lost password, hands families over and ends an account`, async ({
    browserOf,
    complaints,
  }) => {
    test.setTimeout(240_000);
    const tilts = await OwnTilts.inNewFolders();
    try {
      await tilts.start();
      const open = async (path: string, on = phone) => {
        const page = await (await browserOf(on)).newPage();
        await page.goto(`${tilts.address}${path}`);
        return page;
      };
      const page = await open('/coordinator', screen);
      await signIn(page, demoEmail('coordinator'));
      const press = (words: string) => page.getByRole('button', { name: words, exact: true }).click();
      const fill = (label: string, value: string) => page.getByLabel(begins(label)).fill(value);

      await test.step('a second mediator for Jelgava', async () => {
        await page.goto(`${tilts.address}/set-up?step=mediator`);
        await press(text('access.setUp.mediator.own'));
        await fill(text('access.field.name'), 'Anna Parauga');
        await fill(text('access.field.email'), ilze);
        await page.getByLabel(begins(text('access.setUp.mediator.municipality'))).selectOption({ label: 'Jelgava' });
        await page.getByLabel(begins(text('access.setUp.mediator.project'))).selectOption({ index: 1 });
        await fill(text('access.setUp.mediator.hours'), '10');
        await press(text('access.setUp.mediator.save'));
        await expect(page.getByText(text('fieldErrors.taken')), 'an e-mail belongs to one account').toBeVisible();
        await fill(text('access.field.email'), anna);
        await press(text('access.setUp.mediator.save'));
        const link = await shownLink(page);
        await looksRight(page);

        const theirs = await open('/');
        await expectGone(theirs.context(), `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`);
        await setPassword(theirs, link, demoPassword);
        await expect(theirs).toHaveURL(/today/);
        await expectGone(theirs.context(), link);
      });

      const account = async (name: string) => {
        await page.goto(`${tilts.address}/accounts`);
        await page.getByRole('searchbox').fill(name);
        await expect(page).toHaveURL(/search=/);
        await page.getByRole('link', { name }).click();
        await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
      };

      const theirs = await open('/today');
      await signIn(theirs, ilze);
      await test.step('a forgotten password: the link sets another and signs out everywhere', async () => {
        await account('Ilze B.');
        await press(text('access.account.reset'));
        const link = await shownLink(page);
        await looksRight(page);
        await page.reload();
        await expect(page.getByText(text('access.account.password'))).toBeVisible();
        await expect(page.locator('tl-copy-line'), 'nobody sees it a second time').toHaveCount(0);

        const elsewhere = await open('/');
        await setPassword(elsewhere, link, newPassword);
        await theirs.goto(`${tilts.address}/families`);
        await expect(theirs, 'the old device is signed out').toHaveURL(/sign-in/);
        await expect(Caller.signIn(tilts.address, ilze), 'the old password is none').rejects.toThrow('SIGN_IN_FAILED');
      });

      await test.step('families first: nobody is left alone', async () => {
        await expect(page.getByText(text('access.account.endFamiliesFirst'))).toBeVisible();
        await expect(page.getByRole('button', { name: text('access.account.endAction') })).toHaveCount(0);
        await page
          .getByRole('link', { name: text('access.account.handOver') })
          .last()
          .click();
        await page.getByLabel(begins(text('access.handOver.to'))).selectOption({ label: 'Anna Parauga' });
        await page.getByLabel(text('access.handOver.some')).check();
        await page.getByLabel(begins('JEL-0001')).check();
        await looksRight(page);
        await page.getByLabel(begins(text('access.handOver.all', { count: 44 }))).check();
        await press(text('access.handOver.action', { count: 44 }));
        await page
          .getByRole('alertdialog')
          .getByRole('button', { name: text('access.handOver.action', { count: 44 }) })
          .click();
        await expect(page.getByText(text('access.handOver.nothing'))).toBeVisible();
        expect(await (await Caller.signIn(tilts.address, anna)).families()).toHaveLength(44);
      });

      await test.step('then the account ends, at once', async () => {
        const stays = await open('/today');
        await stays.getByLabel(begins(text('access.field.email'))).fill(ilze);
        await stays.getByLabel(begins(text('access.field.password')), { exact: true }).fill(newPassword);
        await stays.getByRole('button', { name: text('access.signIn.action'), exact: true }).click();
        await expect(stays).toHaveURL(/today/);

        await page.getByRole('link', { name: text('access.handOver.back') }).click();
        await press(text('access.account.endAction'));
        await page
          .getByRole('alertdialog')
          .getByRole('button', { name: text('access.account.endAction') })
          .click();
        await expect(page.getByText(text('access.accountState.ended'), { exact: true })).toBeVisible();
        await looksRight(page);
        await stays.goto(`${tilts.address}/families`);
        await expect(stays).toHaveURL(/sign-in/);
      });
      // Refusals are part of this: a taken e-mail, links that are gone, sessions that are over.
      expect(complaints.splice(0).filter((complaint) => !/status of (401|404|422)/.test(complaint))).toEqual([]);
    } finally {
      await tilts.remove();
    }
  });
