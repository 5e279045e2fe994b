import fc from 'fast-check';
import {
  familiesOf,
  newId,
  RowReader,
  type ImportColumn,
  type ImportProblem,
  type ImportWords,
  type SheetRow,
} from '../index.js';

const meant = new Map([
  ['imports.answer.yes', ['jā', 'x']],
  ['persons.householdRole.child', ['Bērns', 'meita']],
]);
const words: ImportWords = {
  headings: () => [],
  values: (list, value) => meant.get(`${list.name}.${value}`) ?? [],
};
const jelgava = newId();
const reader = new RowReader(words);

const contact = {
  family: 'Priežu',
  yes: 'Jā',
  yesOn: '5.1.2026.',
  noticeVersion: '2017-10',
  firstName: 'Anna',
  householdRole: 'contact',
};
const child = { family: ' priežu ', firstName: 'Ilze', householdRole: 'MEITA', birthYear: '2015' };
const rowsOf = (...cells: Partial<Record<ImportColumn, string>>[]): SheetRow[] =>
  cells.map((row, i) => ({ line: i + 2, cells: row }));
const read = (...cells: Partial<Record<ImportColumn, string>>[]) => familiesOf(rowsOf(...cells), jelgava, reader);
const problemsOf = (...cells: Partial<Record<ImportColumn, string>>[]): ImportProblem[] => read(...cells).problems;

describe('a list of families', () => {
  it('is read into families with their yes and their members, wherever their rows stand', () => {
    const other = { ...contact, family: '12', familyName: 'Otrā', firstName: 'Pēteris' };
    const { families, problems, lines } = read(contact, other, child);
    expect(problems).toEqual([]);
    expect(families).toHaveLength(2);
    expect(families[0]).toMatchObject({
      municipalityId: jelgava,
      line: 2,
      name: 'Priežu',
      consent: { givenOn: '2026-01-05', noticeVersion: '2017-10', noticeRead: true, spokenYes: true, giver: 'person' },
      persons: [
        { firstName: 'Anna', householdRole: 'contact', gender: 'notStated', schoolStatus: 'unknown' },
        { firstName: 'Ilze', householdRole: 'child', birthYear: 2015 },
      ],
    });
    expect(families[1]).toMatchObject({ name: 'Otrā', line: 3 });
    expect(families.flatMap(({ persons }) => persons.map(({ id }) => lines.get(id)))).toEqual([2, 4, 3]);
  });

  it('is refused row by row, by column, with everything that is wrong at once', () => {
    expect(
      problemsOf(
        { ...contact, yesOn: '31.02.2026', familyPhone: '12', birthYear: '85' },
        { ...child, gender: 'nezinu', birthDate: '1.1.2014', birthYear: '2015', address: 'Cita iela' },
        { family: '', firstName: 'Nekurienes' },
      ),
    ).toEqual([
      { line: 2, column: 'yesOn', code: 'notADay' },
      { line: 2, column: 'birthYear', code: 'notAYear' },
      { line: 2, column: 'familyPhone', code: 'notAPhone' },
      { line: 3, column: 'address', code: 'otherThanFirst', params: { line: 2 } },
      { line: 3, column: 'gender', code: 'notAChoice' },
      { line: 4, column: 'family', code: 'required' },
    ]);
    // Rules over several cells speak once each single cell is right.
    expect(problemsOf({ ...contact, birthDate: '1.1.2014', birthYear: '2015' })).toEqual([
      { line: 2, column: 'birthYear', code: 'mismatch' },
    ]);
    expect(
      problemsOf({ ...contact, firstName: '', householdRole: '' }).map(({ column, code }) => [column, code]),
    ).toEqual([
      ['firstName', 'required'],
      ['householdRole', 'required'],
    ]);
  });

  it('knows a phone number although the spreadsheet dropped its plus', () => {
    for (const phone of ['37120000001', '20000001', '+371 2000 0001', '2000-0001'])
      expect(read({ ...contact, familyPhone: phone }).families[0]?.phone).toBe('+37120000001');
  });

  it('takes in no family without its yes', () => {
    for (const [cells, code] of [
      [{ yes: '' }, 'noYes'],
      [{ yes: 'no' }, 'saidNo'],
      [{ yes: 'varbūt' }, 'notAChoice'],
    ] as const) {
      const { families, problems } = read({ ...contact, ...cells });
      expect(families).toEqual([]);
      expect(problems).toContainEqual(expect.objectContaining({ line: 2, column: 'yes', code }));
    }
    expect(problemsOf({ ...contact, yesOn: '' })).toEqual([{ line: 2, column: 'yesOn', code: 'noYes' }]);
    expect(problemsOf({ ...contact, yesOn: '2099-01-01' })).toEqual([
      { line: 2, column: 'yesOn', code: 'inTheFuture' },
    ]);
  });

  it('asks for a name where the family is only a number, and takes at most 30 people and 1,000 rows', () => {
    expect(problemsOf({ ...contact, family: '7' })).toEqual([{ line: 2, column: 'familyName', code: 'nameNeeded' }]);
    const many = Array.from({ length: 31 }, () => contact);
    expect(problemsOf(...many)).toEqual([expect.objectContaining({ line: 2, column: null, code: 'tooManyPersons' })]);
    const rows = Array.from({ length: 1_001 }, (_, i) => ({ ...contact, family: `Ģimene ${i}` }));
    expect(problemsOf(...rows)).toEqual([expect.objectContaining({ line: 1_002, column: null, code: 'tooManyRows' })]);
  });

  it('gives every text back as it was typed, or a problem at its cell', () => {
    // As every field of Tilts: NFC, without control characters and blanks around.
    const control = (sign: string): boolean => /\p{Cc}/u.test(sign) && !'\t\n\r'.includes(sign) && sign < '\u0080';
    const tidy = (typed: string): string | null =>
      [...typed.normalize('NFC')]
        .filter((sign) => !control(sign))
        .join('')
        .trim() || null;
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: 'grapheme', maxLength: 600, size: 'max' }),
      fc.constantFrom('=1+1', '+371 2', '-suns', '@x', '\tx', `'=1`, '  ', 'Ģ\u0304', 'toString', '__proto__'),
    );
    const columns = ['familyName', 'address', 'arrangement', 'firstName', 'lastName'] as const;
    fc.assert(
      fc.property(
        fc.record({ familyName: text, address: text, arrangement: text, firstName: text, lastName: text }),
        (cells) => {
          const { families, problems } = read({ ...contact, ...cells });
          const [family] = families;
          if (!family)
            return problems.length > 0 && problems.every(({ line, column }) => line === 2 && column !== null);
          const kept = {
            ...family.persons[0],
            familyName: family.name,
            address: family.address,
            arrangement: family.arrangement,
          };
          return (
            problems.length === 0 &&
            columns.every(
              (column) => kept[column] === (tidy(cells[column]) ?? (column === 'familyName' ? 'Priežu' : null)),
            )
          );
        },
      ),
      { numRuns: 120 },
    );
  });

  it('reads every day that there is, and nothing else as a day', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10);
          const [year, month, of] = day.split('-').map(Number) as [number, number, number];
          for (const typed of [
            day,
            `${of}.${month}.${year}`,
            `${String(of).padStart(2, '0')}.${String(month).padStart(2, '0')}.${year}.`,
          ])
            expect(read({ ...contact, birthDate: typed }).families[0]?.persons[0]?.birthDate).toBe(day);
        },
      ),
      { numRuns: 60 },
    );
    expect(problemsOf({ ...contact, birthDate: '1985' })).toEqual([
      { line: 2, column: 'birthDate', code: 'onlyAYear' },
    ]);
    for (const typed of ['1.2.85', '1/2/1985', '31.12.1899x', '12.31.1985', '1985. gada 1. maijā', '45123'])
      expect(problemsOf({ ...contact, birthDate: typed })).toEqual([{ line: 2, column: 'birthDate', code: 'notADay' }]);
  });
});
