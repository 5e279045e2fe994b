import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cell, cellsOf, ReportPage } from '../pages/report.js';
import { expect, test } from '../test.js';
import { text } from '../texts.js';

test.use({ trace: 'on' });

const platformTwo = 'Latvijas romu platforma II';
const all = text('reports.row.all');

test('an evaluator opens the reports of Platform II and of the current project', async ({ evaluator }, info) => {
  const page = await evaluator();
  await expect(page).toHaveURL(/report/);
  const report = new ReportPage(page);

  await test.step('Platform II shows the figures of the founding document, counted from records', async () => {
    await report.open(platformTwo);
    await expect(report.figure('families')).toHaveText('134');
    await expect(report.figure('persons')).toHaveText('171');
    await expect(report.figure('mediators')).toHaveText('5');
    await expect(page.locator('.sentence')).toContainText('134');
    await expect(page.getByRole('row')).not.toHaveCount(0);
  });

  await test.step('its CSV holds the same figures, read by a parser of our own, and so does its workbook', async () => {
    const { path, cells } = await report.download();
    expect(cells.get(cell('totals', all, 'familiesReached'))).toBe('134');
    expect(cells.get(cell('totals', all, 'personsAssisted'))).toBe('171');
    expect(cells.get(cell('totals', all, 'mediators'))).toBe('5');
    const visits = await report.figure('visits').innerText();
    expect(cells.get(cell('totals', all, 'visits'))).toBe(visits.replace(/\D/g, ''));
    opensInAnOffice(path, cells, info.outputPath());

    const workbook = await report.downloadWorkbook();
    const about = text('reports.section.about');
    expect(Object.fromEntries(workbook.cells), 'the workbook, cell by cell').toEqual(
      Object.fromEntries([...cells].filter(([key]) => !key.startsWith(about))),
    );
  });

  await test.step('and by whole months', async () => {
    await page.getByLabel(text('reports.field.from')).selectOption({ index: 2 });
    await expect(page).toHaveURL(/from=2018-0[45]/);
    await expect(report.figure('families')).not.toHaveText('134');
  });

  await test.step('the current project', async () => {
    await report.open('Romu mediatoru atbalsts 2026');
    await expect(report.figure('mediators')).toHaveText('5');
    const { cells } = await report.download();
    await expect(report.figure('families')).toHaveText(cells.get(cell('totals', all, 'familiesReached')) ?? '');
  });
});

/** What a report is for: a spreadsheet program reads it. Only where one is installed. */
function opensInAnOffice(path: string, cells: ReadonlyMap<string, string>, folder: string): void {
  if (spawnSync('soffice', ['--version']).status !== 0) return;
  const source = join(folder, 'report.csv');
  copyFileSync(path, source);
  // 44: comma, 34: quote, 76: UTF-8; written back with tabs (9).
  const args = [
    '--headless',
    `-env:UserInstallation=file://${join(folder, 'office')}`,
    '--infilter=CSV:44,34,76',
    '--convert-to',
    'ods',
    '--outdir',
    folder,
    source,
  ];
  execFileSync('soffice', args, { stdio: 'ignore', timeout: 60_000 });
  execFileSync(
    'soffice',
    [
      args[0] ?? '',
      args[1] ?? '',
      '--convert-to',
      'csv:Text - txt - csv (StarCalc):44,34,76',
      '--outdir',
      join(folder, 'back'),
      join(folder, 'report.ods'),
    ],
    { stdio: 'ignore', timeout: 60_000 },
  );
  const back = readFileSync(join(folder, 'back', 'report.csv'), 'utf8').replace(/^\uFEFF?/, '\uFEFF');
  expect(Object.fromEntries(cellsOf(back)), 'the same cells after a spreadsheet program').toEqual(
    Object.fromEntries(cells),
  );
}
