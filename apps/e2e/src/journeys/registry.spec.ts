import type { Page } from '@playwright/test';
import { addDays, dayOf } from '@tilts/domain';
import { demoEmail } from '@tilts/testing';
import { looksRight } from '../pages/looks.js';
import { signIn } from '../pages/sign-in.js';
import { desk, phone } from '../screens.js';
import { expect, test } from '../test.js';
import { begins, text } from '../texts.js';
import { OwnTilts } from '../tilts/own-tilts.js';

const today = dayOf(new Date());
const nextYear = Number(today.slice(0, 4)) + 1;

// Assignments end and words change here, so each has a Tilts of its own.
for (const [size, screen] of Object.entries({ desk, phone }))
  test(`at a ${size} a coordinator keeps municipalities, projects, institutions, working days and words`, async ({
    browserOf,
    complaints,
  }) => {
    test.setTimeout(300_000);
    const tilts = await OwnTilts.inNewFolders();
    try {
      await tilts.start();
      const open = async (path: string, email: string, on: typeof desk) => {
        const page = await (await browserOf(on)).newPage();
        await page.goto(`${tilts.address}${path}`);
        await signIn(page, email);
        return page;
      };
      const page = await open('/municipalities', demoEmail('coordinator'), screen);
      const go = (path: string) => page.goto(`${tilts.address}${path}`);
      const { press, fill, choose } = handsOn(page);

      await test.step('adds a municipality: what follows from its name is proposed', async () => {
        await page.getByRole('link', { name: text('municipalities.list.new') }).click();
        await fill(text('municipalities.field.name'), 'Talsi');
        await expect(page.getByLabel(begins(text('municipalities.field.nameIn')))).toHaveValue('Talsos');
        await fill(text('municipalities.field.atvk'), '123');
        await press(text('municipalities.editor.save'));
        await expect(page.getByText(text('fieldErrors.malformed')), 'a code has seven digits').toBeVisible();
        await fill(text('municipalities.field.atvk'), '0880200');
        await press(text('municipalities.editor.save'));
        await expect(page.getByRole('link', { name: /Talsi/ })).toBeVisible();
        await looksRight(page);
      });

      await test.step('adds a project and assigns a mediator to it', async () => {
        await go('/projects/new');
        await fill(text('mediators.field.name'), 'Mediatori Talsos');
        await fill(text('mediators.field.nameEn'), 'Mediators in Talsi');
        await fill(text('mediators.field.startsOn'), today);
        await press(text('mediators.project.save'));
        await page
          .getByRole('link', { name: text('mediators.projects.assignOne', { project: 'Mediatori Talsos' }) })
          .click();
        await choose(text('mediators.field.mediator'), 'Ilze B.');
        await choose(text('mediators.field.municipality'), 'Talsi');
        await fill(text('mediators.field.firstDay'), today);
        await fill(text('mediators.field.hoursPerWeek'), '8');
        await press(text('mediators.assignment.assign'));
        await expect(page.getByRole('row', { name: /Talsi.*Ilze B\..*8/ })).toBeVisible();
        await looksRight(page);
      });

      await test.step('ends an assignment: somebody has to answer for the families that stay behind', async () => {
        await page
          .getByRole('row', { name: /Jelgava/ })
          .getByRole('link')
          .first()
          .click();
        await fill(text('mediators.field.lastDay'), addDays(today, -1));
        await press(text('mediators.assignment.save'));
        await expect(page.locator('h2:focus')).toContainText(/\d+/);
        await looksRight(page);
        await page.getByRole('link', { name: text('mediators.assignment.handOver') }).click();
        await expect(page).toHaveURL(/hand-over/);
        await expect(page.getByText('Jelgava').first()).toBeVisible();
      });

      await test.step('is asked when a project’s new period leaves work outside', async () => {
        await go('/projects');
        const project = 'Romu mediatoru atbalsts 2026';
        await page.getByRole('link', { name: text('mediators.projects.changeOne', { project }) }).click();
        await fill(text('mediators.field.endsOn'), `${nextYear - 1}-03-31`);
        await press(text('mediators.project.save'));
        const question = page.getByRole('alertdialog');
        await expect(question).toContainText(text('mediators.project.outsideTitle'));
        expect(complaints.splice(0), 'a refusal that asks').toEqual([expect.stringContaining('409')]);
        await question.getByRole('button', { name: text('mediators.project.outsideBack') }).click();
        await expect(page.getByLabel(begins(text('mediators.field.endsOn')))).toHaveValue(`${nextYear - 1}-03-31`);
        await fill(text('mediators.field.endsOn'), `${nextYear - 1}-12-31`);
        await press(text('mediators.project.save'));
        await expect(page).toHaveURL(/projects$/);
      });

      const mediator = await open('/directory', demoEmail('mediator', 'RIGA'), phone);
      const theySee = async (count: number) => {
        await mediator.goto(`${tilts.address}/directory?search=Liepziedi`);
        await expect(mediator.getByRole('heading', { name: 'Biedrība „Liepziedi”' })).toHaveCount(count);
      };

      await test.step('adds an institution with a service, confirms it, and closes it', async () => {
        await go('/directory/new');
        await choose(text('directory.field.place'), 'Rīga');
        await choose(text('directory.field.kind'), text('directory.kind.ngo'));
        await fill(text('directory.field.name'), 'Biedrība „Liepziedi”');
        await fill(text('directory.field.answerDays'), '5');
        await expect(page.locator('.sentence')).not.toBeEmpty();
        await looksRight(page);
        await press(text('directory.editor.save'));
        await page.getByRole('link', { name: text('directory.institution.addService') }).click();
        await fill(text('directory.service.name'), 'Padoms un pavadīšana');
        await press(text('directory.service.save'));
        await expect(page.getByText(text('fieldErrors.required')), 'it helps with something').toBeVisible();
        await page.getByLabel(text('directory.needArea.SOC'), { exact: true }).check();
        await press(text('directory.service.save'));
        await press(text('directory.institution.confirm'));
        await expect(page.getByText(text('directory.institution.confirmedToday'))).toBeVisible();
        await theySee(1);
        await press(text('directory.institution.close'));
        await page
          .getByRole('alertdialog')
          .getByRole('button', { name: text('directory.institution.close') })
          .click();
        await expect(page.getByText(text('directory.institution.isClosed'))).toBeVisible();
        await looksRight(page);
        await theySee(0);
      });

      await test.step('enters a moved working day of the next year and takes it back', async () => {
        await go(`/working-days?year=${nextYear}`);
        await page.getByLabel(text('directory.workingDays.kind.moved-free')).check();
        await fill(text('directory.workingDays.day'), `${nextYear}-05-03`);
        await fill(text('directory.workingDays.note'), 'Pārcelta uz sestdienu, 8. maiju');
        await press(text('directory.workingDays.add'));
        const entry = page.getByRole('listitem').filter({ hasText: 'Pārcelta uz sestdienu' });
        await expect(entry).toContainText(text('directory.workingDays.day-moved-free'));
        await expect(page.getByText(text('directory.workingDays.missing', { year: nextYear }))).toHaveCount(0);
        await looksRight(page);
        await entry.getByRole('button').click();
        await page
          .getByRole('alertdialog')
          .getByRole('button', { name: text('directory.workingDays.remove') })
          .click();
        await expect(entry).toHaveCount(0);
      });

      await test.step('calls a need otherwise and offers a kind of help no more: the mediator’s form follows', async () => {
        await go('/code-lists?list=directory.needArea');
        await press(text('codeLists.row.rewordOne', { word: text('directory.needArea.EDU') }));
        await fill('Latviešu', 'Skola un mācības');
        await press(text('codeLists.row.save'));
        await expect(page.getByText('Skola un mācības', { exact: true })).toBeVisible();
        await go('/code-lists?list=visits.assistance');
        const inform = text('visits.assistance.inform');
        await press(text('codeLists.row.retireOne', { word: inform }));
        await page.getByRole('button', { name: text('codeLists.row.retire'), exact: true }).click();
        await expect(page.getByRole('region', { name: begins(text('codeLists.page.retired')) })).toContainText(inform);
        await looksRight(page);

        await mediator.goto(`${tilts.address}/families`);
        const family = mediator.locator('a[href^="/families/"]').filter({ hasText: 'RIG-' }).first();
        const id = (await family.getAttribute('href'))?.split('/').at(-1) ?? '';
        await mediator.goto(`${tilts.address}/visits/new?family=${id}`);
        await expect(mediator.getByLabel('Skola un mācības', { exact: true })).toBeVisible();
        await expect(mediator.getByLabel(text('visits.form.kind.explainLetter'), { exact: true })).toBeVisible();
        await expect(mediator.getByLabel(text('visits.form.kind.inform'), { exact: true })).toHaveCount(0);
      });
    } finally {
      await tilts.remove();
    }
  });

function handsOn(page: Page) {
  return {
    press: (words: string) => page.getByRole('button', { name: words, exact: true }).click(),
    fill: (label: string, value: string) => page.getByLabel(begins(label)).fill(value),
    choose: (label: string, option: string) => page.getByLabel(begins(label)).selectOption({ label: option }),
  };
}
