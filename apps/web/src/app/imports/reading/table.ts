import { FileProblem } from './file-problem';

/** A cell by its place: the row as the spreadsheet numbers it, the column from 0. */
export interface Place {
  line: number;
  column: number;
}

/** What stands in a file: the words of its first row that is not empty, and the rows below as text. */
export interface Table {
  /** Of each column, also where the heading is empty. */
  headings: string[];
  /** Where each column stands in the file, from 0. */
  columns: number[];
  rows: { line: number; cells: string[] }[];
  /** Cells that are computed: what they show was taken. */
  computed: Place[];
}

/** Columns in which nothing stands and rows in which nothing stands are left out; the numbers of the others stay. */
export function tableOf(grid: readonly (readonly string[])[], computed: readonly Place[] = []): Table {
  const rows = grid
    .map((cells, i) => ({ line: i + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const [head, ...body] = rows;
  if (!head || body.length === 0) throw new FileProblem('empty');
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, i) => i).filter((i) =>
    rows.some(({ cells }) => (cells[i] ?? '').trim() !== ''),
  );
  return {
    headings: columns.map((i) => (head.cells[i] ?? '').trim()),
    columns,
    rows: body.map(({ line, cells }) => ({ line, cells: columns.map((i) => cells[i] ?? '') })),
    computed: placesOf(computed).filter(({ line }) => line > head.line),
  };
}

/** As a spreadsheet calls it: A, Z, AA. */
export function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}

/** Each once, in the order of the rows. */
function placesOf(places: readonly Place[]): Place[] {
  const known = new Map(places.map(({ line, column }) => [`${line} ${column}`, { line, column }]));
  return [...known.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}
