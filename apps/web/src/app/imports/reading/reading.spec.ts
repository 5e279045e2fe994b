/** @jest-environment node */
import { deflateRawSync } from 'node:zlib';
import writeXlsxFile, { type SheetData } from 'write-excel-file/universal';
import { FileProblem } from './file-problem';
import { readFile } from './read-file';
import type { Table } from './table';
import { unzip, zipOf } from './zip';

const read = (name: string, ...parts: BlobPart[]): Promise<Table> => readFile(new File(parts, name), () => undefined);
const refused = async (name: string, ...parts: BlobPart[]): Promise<string> => {
  const problem = await read(name, ...parts).catch((error: unknown) => error);
  if (!(problem instanceof FileProblem)) throw new Error(`${name} was read: ${String(problem)}`);
  return problem.code;
};
const textOf = (table: Table): string[][] => [table.headings, ...table.rows.map(({ cells }) => cells)];
const list = [
  ['Ģimene', 'Vārds'],
  ['Kļaviņu', 'Žanis'],
];
const workbook = async (data: SheetData): Promise<Blob> => (await writeXlsxFile(data)).toBlob();

/** A workbook with its sheet written by hand. */
async function sheet(rows: string, more: Record<string, string> = {}): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(await (await workbook([['x']])).arrayBuffer());
  const parts = await unzip(whole, () => true);
  const bytes = (text: string) => new TextEncoder().encode(text);
  parts.set(
    'xl/worksheets/sheet1.xml',
    bytes(
      `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`,
    ),
  );
  for (const [name, text] of Object.entries(more)) parts.set(name, bytes(text));
  return zipOf(parts);
}

describe('A CSV', () => {
  const utf16 = (text: string, mark: boolean): Uint8Array<ArrayBuffer> =>
    new Uint8Array(Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le'));

  it.each([
    ['UTF-8, semicolons', new TextEncoder().encode('Ģimene;Vārds\r\nKļaviņu;Žanis\r\n')],
    ['UTF-8 with its mark, commas', new TextEncoder().encode('\ufeffĢimene,Vārds\nKļaviņu,Žanis')],
    ['UTF-16 with its mark, tabs', utf16('Ģimene\tVārds\r\nKļaviņu\tŽanis\r\n', true)],
    [
      'windows-1257',
      new Uint8Array([
        0xcc,
        ...Buffer.from('imene;V'),
        0xe2,
        ...Buffer.from('rds\r\nK'),
        0xef,
        ...Buffer.from('avi'),
        0xf2,
        ...Buffer.from('u;'),
        0xde,
        ...Buffer.from('anis'),
      ]),
    ],
    ['a line for Excel', new TextEncoder().encode('sep=,\r\nĢimene,Vārds\r\nKļaviņu,Žanis')],
  ])('is read: %s', async (_, bytes) => {
    expect(textOf(await read('x.csv', bytes))).toEqual(list);
  });

  it('without a mark, UTF-16 is known by its zeros', async () => {
    expect(textOf(await read('x.txt', utf16('Vards;Ģ\nA;B', false)))).toEqual([
      ['Vards', 'Ģ'],
      ['A', 'B'],
    ]);
  });

  it('keeps quotes, lines in cells, formulas, and the numbers of its rows', async () => {
    const table = await read('x.csv', 'A;B;;C\n\n"=1+1";"viens\ndivi ""trīs""";;@x\n;;;\n-y;+z;;');
    expect(table.headings).toEqual(['A', 'B', 'C']);
    expect(table.columns).toEqual([0, 1, 3]);
    expect(table.rows).toEqual([
      { line: 3, cells: ['=1+1', 'viens\ndivi "trīs"', '@x'] },
      { line: 5, cells: ['-y', '+z', ''] },
    ]);
  });
});

describe('An .xlsx', () => {
  it('is read as text: words, numbers, days, formulas that were typed as words', async () => {
    const day = new Date('1985-12-31T00:00:00Z');
    const data: SheetData = [
      ['Ģimene', 'Gads', 'Diena', 'Tālrunis', 'Piezīme'],
      [null, null, null, null, null],
      ['Kļaviņu', 1985, { value: day, type: Date, format: 'dd.mm.yyyy' }, 29_123_456, '=1+1'],
    ];
    const table = await read('x.xlsx', await workbook(data));
    expect(textOf(table)).toEqual([
      ['Ģimene', 'Gads', 'Diena', 'Tālrunis', 'Piezīme'],
      ['Kļaviņu', '1985', '1985-12-31', '29123456', '=1+1'],
    ]);
    expect(table.rows[0]?.line).toBe(3);
    expect(table.computed).toEqual([]);
  });

  it('gives what a formula showed, and says where', async () => {
    const rows =
      '<row r="1"><c r="A1" t="str"><v>Vārds</v></c></row><row r="4"><c r="A4" t="str"><f>"An"&amp;"na"</f><v>Anna</v></c></row>';
    const table = await read('x.xlsx', await sheet(rows));
    expect(table.rows).toEqual([{ line: 4, cells: ['Anna'] }]);
    expect(table.computed).toEqual([{ line: 4, column: 0 }]);
  });

  it('loses nothing that could not be computed', async () => {
    const rows =
      '<row r="1"><c r="A1" t="str"><v>A</v></c><c r="B1" t="str"><v>B</v></c></row>' +
      '<row r="2"><c r="A2" s="1"/><c r="B2" s="0" t="e"><f aca="false">Liepu</f><v>#NAME?</v></c></row>';
    const table = await read('x.xlsx', await sheet(rows));
    expect(table.rows).toEqual([{ line: 2, cells: ['', '#NAME?'] }]);
    expect(table.computed).toEqual([{ line: 2, column: 1 }]);
  });

  it('of 1,000 rows with every column is read, large parts and all', async () => {
    const data = [0, ...Array(1_000).keys()].map((row) =>
      Array.from({ length: 19 }, (_, i) => `Teksts ${row} ${i} garumā`),
    );
    expect((await read('x.xlsx', await workbook(data))).rows).toHaveLength(1_000);
  });
});

describe('A file is refused, with the reason,', () => {
  it('when it is too big, empty, or something else', async () => {
    expect(await refused('x.csv', new Uint8Array(5_000_001))).toBe('tooBig');
    expect(await refused('x.csv', '')).toBe('empty');
    expect(await refused('x.csv', 'Ģimene;Vārds\n;\n')).toBe('empty');
    expect(await refused('x.pdf', '%PDF-1.7')).toBe('notATable');
    expect(await refused('x.csv', new Uint8Array([65, 66, 0, 67]))).toBe('notATable');
  });

  it('when it is an old Excel file or holds macros', async () => {
    expect(await refused('x.xls', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1]))).toBe('oldExcel');
    expect(await refused('x.xlsm', 'PK')).toBe('macros');
    expect(await refused('x.xlsx', await sheet('', { 'xl/vbaProject.bin': 'x' }))).toBe('macros');
  });

  it('when it is a bomb: nothing is unfolded further than the limit', async () => {
    const packed = new Uint8Array(deflateRawSync(Buffer.alloc(400_000_000)));
    const zip = zipOf(new Map([['xl/workbook.xml', packed]]));
    const view = new DataView(zip.buffer);
    // Called deflated, and small, in the directory.
    view.setUint16(zip.length - 22 - 46 - 15 + 10, 8, true);
    view.setUint32(zip.length - 22 - 46 - 15 + 24, 100, true);
    const since = performance.now();
    expect(await refused('x.xlsx', zip)).toBe('tooMuchInside');
    expect(performance.now() - since).toBeLessThan(3_000);
  });

  it.each([
    ['cells that hold cells', '<c>'.repeat(250_000) + '</c>'.repeat(250_000)],
    ['cells in a remark', `<!--${'<c t="e">'.repeat(250_000)}-->`],
    ['tags that never end', '<c '.repeat(250_000)],
  ])('or read at once, when it is made to keep the page busy: %s', async (_, rows) => {
    const since = performance.now();
    await read('x.xlsx', await sheet(rows)).catch((error: unknown) => error);
    expect(performance.now() - since).toBeLessThan(5_000);
  });

  it('when its sheet is vast, refers outside, or is broken', async () => {
    expect(await refused('x.xlsx', await sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))).toBe(
      'tooMuchInside',
    );
    expect(await refused('x.xlsx', await sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>'))).toBe('tooMuchInside');
    expect(
      await refused('x.xlsx', await sheet('', { 'xl/sharedStrings.xml': '<!DOCTYPE a [<!ENTITY b "c">]><sst/>' })),
    ).toBe('unreadable');
    expect(await refused('x.xlsx', await sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'))).toBe('unreadable');
    expect(await refused('x.xlsx', 'PK\u0003\u0004 and nothing more')).toBe('unreadable');
  });
});
