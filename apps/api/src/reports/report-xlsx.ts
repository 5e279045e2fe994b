import type { OutcomeReport, ProjectView } from '@tilts/domain';
import { format, formatTime, rigaDay, type Language } from '@tilts/i18n';
import writeExcelFile, { type CellObject, type Sheet } from 'write-excel-file/node';
import type { Wording } from '../codeLists/code-list.service.js';
import { formulaLike } from './report-csv.js';
import { aboutReport, reportTables, type ReportTable } from './report-tables.js';

/**
 * The report as a workbook: one sheet for each section, figures as numbers, months as days, nothing computed, nothing hidden,
 * no author in its properties. What is hidden stands there as the word.
 */
export function reportXlsx(
  report: OutcomeReport,
  project: ProjectView,
  language: Language,
  wording?: Wording,
): Promise<Buffer> {
  const hidden = format(language, 'reports.hidden');
  const sheets = [
    aboutSheet(report, project, language),
    ...reportTables(report, language, wording).map((table) =>
      table.rowHead === null ? listSheet(table, hidden, language) : tableSheet(table, table.rowHead, hidden),
    ),
  ];
  return writeExcelFile(sheets, { fontFamily: 'Arial', fontSize: 11 }).toBuffer();
}

type Row = CellObject[];

function aboutSheet(report: OutcomeReport, project: ProjectView, language: Language): Sheet<never> {
  const countedAt = format(language, 'reports.about.countedAt');
  return {
    sheet: format(language, 'reports.section.about'),
    columns: [{ width: 28 }, { width: 100 }],
    data: [
      [{ ...head(format(language, 'reports.title')), wrap: false }],
      ...aboutReport(report, project, language).map(([label, value]): Row => [
        { ...text(label), fontWeight: 'bold' },
        label === countedAt ? moment(report.countedAt) : text(value),
      ]),
    ],
  };
}

/** A section with one row reads better downwards. */
function listSheet({ section, columns, rows }: ReportTable, hidden: string, language: Language): Sheet<never> {
  return sheet(
    section,
    [format(language, 'reports.column.figure'), format(language, 'reports.column.value')],
    columns.map((column, i): Row => [text(column), figure(rows[0]?.figures[i] ?? null, hidden)]),
  );
}

function tableSheet({ section, columns, rows }: ReportTable, rowHead: string, hidden: string): Sheet<never> {
  return sheet(
    section,
    [rowHead, ...columns],
    rows.map(({ label, month, figures }): Row => [
      month ? { value: new Date(`${month}-01T00:00:00Z`), type: Date, format: 'yyyy-mm', align: 'left' } : text(label),
      ...figures.map((value) => figure(value, hidden)),
    ]),
  );
}

/** The head and the names of the rows stay in sight; a column is as wide as what stands in it needs. */
function sheet(name: string, heads: string[], rows: Row[]): Sheet<never> {
  const widest = Math.max(...rows.map(([label]) => String(label?.value ?? '').length), heads[0]?.length ?? 0);
  return {
    sheet: name,
    stickyRowsCount: 1,
    stickyColumnsCount: 1,
    columns: heads.map((_, i) => ({ width: i === 0 ? Math.min(Math.max(widest + 2, 16), 70) : 18 })),
    data: [heads.map((words, i) => ({ ...head(words), align: i === 0 ? 'left' : 'right' })), ...rows],
  };
}

function head(value: string): CellObject {
  return { value, type: String, fontWeight: 'bold', wrap: true, backgroundColor: '#e3f0f1' };
}

function figure(value: number | null, hidden: string): CellObject {
  return value === null
    ? { value: hidden, type: String, align: 'right', textColor: '#45575d' }
    : { value, type: Number, format: '#,##0' };
}

/** Text even when somebody edits the cell: `+371…` never becomes a formula. Long texts would show as ##### in the text format. */
function text(value: string): CellObject {
  return { value, type: String, wrap: true, alignVertical: 'top', ...(formulaLike.test(value) && { format: '@' }) };
}

/** A spreadsheet knows no time zones: the day and hour of Riga stand in the cell. */
function moment(at: string): CellObject {
  const riga = new Date(`${rigaDay(at)}T${formatTime('lv', at)}:00Z`);
  return { value: riga, type: Date, format: 'yyyy-mm-dd hh:mm', align: 'left' };
}
