import { checkInput, type FieldProblem } from '../fields/check.js';
import { choices, type ChoiceOf } from '../fields/choices.js';
import { newId } from '../fields/id.js';
import type { ImportColumn } from './import-columns.js';
import { ImportedFamily, MAX_IMPORTED_PERSONS } from './imported-family.js';
import type { RowReader } from './row-reader.js';

/** A row of a spreadsheet: its number there, and what stands in its cells, by the column that people said it is. */
export interface SheetRow {
  line: number;
  cells: Readonly<Partial<Record<ImportColumn, string>>>;
}

/** Why a row cannot be taken over; `imports.problem.<code>` says what to do. */
export const importProblems = choices('imports.problem', [
  'required',
  'tooLong',
  'notAChoice',
  'notADay',
  'onlyAYear',
  'notAYear',
  'notAPhone',
  'inTheFuture',
  'mismatch',
  'malformed',
  /** Nobody may be recorded without their yes. */
  'noYes',
  'saidNo',
  'otherThanFirst',
  'nameNeeded',
  'tooManyPersons',
  'tooManyRows',
]);
export type ImportProblemCode = ChoiceOf<typeof importProblems>;

export interface ImportProblem {
  line: number;
  /** Null: the whole row. */
  column: ImportColumn | null;
  code: ImportProblemCode;
  params?: Record<string, string | number>;
}

export interface ReadList {
  families: ImportedFamily[];
  problems: ImportProblem[];
  /** The row of each person, by id. */
  lines: ReadonlyMap<string, number>;
}

/** Where a field of a family stands in the list. */
const columnOf: Record<string, ImportColumn> = {
  name: 'familyName',
  phone: 'familyPhone',
  address: 'address',
  language: 'language',
  arrangement: 'arrangement',
  'consent.givenOn': 'yesOn',
  'consent.noticeVersion': 'noticeVersion',
  'consent.giver': 'yesGiver',
  'consent.spokenYes': 'yes',
  'consent.noticeRead': 'yes',
};
const columnOfPerson: Record<string, ImportColumn> = {
  firstName: 'firstName',
  lastName: 'lastName',
  birthDate: 'birthDate',
  birthYear: 'birthYear',
  householdRole: 'householdRole',
  gender: 'gender',
  schoolStatus: 'schoolStatus',
  employmentStatus: 'employmentStatus',
  phone: 'personPhone',
};

/**
 * Families of a list, or what keeps its rows from being some. Every text comes out as it was typed or as a problem: nothing is
 * guessed, shortened or left out. Rows are one person each; those with the same word under „family” are one family.
 */
export function familiesOf(rows: readonly SheetRow[], municipalityId: string, reader: RowReader): ReadList {
  const reading = readFamilies(rows, municipalityId, reader);
  for (;;) {
    const { done, value } = reading.next();
    if (done) return value;
  }
}

/** The same family by family, for a page that shows how far it is: yields the rows that were read. */
export function* readFamilies(
  rows: readonly SheetRow[],
  municipalityId: string,
  reader: RowReader,
): Generator<number, ReadList> {
  const problems: ImportProblem[] = [];
  const lines = new Map<string, number>();
  const beyond = rows[MAX_IMPORTED_PERSONS];
  if (beyond)
    problems.push({ line: beyond.line, column: null, code: 'tooManyRows', params: { max: MAX_IMPORTED_PERSONS } });
  const families: ImportedFamily[] = [];
  let read = 0;
  for (const group of groupsOf(rows.slice(0, MAX_IMPORTED_PERSONS), problems)) {
    const found = new Problems(group);
    const typed = reader.family(group, found);
    const persons = group.map((row) => {
      const person = { id: newId(), ...reader.person(row, found) };
      lines.set(person.id, row.line);
      return person;
    });
    const checked = checkInput(ImportedFamily, { id: newId(), municipalityId, line: group[0].line, ...typed, persons });
    for (const problem of checked.problems) found.addField(problem);
    problems.push(...found.all);
    if (found.all.length === 0) families.push(checked.value);
    read += group.length;
    yield read;
  }
  return { families, problems: problems.sort((a, b) => a.line - b.line), lines };
}

export type Group = readonly [SheetRow, ...SheetRow[]];

/** Rows of one family, in the order of the list, wherever they stand in it. */
function groupsOf(rows: readonly SheetRow[], problems: ImportProblem[]): Group[] {
  const groups = new Map<string, [SheetRow, ...SheetRow[]]>();
  for (const row of rows) {
    const key = (row.cells.family ?? '').normalize('NFC').trim().toLowerCase().replace(/\s+/g, ' ');
    const group = groups.get(key);
    if (key === '') problems.push({ line: row.line, column: 'family', code: 'required' });
    else if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/** Collects what is wrong with the rows of one family, one problem a cell. */
export class Problems {
  readonly all: ImportProblem[] = [];

  constructor(private readonly group: Group) {}

  add(line: number, column: ImportColumn | null, code: ImportProblemCode, params?: ImportProblem['params']): void {
    if (this.all.some((known) => known.line === line && known.column === column)) return;
    this.all.push({ line, column, code, ...(params && { params }) });
  }

  /** A field of the family, or of a person at a place: `persons.2.birthYear`. */
  addField({ field, code, params }: FieldProblem): void {
    const [, index, name] = /^persons\.(\d+)\.(\w+)$/.exec(field) ?? [];
    const line = this.group[index === undefined ? 0 : Number(index)]?.line ?? this.group[0].line;
    if (field === 'persons') return this.add(line, null, 'tooManyPersons', params);
    const column = (name === undefined ? columnOf[field] : columnOfPerson[name]) ?? null;
    this.add(line, column, codeOf(code, column), params);
  }
}

function codeOf(code: FieldProblem['code'], column: ImportColumn | null): ImportProblemCode {
  if (column === 'birthYear' && code !== 'mismatch') return 'notAYear';
  return importProblems.has(code) ? code : 'malformed';
}
