import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import readExcelFile from 'read-excel-file/node';
import { parseCsv } from '../csv.js';
import { text } from '../texts.js';

/** The evaluator's page and the file that it hands out. */
export class ReportPage {
  constructor(private readonly page: Page) {}

  /** Opens the report of a project as a whole. */
  async open(project: string): Promise<void> {
    await this.page.goto('/report');
    await this.page.getByLabel(text('reports.field.project')).selectOption({ label: project });
    await expect(this.page.getByLabel(text('reports.field.project')).locator('option:checked')).toHaveText(project);
    await expect(this.page.locator('app-head-figures')).toBeVisible();
  }

  /** A headline figure as it stands on the screen. */
  figure(name: 'families' | 'persons' | 'mediators' | 'visits' | 'hours' | 'withoutRecord') {
    const label = text(`reports.page.${name}`);
    return this.page
      .locator('app-head-figures dl > div')
      .filter({ has: this.page.getByText(label, { exact: true }) })
      .locator('dd');
  }

  /** Presses „Lejupielādēt CSV” and reads the file: the path, and „section · row · column” → value. */
  async download(): Promise<{ path: string; cells: Map<string, string> }> {
    const path = await this.#file('reports.page.download', /^report-[-\d]+\.csv$/);
    return { path, cells: cellsOf(await readFile(path, 'utf8')) };
  }

  /** Presses „Lejupielādēt Excel” and reads the workbook into the same keys, without the sheet about the report. */
  async downloadWorkbook(): Promise<{ path: string; cells: Map<string, string> }> {
    const path = await this.#file('reports.page.downloadXlsx', /^report-[-\d]+\.xlsx$/);
    const cells = new Map<string, string>();
    for (const { sheet, data } of (await readExcelFile(path)).slice(1)) {
      const [[first, ...columns] = [], ...rows] = data;
      for (const [label, ...values] of rows) {
        const row = label instanceof Date ? label.toISOString().slice(0, 7) : String(label);
        for (const [i, value] of values.entries()) {
          // A section of one row stands downwards.
          const downwards = first === text('reports.column.figure');
          cells.set(
            downwards ? `${sheet} · ${text('reports.row.all')} · ${row}` : `${sheet} · ${row} · ${String(columns[i])}`,
            String(value),
          );
        }
      }
    }
    return { path, cells };
  }

  async #file(button: 'reports.page.download' | 'reports.page.downloadXlsx', name: RegExp): Promise<string> {
    const waiting = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: text(button) }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toMatch(name);
    return download.path();
  }
}

export function cellsOf(csv: string): Map<string, string> {
  expect(csv.charCodeAt(0), 'the mark by which Excel knows UTF-8').toBe(0xfeff);
  const [head, ...rows] = parseCsv(csv.slice(1));
  expect(head).toEqual(
    (['section', 'row', 'column', 'value'] as const).map((column) => text(`reports.column.${column}`)),
  );
  for (const row of rows) expect(row, 'a whole line').toHaveLength(4);
  return new Map(rows.map(([section, row, column, value = '']) => [`${section} · ${row} · ${column}`, value]));
}

type ReportSection = 'totals' | 'municipalities' | 'needs';
type ReportColumn = 'mediators' | 'familiesReached' | 'personsAssisted' | 'visits' | 'minutes' | 'helpedWithoutRecord';

/** The key of a cell in the file. */
export function cell(section: ReportSection, row: string, column: ReportColumn): string {
  return `${text(`reports.section.${section}`)} · ${row} · ${text(`reports.column.${column}`)}`;
}
