import { aMember, anImportedFamily } from '@tilts/testing';
import { newId } from '../index.js';
import { alikeOf, MAX_ALIKE } from './alike.js';

const municipalityId = newId();
const family = (line: number, ...names: string[]) =>
  anImportedFamily({
    municipalityId,
    line,
    persons: names.map((name) => aMember({ firstName: name, lastName: 'Liepa', birthYear: 1990 })),
  });

describe('people of a list who are alike', () => {
  it('are found among the registered and in the list itself, each once', () => {
    const [one, two] = [family(2, 'Kristīne'), family(3, 'Kristine', 'Zane')];
    const registered = [{ firstName: 'Zane', lastName: 'Liepa', birthYear: 1991, code: 'JEL-0004' }];
    expect(alikeOf([one, two], registered)).toEqual([
      {
        familyId: two.id,
        line: 3,
        persons: 2,
        name: 'Kristine Liepa (1990)',
        other: 'Kristīne Liepa (1990)',
        code: null,
        otherLine: 2,
      },
      {
        familyId: two.id,
        line: 3,
        persons: 2,
        name: 'Zane Liepa (1990)',
        other: 'Zane Liepa (1991)',
        code: 'JEL-0004',
        otherLine: null,
      },
    ]);
  });

  it('are in one family only copied rows', () => {
    expect(alikeOf([family(2, 'Kristīne', 'Kristīna')], [])).toEqual([]);
    expect(alikeOf([family(2, 'Kristīne', 'Kristīne')], [])).toHaveLength(1);
  });

  it('are no more than a person can look through, and found in a second among thousands', () => {
    const list = Array.from({ length: 500 }, (_, i) =>
      family(i + 2, `Vārds${String.fromCharCode(97 + (i % 26)).repeat(3)}${i}`, `Cits${i}`),
    );
    const registered = Array.from({ length: 2_000 }, (_, i) => ({
      firstName: `Sens${i}`,
      lastName: 'Cits',
      birthYear: 1990,
      code: 'JEL-0001',
    }));
    const since = performance.now();
    expect(alikeOf(list, registered).length).toBeLessThanOrEqual(MAX_ALIKE + 1);
    expect(performance.now() - since).toBeLessThan(5_000);
  });
});
