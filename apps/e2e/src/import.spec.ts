import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { demoEmail } from '@tilts/testing';
import { parseCsv } from './csv.js';
import { csvFile, listOf, people, xlsxFile, type ListRow } from './files/list-file.js';
import { signIn } from './pages/sign-in.js';
import { desk, phone } from './screens.js';
import { expect, test } from './test.js';
import { text } from './texts.js';
import { Caller } from './tilts/caller.js';

const city = 'VENTSPILS';

type File = Parameters<ReturnType<Page['locator']>['setInputFiles']>[0];

const button = (page: Page, key: Parameters<typeof text>[0], params?: Parameters<typeof text>[1]) =>
  page.getByRole('button', { name: text(key, params), exact: true });

async function choose(page: Page, file: File): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(file);
}

/** Says yes to every proposal and has the rows checked. */
async function checked(page: Page, file: File, proposals: number): Promise<void> {
  await choose(page, file);
  await button(page, 'imports.columns.yesToAll', { count: proposals }).click();
  await button(page, 'imports.columns.check').click();
}

async function takeBack(page: Page): Promise<void> {
  await button(page, 'imports.done.undo').click();
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: text('imports.done.undo') })
    .click();
}

/** What a screen reader and a narrow window meet on this step. */
async function expectWellMade(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect
    .soft(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`),
      where,
    )
    .toEqual([]);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(wider, `sideways scrolling: ${where}`).toBeLessThanOrEqual(0);
}

test.describe('a list of families', () => {
  let page: Page;
  let caller: Caller;
  let before: string[];

  const codes = async (): Promise<string[]> => (await caller.families()).map((family) => family.code);

  test.beforeEach(async ({ browserOf, address }) => {
    caller = await Caller.signIn(address, demoEmail('mediator', city));
    before = await codes();
    const context = await browserOf(desk);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    page = await context.newPage();
    await page.goto('/');
    await signIn(page, demoEmail('mediator', city));
    await page.goto('/families');
    await page.getByRole('link', { name: text('imports.open') }).click();
  });

  test('of a spreadsheet is taken over whole, and taken back within the day', async () => {
    test.setTimeout(180_000);
    await expectWellMade(page, 'file');
    const rows = people(6, 'Saraksta');
    await choose(page, await xlsxFile(listOf(rows)));
    await expect(page.getByRole('heading', { name: text('imports.columns.heading') })).toBeVisible();
    await expectWellMade(page, 'columns');
    // Nothing is taken for granted: one column is left out by hand, each of the others needs its yes.
    await expect(button(page, 'imports.columns.check')).toBeDisabled();
    await page
      .getByRole('button', {
        name: text('imports.columns.leaveOutFor', { heading: text('imports.column.arrangement') }),
      })
      .click();
    await expect(button(page, 'imports.columns.check')).toBeDisabled();
    await button(page, 'imports.columns.yesToAll', { count: 18 }).click();
    await button(page, 'imports.columns.check').click();

    await expect(page.getByText(text('imports.check.ready', { families: 3, persons: 6 }))).toBeVisible();
    await expectWellMade(page, 'check');
    expect(await codes()).toEqual(before);
    await button(page, 'imports.check.confirm', { families: 3 }).click();
    await expect(page.getByText(text('imports.done.written', { families: 3, persons: 6 }))).toBeVisible();
    await expectWellMade(page, 'done');
    const families = (await caller.families()).filter(({ code }) => !before.includes(code));
    expect(families.map(({ name, phone, address }) => ({ name, phone, address }))).toEqual(
      [1, 2, 3].map((i) => ({ name: `Saraksta ${i}`, phone: '+37120000001', address: `=Liepu iela ${i}` })),
    );
    const persons = (await caller.persons()).filter(({ familyId }) => familyId === families[0]?.id);
    expect(
      persons.map(({ firstName, birthDate, birthYear, householdRole }) => [
        firstName,
        birthDate,
        birthYear,
        householdRole,
      ]),
    ).toEqual([
      ['Anna0', '1985-12-31', 1985, 'contact'],
      ['Bērns1', null, 2015, 'child'],
    ]);

    await takeBack(page);
    await expect(page.getByText(text('imports.done.undone', { removed: 3 }))).toBeVisible();
    expect(await codes()).toEqual(before);
  });

  test('with faults is refused row by row, in the words of the file, and nothing leaves the page', async () => {
    const rows: ListRow[] = people(4, 'Kļūdu');
    Object.assign(rows[0] ?? {}, { yes: 'nē', birthDate: '31.02.1985' });
    Object.assign(rows[3] ?? {}, { householdRole: '=CMD()' });
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.method()} ${request.url()}`));
    await checked(page, csvFile(listOf(rows)), 19);
    await expect(page.getByText(text('imports.check.wrong', { count: 3 }))).toBeVisible();
    await expectWellMade(page, 'faults');
    const table = page.getByRole('table');
    await expect(table.getByRole('row').nth(1)).toContainText(text('imports.problem.saidNo'));
    await expect(table.getByRole('row').nth(1)).toContainText(text('imports.problem.notADay'));
    await expect(table.getByRole('row').nth(2)).toContainText('=CMD()');
    await expect(button(page, 'imports.check.confirm', { families: 2 })).toHaveCount(0);
    expect(sent.filter((request) => request.startsWith('P'))).toEqual([]);

    const download = page.waitForEvent('download');
    await button(page, 'imports.check.csv').click();
    const file = await readFile(await (await download).path(), 'utf8');
    const cells = parseCsv(file.replace('\uFEFF', ''), ';');
    expect(cells.map((row) => row.slice(0, 3))).toEqual([
      (['line', 'column', 'cell'] as const).map((head) => text(`imports.check.head.${head}`)),
      ['2', text('imports.column.yes'), 'nē'],
      ['2', text('imports.column.birthDate'), '31.02.1985'],
      ['5', text('imports.column.householdRole'), "'=CMD()"],
    ]);
    const workbook = page.waitForEvent('download');
    await button(page, 'imports.check.xlsx').click();
    expect((await (await workbook).path()).length).toBeGreaterThan(0);
    await button(page, 'imports.check.copy').click();
    await expect(page.getByText(text('imports.check.copied'))).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("'=CMD()");

    // Corrected, the same file is chosen again.
    await button(page, 'imports.check.again').click();
    await checked(page, csvFile(listOf(people(4, 'Kļūdu'))), 19);
    await expect(page.getByText(text('imports.check.ready', { families: 2, persons: 4 }))).toBeVisible();
    await button(page, 'imports.check.notNow').click();
    expect(await codes()).toEqual(before);
  });

  test('that names somebody who is registered is warned about, and that family can be left out', async () => {
    const [known] = await caller.persons();
    if (!known) throw new Error('The demo has nobody in this city');
    const rows = people(4, 'Līdzīgo');
    Object.assign(rows[0] ?? {}, {
      firstName: known.firstName,
      lastName: known.lastName ?? '',
      birthDate: '',
      birthYear: '',
    });
    await checked(page, csvFile(listOf(rows)), 19);
    const warned = page.getByRole('region', { name: text('imports.check.alike') });
    await expect(warned).toContainText(known.firstName);
    await warned.getByRole('switch', { name: text('imports.check.whether', { line: 2 }) }).click();
    await button(page, 'imports.check.confirm', { families: 1 }).click();
    await expect(page.getByText(text('imports.done.written', { families: 1, persons: 2 }))).toBeVisible();
    await takeBack(page);
    await expect(page.getByText(text('imports.done.undone', { removed: 1 }))).toBeVisible();
  });

  test('of 1,000 rows is read, checked and written while its mediator looks elsewhere; a reload does not lose it', async () => {
    test.setTimeout(180_000);
    await checked(page, csvFile(listOf(people(1_000, 'Daudz'))), 19);
    // Left while it is handed in, and found again.
    await expect(page.getByRole('progressbar')).toBeVisible();
    await page
      .getByRole('link', { name: text('shell.families') })
      .first()
      .click();
    await expect(page).toHaveURL(/families$/);
    await page.getByRole('link', { name: text('imports.open') }).click();
    await expect(page.getByText(text('imports.check.ready', { families: 500, persons: 1_000 }))).toBeVisible({
      timeout: 60_000,
    });
    expect(await codes()).toEqual(before);

    await page.reload();
    await button(page, 'imports.start.continue').click();
    await expect(page.getByText(text('imports.check.ready', { families: 500, persons: 1_000 }))).toBeVisible({
      timeout: 30_000,
    });
    await button(page, 'imports.check.confirm', { families: 500 }).click();
    await expect(page.getByText(text('imports.done.written', { families: 500, persons: 1_000 }))).toBeVisible({
      timeout: 60_000,
    });
    expect(await codes()).toHaveLength(before.length + 500);

    await page.reload();
    await button(page, 'imports.start.open').first().click();
    await takeBack(page);
    await expect(page.getByText(text('imports.done.undone', { removed: 500 }))).toBeVisible({ timeout: 60_000 });
    expect(await codes()).toEqual(before);
  });

  test('in another kind of file is refused with what to do', async () => {
    const old = {
      name: 'vecs.xls',
      mimeType: 'application/vnd.ms-excel',
      buffer: Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
    };
    await choose(page, old);
    await expect(page.getByText(text('imports.file.oldExcel'))).toBeVisible();
    await choose(page, { name: 'x.xlsm', mimeType: '', buffer: Buffer.from('PK') });
    await expect(page.getByText(text('imports.file.macros'))).toBeVisible();
    await choose(page, { name: 'liels.csv', mimeType: 'text/csv', buffer: Buffer.alloc(5_000_001) });
    await expect(page.getByText(text('imports.file.tooBig'))).toBeVisible();
  });
});

test('the template, filled in, comes in without a fault', async ({ browserOf }) => {
  const page = await (await browserOf(phone)).newPage();
  await page.goto('/');
  await signIn(page, demoEmail('mediator', city));
  await page.goto('/families/import');
  for (const kind of ['xlsx', 'csv'] as const) {
    const waiting = page.waitForEvent('download');
    await button(page, `imports.start.${kind}`).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe(`${text('imports.template.name')}.${kind}`);
    if (kind === 'xlsx') continue;
    const [headings = []] = parseCsv((await readFile(await download.path(), 'utf8')).replace('\uFEFF', ''), ';');
    expect(headings).toEqual(listOf([])[0]);
  }
  await checked(page, csvFile(listOf(people(2, 'Veidnes'))), 19);
  await expect(page.getByText(text('imports.check.ready', { families: 1, persons: 2 }))).toBeVisible();
  await expectWellMade(page, 'check on a phone');
  await button(page, 'imports.check.notNow').click();
});
