import type { FamilyView } from '../families/family.js';
import type { PersonView } from './person.js';
import { ageOn, findHouseholds, householdOf, householdsByContact } from './household.js';

const person = (
  firstName: string,
  householdRole: PersonView['householdRole'],
  rest: Partial<PersonView> = {},
): PersonView =>
  ({
    id: firstName,
    familyId: 'f',
    firstName,
    lastName: null,
    householdRole,
    birthYear: null,
    birthDate: null,
    leftOn: null,
    ...rest,
  }) as PersonView;
const family = (code: string, rest: Partial<FamilyView> = {}): FamilyView =>
  ({
    id: code,
    code,
    name: 'Bērziņi',
    status: 'active',
    openedOn: '2026-01-05',
    lastContactOn: null,
    ...rest,
  }) as FamilyView;

describe('a household', () => {
  it('begins with who opens the door and leaves out who left', () => {
    const persons = [
      person('Zane', 'child', { birthYear: 2019 }),
      person('Pēteris', 'child', { birthYear: 2014 }),
      person('Anna', 'contact'),
      person('Juris', 'partner', { leftOn: '2026-02-01' }),
    ];
    expect(householdOf('f', persons).map((one) => one.firstName)).toEqual(['Anna', 'Pēteris', 'Zane']);
  });

  it('tells ages by birthday where it is known', () => {
    expect(ageOn({ birthDate: '2014-11-24', birthYear: null }, '2026-11-23')).toBe(11);
    expect(ageOn({ birthDate: '2014-11-23', birthYear: null }, '2026-11-23')).toBe(12);
    expect(ageOn({ birthDate: null, birthYear: 2014 }, '2026-01-01')).toBe(12);
    expect(ageOn({ birthDate: null, birthYear: null }, '2026-01-01')).toBeNull();
  });
});

describe('finding a family', () => {
  const households = householdsByContact(
    [family('JEL-0001'), family('JEL-0002', { lastContactOn: '2026-11-20' }), family('JEL-0003', { status: 'closed' })],
    [person('Šarlote', 'contact', { familyId: 'JEL-0001', lastName: 'Kļava' })],
  );

  it('begins with the one seen last, without closed ones', () => {
    expect(households.map(({ family }) => family.code)).toEqual(['JEL-0002', 'JEL-0001']);
  });

  it('finds by code and by names, with or without diacritics', () => {
    const found = (wanted: string): string[] => findHouseholds(households, wanted).map(({ family }) => family.code);
    expect(found('0001')).toEqual(['JEL-0001']);
    expect(found('sarlote klava')).toEqual(['JEL-0001']);
    expect(found('berz')).toHaveLength(2);
    expect(found('sarlote 0002')).toEqual([]);
  });
});
