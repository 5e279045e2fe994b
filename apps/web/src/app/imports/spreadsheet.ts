/** A sheet of words only. */
export interface WordSheet {
  name: string;
  widths: readonly number[];
  rows: readonly (readonly string[])[];
}

/** An .xlsx of words: each cell is typed as text, so that nothing in it can become a formula. The first row is the heading. */
export async function xlsxOf(sheets: readonly WordSheet[]): Promise<Blob> {
  const { default: write } = await import('write-excel-file/universal');
  return write(
    sheets.map(({ name, widths, rows }) => ({
      sheet: name,
      stickyRowsCount: 1,
      columns: widths.map((width) => ({ width })),
      data: rows.map((row, i) =>
        row.map((value) => ({ value, type: String, ...(i === 0 && { fontWeight: 'bold' as const }) })),
      ),
    })),
  ).toBlob();
}

/** As Excel in Latvia opens it at once: semicolons, and the mark of UTF-8 in front. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(written).join(';')}\r\n`).join('')}`;
}

/** For the clipboard, so that a spreadsheet takes it as cells. */
export function tabsOf(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => harmless(cell).replaceAll(/\s+/g, ' ')).join('\t')).join('\n');
}

function written(cell: string): string {
  const safe = harmless(cell);
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP CSV injection). */
function harmless(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}
