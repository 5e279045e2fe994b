import { readSheet } from 'read-excel-file/universal';
import { FileProblem } from './file-problem';
import { tableOf, type Place, type Table } from './table';
import { unzip, zipOf } from './zip';

/** A list that somebody keeps is far below; above, a reader would build a table that no page can hold. */
const MOST_ROWS = 20_000;
const MOST_COLUMNS = 200;
const MOST_CELLS = 300_000;

/** Reads the first sheet of an .xlsx. Macros are refused, formulas are never computed: what they last showed is taken. */
export async function readXlsx(
  bytes: Uint8Array<ArrayBuffer>,
  progress: (share: number) => void = () => undefined,
): Promise<Table> {
  const parts = await unzip(bytes, (name) => /\.(xml|rels|bin)$/.test(name), progress);
  if ([...parts.keys()].some((name) => name.endsWith('vbaProject.bin'))) throw new FileProblem('macros');
  const text = (name: string): string => new TextDecoder().decode(parts.get(name));
  for (const name of parts.keys())
    // No spreadsheet has these; a reader that follows them can be made to read for ever.
    if (/<!(DOCTYPE|ENTITY)/.test(text(name).slice(0, 2_000)) || (!name.endsWith('.bin') && hasOpenTag(text(name))))
      throw new FileProblem('unreadable');
  const sheet = text(firstSheetOf(text));
  refuseVast(sheet);
  try {
    // The reader gets what was unfolded here: left to itself it unfolds without a limit, in a worker that the page's policy forbids.
    const rows = await readSheet(new Blob([zipOf(parts)]), 1, { parseNumber: numberText });
    const grid = rows.map((row) => row.map(textOf));
    const mistakes = mistakesOf(sheet);
    // The reader passes over what Excel could not compute; what the cell shows is text like any other.
    for (const { line, column, shown } of mistakes) (grid[line - 1] ??= [])[column] = shown;
    return tableOf(grid, [...computedOf(sheet), ...mistakes]);
  } catch (error) {
    throw error instanceof FileProblem ? error : new FileProblem('unreadable');
  }
}

/** A tag that another one interrupts. The reader looks for its end again and again: minutes for some hundred kilobytes. */
function hasOpenTag(xml: string): boolean {
  return /<[^<>]*(?:<|$)/.test(xml);
}

/** The reader takes the sheet that the workbook names first. */
function firstSheetOf(text: (name: string) => string): string {
  const id = /<(?:\w+:)?sheet\b[^>]*\br:id="([^"]+)"/.exec(text('xl/workbook.xml'))?.[1];
  const relations = text('xl/_rels/workbook.xml.rels').match(/<(?:\w+:)?Relationship\b[^>]*>/g) ?? [];
  const target = relations
    .find((relation) => relation.includes(`Id="${id ?? ''}"`))
    ?.replace(/.*\bTarget="([^"]+)".*/s, '$1');
  if (!target) throw new FileProblem('unreadable');
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

function refuseVast(sheet: string): void {
  let cells = 0;
  for (const [, row, column] of sheet.matchAll(
    /<(?:\w+:)?(?:row\b[^<>]*?\br="(\d+)"|c\b(?:[^<>]*?\br="([A-Z]+)\d+")?)/g,
  )) {
    cells += 1;
    if (cells > MOST_CELLS || Number(row ?? 0) > MOST_ROWS || columnOf(column ?? 'A') >= MOST_COLUMNS)
      throw new FileProblem('tooMuchInside');
  }
}

function computedOf(sheet: string): Place[] {
  const cells = sheet.matchAll(/<(?:\w+:)?c\b[^<>]*?\br="([A-Z]+)(\d+)"[^<>]*>\s*<(?:\w+:)?f[\s/>]/g);
  return [...cells].map(([, column, line]) => ({ line: Number(line), column: columnOf(column ?? '') }));
}

/** Cells that show „#NAME?” and the like. Looked for no further than the next cell: a sheet made for it would keep a page busy for hours. */
function mistakesOf(sheet: string): (Place & { shown: string })[] {
  const cells = sheet.matchAll(/<(?:\w+:)?c\b([^<>]*)(?<!\/)>(?:(?!<\/?(?:\w+:)?c\b).)*?<(?:\w+:)?v>([^<]*)</gs);
  return [...cells].flatMap(([, attributes = '', shown = '']) => {
    const [, column = '', line] = /\br="([A-Z]+)(\d+)"/.exec(attributes) ?? [];
    return /\bt="e"/.test(attributes) && line ? [{ line: Number(line), column: columnOf(column), shown }] : [];
  });
}

function columnOf(name: string): number {
  return [...name].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** As the cell shows it, without the exponent that the file may hold. */
function numberText(number: string): string {
  return String(Number(number));
}

function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return cell === null || cell === undefined ? '' : String(cell as string | boolean);
}
