import { parse } from 'csv-parse/browser/esm/sync';
import { FileProblem } from './file-problem';
import { tableOf, type Table } from './table';

/** Reads a CSV of Excel, LibreOffice or anybody: its encoding and its separator are found out, since nothing in it says so. */
export function readCsv(bytes: Uint8Array): Table {
  const text = decode(bytes);
  if (text.includes('\u0000')) throw new FileProblem('notATable');
  const [, said] = /^sep=(.)\r?\n/.exec(text) ?? [];
  const body = said === undefined ? text : text.slice(text.indexOf('\n') + 1);
  try {
    return tableOf(
      parse(body, {
        delimiter: said ?? separatorOf(body),
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: false,
      }),
    );
  } catch (error) {
    throw error instanceof FileProblem ? error : new FileProblem('unreadable');
  }
}

/** Excel in Latvia saves windows-1257, „Unicode text” as UTF-16, and everybody else UTF-8. */
function decode(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  // Without its mark UTF-16 shows itself by the zeros of its separators.
  if (a !== 0 && b === 0) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0 && b !== 0 && bytes.length > 1) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1257').decode(bytes);
  }
}

/** The one that stands most often in the first line that is not empty, outside quotes. */
function separatorOf(text: string): string {
  const line = (/[^\r\n]+/.exec(text)?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const counts = [';', '\t', ','].map((mark) => ({ mark, count: line.split(mark).length }));
  return counts.sort((one, other) => other.count - one.count)[0]?.mark ?? ';';
}
