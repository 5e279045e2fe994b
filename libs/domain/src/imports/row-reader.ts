import type { RecordConsent } from '../consents/consent.js';
import { newId } from '../fields/id.js';
import { readDay, readYear, valueReader, type Reading } from './import-cells.js';
import { familyColumns, listOfColumn, type ImportColumn, type ImportWords } from './import-columns.js';
import type { Group, ImportProblemCode, Problems, SheetRow } from './import-rows.js';

/** Reads the cells of rows: words of lists become codes, days become days, and everything else stays the text that it is. */
export class RowReader {
  private readonly values: ReadonlyMap<ImportColumn, (cell: string) => Reading<string>>;

  constructor(words: ImportWords) {
    this.values = new Map(
      Object.entries(listOfColumn).map(([column, list]) => [column as ImportColumn, valueReader(list, words)]),
    );
  }

  /** What the rows of a family say of the family: written in the first row, empty or the same in the others. */
  family(group: Group, problems: Problems): object {
    const [first, ...others] = group;
    for (const column of familyColumns) {
      const said = textOf(first, column);
      for (const row of others) {
        const other = textOf(row, column);
        if (other !== null && other !== said) problems.add(row.line, column, 'otherThanFirst', { line: first.line });
      }
    }
    return {
      name: this.nameOf(first, problems),
      phone: phoneOf(first, 'familyPhone'),
      address: textOf(first, 'address'),
      language: this.value(first, 'language', problems),
      arrangement: textOf(first, 'arrangement'),
      consent: this.yesOf(first, problems),
    };
  }

  person(row: SheetRow, problems: Problems): object {
    return {
      firstName: textOf(row, 'firstName'),
      lastName: textOf(row, 'lastName'),
      birthDate: read(row, 'birthDate', readDay, problems, isYear(textOf(row, 'birthDate')) ? 'onlyAYear' : 'notADay'),
      birthYear: read(row, 'birthYear', readYear, problems, 'notAYear'),
      householdRole: this.value(row, 'householdRole', problems),
      gender: this.value(row, 'gender', problems) ?? 'notStated',
      schoolStatus: this.value(row, 'schoolStatus', problems) ?? 'unknown',
      employmentStatus: this.value(row, 'employmentStatus', problems) ?? 'unknown',
      phone: phoneOf(row, 'personPhone'),
    };
  }

  /** GDPR Art. 9(2)(a): an explicit yes, so an empty cell is none. */
  private yesOf(row: SheetRow, problems: Problems): RecordConsent {
    const yes = this.value(row, 'yes', problems);
    if (yes === null) problems.add(row.line, 'yes', 'noYes');
    if (yes === 'no') problems.add(row.line, 'yes', 'saidNo');
    const givenOn = read(row, 'yesOn', readDay, problems, 'notADay');
    if (givenOn === null) problems.add(row.line, 'yesOn', 'noYes');
    return {
      id: newId(),
      givenOn: givenOn ?? '',
      noticeVersion: this.value(row, 'noticeVersion', problems) ?? '',
      noticeRead: yes === 'yes',
      spokenYes: yes === 'yes',
      giver: this.value(row, 'yesGiver', problems) ?? 'person',
    } as RecordConsent;
  }

  /** Families that have no name of their own are called as the list calls them, unless that is only a number. */
  private nameOf(row: SheetRow, problems: Problems): string | null {
    const name = textOf(row, 'familyName');
    if (name !== null) return name;
    const called = textOf(row, 'family');
    if (called !== null && /\p{L}/u.test(called)) return called;
    problems.add(row.line, 'familyName', 'nameNeeded');
    return null;
  }

  private value(row: SheetRow, column: ImportColumn, problems: Problems): string | null {
    const readValue = this.values.get(column);
    return readValue ? read(row, column, readValue, problems, 'notAChoice') : null;
  }
}

function isYear(text: string | null): boolean {
  return text !== null && readYear(text) !== undefined;
}

function textOf(row: SheetRow, column: ImportColumn): string | null {
  const text = (row.cells[column] ?? '').normalize('NFC').trim();
  return text === '' ? null : text;
}

/** A spreadsheet takes „+371 20000001” for a number and drops the plus. */
function phoneOf(row: SheetRow, column: ImportColumn): string | null {
  const text = textOf(row, column);
  return text !== null && /^371[2-9]\d{7}$/.test(text) ? `+${text}` : text;
}

function read<T>(
  row: SheetRow,
  column: ImportColumn,
  reading: (cell: string) => Reading<T>,
  problems: Problems,
  code: ImportProblemCode,
): T | null {
  const text = textOf(row, column);
  if (text === null) return null;
  const said = reading(text);
  if (said === undefined) problems.add(row.line, column, code);
  return said ?? null;
}
