import { importColumns, type ImportColumn, type ImportProblem } from '@tilts/domain';
import type { Texts } from '@tilts/ui';
import type { ChosenColumns } from './chosen-columns';
import type { Table } from './reading/table';

/** More than anybody corrects in one go; a sheet above this would have to be packed in a worker, which the page's policy forbids. */
export const MOST_LISTED = 800;

/** What is wrong with one cell, in the words of a person. */
export interface ProblemRow {
  line: number;
  column: string;
  cell: string;
  found: string;
}

/** In the words of the file: its own headings and row numbers. */
export function problemRows(
  problems: readonly ImportProblem[],
  table: Table,
  columns: ChosenColumns,
  texts: Texts,
): ProblemRow[] {
  const cells = new Map(table.rows.map((row) => [row.line, row.cells]));
  const at = new Map(importColumns.values.map((column) => [column, columns.indexOf(column)]));
  return problems.map(({ line, column, code, params }) => {
    const index = column === null ? -1 : (at.get(column) ?? -1);
    return {
      line,
      column: headingOf(column, table.headings[index], texts),
      cell: cells.get(line)?.[index] ?? '',
      found: texts.text(`imports.problem.${code}`, params),
    };
  });
}

/** For a spreadsheet or the clipboard. */
export function problemSheet(rows: readonly ProblemRow[], texts: Texts): string[][] {
  const heads = (['line', 'column', 'cell', 'found'] as const).map((head) => texts.text(`imports.check.head.${head}`));
  return [heads, ...rows.slice(0, MOST_LISTED).map((row) => [String(row.line), row.column, row.cell, row.found])];
}

function headingOf(column: ImportColumn | null, heading: string | undefined, texts: Texts): string {
  if (column === null) return texts.text('imports.check.wholeRow');
  return heading || texts.text(`imports.column.${column}`);
}
