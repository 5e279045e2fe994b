import type { OutcomeReport, ProjectView } from '@tilts/domain';
import { format, type Language } from '@tilts/i18n';
import type { Wording } from '../codeLists/code-list.service.js';
import { aboutReport, reportTables } from './report-tables.js';

type Cell = string | number;

/** The report as one long table: section, row, column, value. What is hidden stands there as the word, never as an empty cell or a zero. */
export function reportCsv(report: OutcomeReport, project: ProjectView, language: Language, wording?: Wording): string {
  const about = format(language, 'reports.section.about');
  const lines: Cell[][] = [
    (['section', 'row', 'column', 'value'] as const).map((column) => format(language, `reports.column.${column}`)),
    ...aboutReport(report, project, language).map(([line, value]) => [about, line, '', value]),
  ];
  for (const { section, columns, rows } of reportTables(report, language, wording))
    for (const { label, figures } of rows)
      for (const [i, column] of columns.entries())
        lines.push([section, label, column, figures[i] ?? format(language, 'reports.hidden')]);
  return lines.map((line) => `${line.map(written).join(',')}\r\n`).join('');
}

/** What a spreadsheet would run as a formula when it were not told otherwise (OWASP CSV injection). */
export const formulaLike = /^[=+\-@\t\r]/;

/** RFC 4180; and a text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function written(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  const safe = formulaLike.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
