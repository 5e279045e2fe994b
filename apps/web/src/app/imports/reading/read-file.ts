import { FileProblem } from './file-problem';
import type { Table } from './table';

/** Bytes. A list of 1,000 rows is a twentieth of it. */
export const MOST_BYTES = 5_000_000;

/**
 * What stands in a file that somebody chose: .xlsx or CSV, told apart by what it holds and not by its name. The two readers are
 * loaded when they are needed.
 */
export async function readFile(file: File, progress: (share: number) => void): Promise<Table> {
  if (file.size > MOST_BYTES) throw new FileProblem('tooBig');
  if (file.size === 0) throw new FileProblem('empty');
  if (/\.(xlsm|xltm|xlsb)$/i.test(file.name)) throw new FileProblem('macros');
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (beginsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new FileProblem('oldExcel');
  if (beginsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return (await import('./xlsx')).readXlsx(bytes, progress);
  if (/\.(xls|xlsx|ods|pdf|docx?)$/i.test(file.name) || beginsWith(bytes, [0x25, 0x50, 0x44, 0x46]))
    throw new FileProblem('notATable');
  const table = (await import('./csv')).readCsv(bytes);
  progress(1);
  return table;
}

function beginsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}
