import { foldLatvian } from '../fields/fold.js';
import { similarNames } from './similar-names.js';

const anna = { firstName: 'Anna', lastName: 'Ķirsiņa', birthYear: 1990 };

describe('foldLatvian', () => {
  it.each([
    ['Ķēniņš', 'kenins'],
    ['ŽAŅA', 'zana'],
    ['Līga-Māra', 'liga mara'],
    ['Sa\u0304ra', 'sara'],
    ["  d'Arta ", 'd arta'],
  ])('%s is %s', (name, folded) => expect(foldLatvian(name)).toBe(folded));
});

describe('similarNames', () => {
  const finds = (firstName: string, lastName?: string | null, birthYear?: number): boolean =>
    similarNames({ firstName, lastName, birthYear }, [anna]).length === 1;

  it('sees through diacritics, case, order and one wrong letter', () => {
    expect(finds('anna', 'KIRSINA')).toBe(true);
    expect(finds('Ķirsiņa', 'Anna')).toBe(true);
    expect(finds('Anna', 'Ķirsine')).toBe(true);
    expect(finds('Anna', 'Kirsiņ')).toBe(true);
  });

  it('warns also where no surname is written', () => expect(finds('Anna')).toBe(true));

  it('keeps other people apart', () => {
    expect(finds('Inna', 'Ķirsiņa')).toBe(false);
    expect(finds('Anna', 'Priede')).toBe(false);
    expect(finds('Anna', 'Anna')).toBe(false);
    expect(finds('', '')).toBe(false);
  });

  it('lets birth years tell namesakes apart, but not one year', () => {
    expect(finds('Anna', 'Ķirsiņa', 1991)).toBe(true);
    expect(finds('Anna', 'Ķirsiņa', 1960)).toBe(false);
    expect(similarNames({ firstName: 'Anna', lastName: 'Ķirsiņa', birthDate: '1960-05-01' }, [anna])).toEqual([]);
  });
});
