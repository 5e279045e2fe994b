import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { importColumns, type ImportColumn } from '@tilts/domain';
import writeXlsxFile from 'write-excel-file/node';
import { text } from '../texts.js';

export type ListRow = Partial<Record<ImportColumn, string>>;

/** Headings as the template has them, and the rows below. */
export function listOf(rows: readonly ListRow[], columns: readonly ImportColumn[] = importColumns.values): string[][] {
  return [
    columns.map((column) => text(`imports.column.${column}`)),
    ...rows.map((row) => columns.map((column) => row[column] ?? '')),
  ];
}

/** Families of two with their yes. */
export function people(count: number, name: string): ListRow[] {
  return Array.from({ length: count }, (_, i): ListRow => {
    const family = String(Math.floor(i / 2) + 1);
    if (i % 2 === 1)
      return {
        family,
        firstName: `Bērns${i}`,
        lastName: `${name}${family}`,
        householdRole: 'meita',
        birthYear: '2015',
      };
    return {
      family,
      yes: 'jā',
      yesOn: '05.01.2026',
      noticeVersion: text('consents.noticeVersion.2017-10'),
      firstName: `Anna${i}`,
      lastName: `${name}${family}`,
      householdRole: text('persons.householdRole.contact'),
      birthDate: '31.12.1985',
      familyName: `${name} ${family}`,
      familyPhone: '20000001',
      address: `=Liepu iela ${family}`,
    };
  });
}

export function csvFile(
  cells: readonly string[][],
  name = 'saraksts.csv',
): { name: string; mimeType: string; buffer: Buffer } {
  const rows = cells.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';'));
  return { name, mimeType: 'text/csv', buffer: Buffer.from(`${rows.join('\r\n')}\r\n`) };
}

const OFFICE = '/usr/bin/soffice';

/** A real .xlsx: of LibreOffice where it is installed, which turns days and numbers into its own; else of a library. Answers its path. */
export async function xlsxFile(cells: readonly string[][]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tilts-list-'));
  const made = join(folder, 'saraksts.xlsx');
  if (existsSync(OFFICE)) {
    const source = join(folder, 'saraksts.csv');
    await writeFile(
      source,
      csvFile(cells)
        .buffer.toString()
        .replaceAll(/"([\d.]+)"/g, '$1'),
    );
    // Semicolons, quotes, UTF-8, from the first row, in Latvian; what is quoted is text, and LibreOffice makes days of days.
    const filter = '--infilter=CSV:59,34,76,1,,1062,true,true,false,false';
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    await promisify(execFile)(
      OFFICE,
      [profile, '--headless', filter, '--convert-to', 'xlsx', '--outdir', folder, source],
      {
        timeout: 80_000,
      },
    );
    return made;
  }
  await writeXlsxFile(cells.map((row) => row.map((value) => ({ value, type: String })))).toFile(made);
  return made;
}
