import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { assistanceKinds, needAreas, type OutcomeReport, type ProjectView } from '@tilts/domain';
import { format, languages, type Language, type TextKey } from '@tilts/i18n';
import readExcelFile from 'read-excel-file/node';
import { reportCsv } from './report-csv.js';
import { reportXlsx } from './report-xlsx.js';

const reach = { familiesReached: 12, personsAssisted: null, visits: 1_234, minutes: null };
/** Every kind of row, with zeros and hidden figures, and a name that a spreadsheet would compute. */
const report: OutcomeReport = {
  projectId: '01930000-0000-7000-8000-000000000001',
  from: '2017-10',
  to: '2018-05',
  threshold: 5,
  totals: { ...reach, mediators: 5, helpedWithoutRecord: 0 },
  municipalities: [
    {
      ...reach,
      municipalityId: '01930000-0000-7000-8000-000000000002',
      name: 'Rīga, centrs',
      atvk: '0001000',
      mediators: 2,
    },
    { ...reach, municipalityId: '01930000-0000-7000-8000-000000000003', name: '=1+1', atvk: '0002000', mediators: 1 },
  ],
  needs: needAreas.values.map((needArea, i) => ({ needArea, familiesReached: i, personsAssisted: i % 3 ? i : null })),
  help: assistanceKinds.values.map((kind) => ({ needArea: 'EDU', kind, familiesReached: 7, personsAssisted: null })),
  months: [
    { ...reach, month: '2017-10' },
    { ...reach, month: '2018-05', minutes: 30 },
  ],
  channels: [{ ...reach, channel: 'homeVisit' }],
  outcomes: [{ type: 'inWork', families: null, count: 8 }],
  referrals: {
    sent: 9,
    received: 9,
    accepted: null,
    completed: null,
    declined: 0,
    withdrawn: 0,
    unanswered: 5,
    medianDaysToAnswer: 3,
  },
  trust: { enteredLatePercent: 12, visitsNotReached: null },
  countedAt: '2026-11-23T22:30:00.000Z',
} as OutcomeReport;
const project = {
  name: 'Latvijas romu platforma II',
  nameEn: 'Latvian Roma Platform II',
  grantNumber: '763963',
} as ProjectView;

const sections = [
  'totals',
  'municipalities',
  'needs',
  'help',
  'months',
  'channels',
  'outcomes',
  'referrals',
  'trust',
] as const;

/** „section · row · column” → value, from the report itself as the page has it: every field that may be hidden, whatever the files list. */
function figuresOf(language: Language): Record<string, string> {
  const text = (key: string): string => format(language, key as TextKey);
  const cells: Record<string, string> = {};
  for (const section of sections) {
    for (const row of [report[section]].flat() as unknown as Record<string, string | number | null>[]) {
      const label = [
        row['needArea'] && text(`directory.needArea.${row['needArea']}`),
        row['kind'] && text(`visits.assistance.${row['kind']}`),
        row['channel'] && text(`visits.channel.${row['channel']}`),
        row['type'] && text(`outcomes.type.${row['type']}`),
        row['name'] ?? row['month'],
      ].filter(Boolean);
      for (const [field, value] of Object.entries(row).filter(([, value]) => typeof value !== 'string'))
        cells[
          `${text(`reports.section.${section}`)} · ${label.join(' · ') || text('reports.row.all')} · ${text(`reports.column.${field}`)}`
        ] = value === null ? text('reports.hidden') : String(value);
    }
  }
  return cells;
}

function figuresOfCsv(language: Language): Record<string, string> {
  const about = format(language, 'reports.section.about');
  const lines = reportCsv(report, project, language).trim().split('\r\n').slice(1);
  const cells = lines.map((line) => cellsOf(line).map((cell) => cell.replace(/^'/, '')));
  return Object.fromEntries(
    cells
      .filter(([section]) => section !== about)
      .map(([section, row, column, value]) => [`${section} · ${row} · ${column}`, value ?? '']),
  );
}

async function figuresOfXlsx(file: Buffer, language: Language): Promise<Record<string, string>> {
  const [, ...sheets] = await readExcelFile(file);
  const cells: Record<string, string> = {};
  for (const { sheet, data } of sheets) {
    const [head = [], ...rows] = data;
    for (const [label, ...values] of rows) {
      // A sheet that lists one row downwards: its labels are the columns.
      const listed = head[0] === format(language, 'reports.column.figure');
      const row = label instanceof Date ? label.toISOString().slice(0, 7) : String(label);
      for (const [i, value] of values.entries())
        cells[
          listed
            ? `${sheet} · ${format(language, 'reports.row.all')} · ${row}`
            : `${sheet} · ${row} · ${String(head[i + 1])}`
        ] = String(value);
    }
  }
  return cells;
}

describe.each(languages)('the files of the report in %s', (language) => {
  let file: Buffer;
  beforeAll(async () => {
    file = await reportXlsx(report, project, language);
  });

  it('hold the figures of the page, cell by cell', async () => {
    const figures = figuresOf(language);
    expect(Object.keys(figures).length).toBeGreaterThan(70);
    expect(figuresOfCsv(language)).toEqual(figures);
    expect(await figuresOfXlsx(file, language)).toEqual(figures);
  });

  it('hide nothing in the workbook: no formula, no comment, no author, no sheet, row or column out of sight', () => {
    const parts = partsOf(file);
    expect(parts.filter(([name]) => /docProps|comments|drawing|externalLink|vba|customXml/i.test(name))).toEqual([]);
    for (const [name, xml] of parts)
      expect([name, /<f>|hidden=|state="(very)?hidden|<dc:creator|<definedName /i.exec(xml)?.[0]]).toEqual([
        name,
        undefined,
      ]);
    expect(parts.filter(([name]) => name.startsWith('xl/worksheets/sheet')).length).toBe(sections.length + 1);
  });
});

it('a workbook holds numbers as numbers, months as days, the hour of Riga, and formula-like names as text', async () => {
  const sheets = await readExcelFile(await reportXlsx(report, project, 'lv'));
  const sheet = (name: TextKey): unknown[][] => sheets.find(({ sheet }) => sheet === format('lv', name))?.data ?? [];
  expect(sheet('reports.section.municipalities')[2]).toEqual(['=1+1', 1, 12, 'slēpts', 1234, 'slēpts']);
  expect(sheet('reports.section.months')[1]?.[0]).toEqual(new Date('2017-10-01T00:00:00Z'));
  const [, countedAt] = sheet('reports.section.about')[4] ?? [];
  // A spreadsheet keeps days as fractions of days.
  expect(Math.round((countedAt as Date).getTime() / 1000) * 1000).toBe(Date.parse('2026-11-24T00:30:00Z'));
});

it('an office program shows the same figures', async () => {
  if (spawnSync('soffice', ['--version']).status !== 0) return;
  const folder = await mkdtemp(join(tmpdir(), 'tilts-office-'));
  try {
    const file = join(folder, 'report.xlsx');
    await writeFile(file, await reportXlsx(report, project, 'lv'));
    // 44: comma, 34: quote, 76: UTF-8, from line 1; true: as it is shown; -1: every sheet into a file of its own.
    const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,-1';
    const office = ['--headless', `-env:UserInstallation=file://${join(folder, 'office')}`];
    spawnSync('soffice', [...office, '--convert-to', filter, '--outdir', folder, file], { timeout: 60_000 });
    const shown = async (section: TextKey): Promise<string[][]> =>
      (await readFile(join(folder, `report-${format('lv', section)}.csv`), 'utf8')).trim().split('\n').map(cellsOf);
    expect((await shown('reports.section.municipalities')).slice(1)).toEqual([
      ['Rīga, centrs', '2', '12', 'slēpts', '1,234', 'slēpts'],
      ['=1+1', '1', '12', 'slēpts', '1,234', 'slēpts'],
    ]);
    expect((await shown('reports.section.months')).at(-1)).toEqual(['2018-05', '12', 'slēpts', '1,234', '30']);
    expect((await shown('reports.section.referrals')).at(-1)).toEqual([
      'Darba dienas līdz pirmajai atbildei (mediāna)',
      '3',
    ]);
    expect((await shown('reports.section.about'))[4]).toEqual(['Saskaitīts', '2026-11-24 00:30']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 90_000);

function cellsOf(line: string): string[] {
  return [...line.matchAll(/"((?:[^"]|"")*)"|([^,]+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** The files of a zip, read by its directory at the end (APPNOTE 4.3.12). */
function partsOf(zip: Buffer): [name: string, text: string][] {
  const parts: [string, string][] = [];
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  for (let at = zip.readUInt32LE(end + 16); at < end;) {
    const [size, name, extra, comment] = [at + 20, at + 28, at + 30, at + 32].map((offset, i) =>
      i === 0 ? zip.readUInt32LE(offset) : zip.readUInt16LE(offset),
    ) as [number, number, number, number];
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(from, from + size);
    const text = zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes);
    parts.push([zip.toString('utf8', at + 46, at + 46 + name), text.toString()]);
    at += 46 + name + extra + comment;
  }
  return parts;
}
