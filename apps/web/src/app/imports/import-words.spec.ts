import {
  RowReader,
  familiesOf,
  importColumns,
  listOfColumn,
  proposedColumns,
  type ImportColumn,
  type SheetRow,
} from '@tilts/domain';
import { catalogues, languages, messageOf, messagesOf } from '@tilts/i18n';
import { ChosenColumns } from './chosen-columns';
import { importWords } from './import-words';

const words = importWords(Object.values(catalogues), () => null);

describe('The words of a list', () => {
  it.each(languages)('name every column of the template in %s, each for itself', (language) => {
    const headings = importColumns.values.map(
      (column) => messageOf(catalogues[language], `imports.column.${column}`) ?? '',
    );
    expect(proposedColumns(headings, words)).toEqual(importColumns.values);
  });

  it('mean one column each, in all languages together', () => {
    for (const column of importColumns.values)
      for (const heading of words.headings(column))
        expect([heading, proposedColumns([heading], words)]).toEqual([heading, [column]]);
  });

  it('mean one value each, however they are written', () => {
    const reader = new RowReader(words);
    const whole: SheetRow['cells'] = {
      family: 'A',
      yes: 'jā',
      yesOn: '2026-01-05',
      noticeVersion: '2017-10',
      firstName: 'Anna',
      householdRole: 'contact',
    };
    const fieldOf: Partial<Record<ImportColumn, (family: ReturnType<typeof familiesOf>['families'][0]) => unknown>> = {
      noticeVersion: ({ consent }) => consent.noticeVersion,
      yesGiver: ({ consent }) => consent.giver,
      language: ({ language }) => language,
      householdRole: ({ persons }) => persons[0]?.householdRole,
      gender: ({ persons }) => persons[0]?.gender,
      schoolStatus: ({ persons }) => persons[0]?.schoolStatus,
      employmentStatus: ({ persons }) => persons[0]?.employmentStatus,
    };
    for (const [column, read] of Object.entries(fieldOf) as [ImportColumn, (family: never) => unknown][]) {
      for (const value of listOfColumn[column]?.values ?? [])
        for (const word of words.values(listOfColumn[column] ?? importColumns, value).filter(Boolean)) {
          const { families, problems } = familiesOf(
            [{ line: 2, cells: { ...whole, [column]: word } }],
            '01a0b1c2-0000-7000-8000-000000000000',
            reader,
          );
          expect([column, word, problems, read(families[0] as never)]).toEqual([column, word, [], value]);
        }
    }
  });

  it('stand under lists and values that are there', () => {
    const known = Object.values(listOfColumn).flatMap((list) =>
      list.values.map((value) => `imports.alsoMeant.${list.name}.${value}`),
    );
    for (const catalogue of Object.values(catalogues)) {
      const keys = [...messagesOf(catalogue).keys()];
      expect(keys.filter((key) => key.startsWith('imports.alsoMeant.') && !known.includes(key))).toEqual([]);
      const columns = importColumns.values.map((column) => `imports.alsoCalled.${column}`);
      expect(keys.filter((key) => key.startsWith('imports.alsoCalled.') && !columns.includes(key as never))).toEqual(
        [],
      );
    }
  });
});

describe('The columns of a file', () => {
  const start = ChosenColumns.undecided(['family', 'firstName', null]);

  it('are undecided until each was said yes to or left out', () => {
    expect([start.undecided, start.proposed]).toEqual([3, 2]);
    const all = start.yesToAll();
    expect([all.decisions, all.undecided]).toEqual([['family', 'firstName', null], 1]);
    expect(all.decide(2, 'leftOut').undecided).toBe(0);
    expect(all.missing).toEqual(['yes', 'yesOn', 'noticeVersion', 'householdRole']);
  });

  it('mean one thing each: who takes a meaning takes it away', () => {
    expect(start.decide(2, 'family').yesToAll().decisions).toEqual([null, 'firstName', 'family']);
    expect(start.yesToAll().decide(2, 'family').decisions).toEqual([null, 'firstName', 'family']);
    expect(start.decide(0, 'leftOut').decide(1, 'leftOut').decisions).toEqual(['leftOut', 'leftOut', null]);
  });

  it('that were left out are not looked at', () => {
    const table = {
      headings: [],
      columns: [0, 1, 2],
      rows: [{ line: 7, cells: ['1', 'Anna', 'noslēpums'] }],
      computed: [],
    };
    expect(start.yesToAll().decide(2, 'leftOut').rowsOf(table)).toEqual([
      { line: 7, cells: { family: '1', firstName: 'Anna' } },
    ]);
  });
});
