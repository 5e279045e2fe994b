import { proposedColumns, type ImportWords } from '../index.js';

const words: ImportWords = {
  headings: (column) =>
    ({
      family: ['Ģimene', 'Family', 'Семья'],
      familyPhone: ['Ģimenes tālrunis', 'Tālrunis'],
      firstName: ['Vārds', 'Имя'],
    })[column as string] ?? [],
  values: () => [],
};
const propose = (...headings: string[]) => proposedColumns(headings, words);

describe('the columns of a list', () => {
  it('are proposed by their heading in any language, without diacritics, signs and order', () => {
    expect(propose('GIMENE', 'Tālrunis (ģimenes)', ' имя* ')).toEqual(['family', 'familyPhone', 'firstName']);
  });

  it('are proposed once, and never guessed', () => {
    expect(propose('Vārds', 'Имя', 'Vārds Uzvārds', '', 'constructor')).toEqual(['firstName', null, null, null, null]);
  });
});
