import {
  familyColumns,
  importColumns,
  listOfColumn,
  neededColumns,
  type ChoiceList,
  type ImportColumn,
} from '@tilts/domain';
import type { Texts } from '@tilts/ui';
import { csvOf, xlsxOf, type WordSheet } from './spreadsheet';

/** The words of a list that a form offers today. */
export type Offered = (list: ChoiceList) => string[];

/** The list that people fill in: a sheet for the rows, one with the words that each list allows, one that explains the columns. */
export async function xlsxTemplate(texts: Texts, offered: Offered): Promise<Blob> {
  return xlsxOf([rowSheet(texts), wordSheet(texts, offered), helpSheet(texts)]);
}

export function csvTemplate(texts: Texts): string {
  return csvOf(rowSheet(texts).rows);
}

const headingsOf = (texts: Texts): string[] =>
  importColumns.values.map((column) => texts.text(`imports.column.${column}`));

function rowSheet(texts: Texts): WordSheet {
  const headings = headingsOf(texts);
  return { name: texts.text('imports.template.rows'), widths: headings.map(widthOf), rows: [headings] };
}

function wordSheet(texts: Texts, offered: Offered): WordSheet {
  const lists = importColumns.values.flatMap((column) => {
    const list = listOfColumn[column];
    if (!list) return [];
    return [[texts.text(`imports.column.${column}`), ...offered(list)]];
  });
  const longest = Math.max(...lists.map((list) => list.length));
  const rows = Array.from({ length: longest }, (_, row) => lists.map((list) => list[row] ?? ''));
  const widths = lists.map((list) => Math.max(...list.map(widthOf)));
  return { name: texts.text('imports.template.words'), widths, rows };
}

function helpSheet(texts: Texts): WordSheet {
  const heads = (['column', 'needed', 'what'] as const).map((head) => texts.text(`imports.template.${head}`));
  const rows = importColumns.values.map((column) => [
    texts.text(`imports.column.${column}`),
    texts.text(`imports.template.${needOf(column)}`),
    texts.text(`imports.help.${column}`),
  ]);
  return { name: texts.text('imports.template.help'), widths: [34, 34, 90], rows: [heads, ...rows] };
}

function needOf(column: ImportColumn): 'always' | 'firstRow' | 'familyRow' | 'optional' {
  const needed = neededColumns.includes(column);
  if (familyColumns.has(column)) return needed ? 'firstRow' : 'familyRow';
  return needed ? 'always' : 'optional';
}

function widthOf(text: string): number {
  return Math.max(12, text.length + 3);
}
