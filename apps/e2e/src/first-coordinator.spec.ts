import { TOTP } from 'otpauth';
import { looksRight } from './pages/looks.js';
import { setPassword, shownLink } from './pages/one-time-link.js';
import { phone } from './screens.js';
import { expect, test } from './test.js';
import { begins, text } from './texts.js';
import { OwnTilts } from './tilts/own-tilts.js';

const password = 'gara parole ar atstarpēm 7';

test('without demo data: the link of the first start, the controller, a second factor, four steps, and a mediator begins', async ({
  browserOf,
  complaints,
}) => {
  test.setTimeout(180_000);
  const tilts = await OwnTilts.inNewFolders({ DEMO: 'off' });
  try {
    await tilts.start();
    await expect.poll(() => tilts.said).toContain('http');
    const link = tilts.said.match(/http\S*first\S*/)?.[0] ?? '';
    const page = await (await browserOf()).newPage();
    const press = (words: string) => page.getByRole('button', { name: words, exact: true }).click();
    const fill = (label: string, value: string) => page.getByLabel(begins(label)).fill(value);

    await test.step('whoever started it makes the first account and names who answers for the data', async () => {
      await page.goto(link);
      await fill(text('access.field.controllerName'), 'Parauga novada pašvaldība');
      await fill(text('access.field.name'), 'Vija Parauga');
      await fill(text('access.field.email'), 'vija@parauga.example');
      await page.getByLabel(begins(text('access.field.password')), { exact: true }).fill(password);
      expect(page.url(), 'the link is out of the address').not.toContain('#');
      await looksRight(page);
      await press(text('access.first.action'));
      await expect(page.getByText(text('access.first.done'))).toBeVisible();
      const again = await page.request.post(`${tilts.address}/api/first-coordinator`, {
        data: {
          token: link.split('#')[1] ?? '',
          name: 'Otrs',
          email: 'otrs@parauga.example',
          password,
          controllerName: 'Cita iestāde',
        },
      });
      expect(again.status(), 'the link works once').toBe(404);
    });

    await test.step('and signs in, with a second factor before any work', async () => {
      await press(text('access.signIn.action'));
      await page.getByLabel(begins(text('access.field.password')), { exact: true }).fill(password);
      await press(text('access.signIn.action'));
      await expect(page).toHaveURL(/second-factor/);
      await press(text('access.totp.add'));
      const secret = (await page.locator('tl-copy-line code').innerText()).replaceAll(' ', '');
      await fill(text('access.field.code'), new TOTP({ secret }).generate());
      await press(text('access.totp.action'));
      await press(text('access.recovery.kept'));
      await page.goto(`${tilts.address}/`);
      await expect(page.getByText(text('access.home.setUp', { count: 4 }))).toBeVisible();
      await looksRight(page);
    });

    await test.step('a municipality is taken over with its institutions', async () => {
      await page.getByText(text('access.home.setUp', { count: 4 })).click();
      await page
        .getByRole('button', { name: text('access.setUp.municipality.takeOverOne', { name: 'Jelgava' }) })
        .click();
      await expect(page.getByText(text('access.setUp.municipality.here', { names: 'Jelgava' }))).toBeVisible();
      await looksRight(page);
      await press(text('access.setUp.next'));
      await expect(page.getByText(begins('Jelgava: '))).toBeVisible();
      await looksRight(page);
      await press(text('access.setUp.next'));
    });

    await test.step('a project is named', async () => {
      await fill(text('access.setUp.project.name'), 'Romu platforma');
      await fill(text('access.setUp.project.nameEn'), 'Roma platform');
      await fill(text('access.setUp.project.startsOn'), '2026-01-01');
      await looksRight(page);
      await press(text('access.setUp.project.save'));
      await press(text('access.setUp.next'));
    });

    await test.step('the first mediator is invited, and begins on a phone', async () => {
      await fill(text('access.field.name'), 'Ilze Parauga');
      await fill(text('access.field.email'), 'ilze@parauga.example');
      await fill(text('access.setUp.mediator.hours'), '20');
      await press(text('access.setUp.mediator.save'));
      const invitation = await shownLink(page);
      await looksRight(page);
      const mediator = await (await browserOf(phone)).newPage();
      await setPassword(mediator, invitation, 'garš teikums par kaķi');
      await expect(mediator).toHaveURL(/today/);
      await mediator.goto(`${tilts.address}/families/new`);
      // The notice that is read aloud names who answers for the data.
      await expect(mediator.getByText('Parauga novada pašvaldība')).toBeVisible();
    });

    await test.step('nothing is left to be set up', async () => {
      await press(text('access.setUp.next'));
      await press(text('access.setUp.finish'));
      // From November on the home page asks for the moved working days of the next year.
      const year = new Date().getFullYear() + 1;
      const movedDays = page.getByText(text('directory.workingDays.missing', { year }));
      await expect(page.getByText(text('access.home.nothing')).or(movedDays)).toBeVisible();
      await looksRight(page);
    });
    // What the link answered when it was tried again.
    expect(complaints.splice(0).filter((complaint) => !/status of 404/.test(complaint))).toEqual([]);
  } finally {
    await tilts.remove();
  }
});
