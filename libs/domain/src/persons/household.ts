import type { FamilyView } from '../families/family.js';
import { foldLatvian } from '../fields/fold.js';
import { birthYearOf, type HouseholdRole, type PersonView } from './person.js';

/** Who opens the door stands first, children by age after the grown-ups. */
const order: readonly HouseholdRole[] = [
  'contact',
  'partner',
  'grandparent',
  'parent',
  'sibling',
  'child',
  'grandchild',
  'relative',
  'other',
];

/** Who lives in the family today. */
export function householdOf(familyId: string, persons: readonly PersonView[]): PersonView[] {
  return persons
    .filter((person) => person.familyId === familyId && !person.leftOn)
    .sort(
      (a, b) =>
        order.indexOf(a.householdRole) - order.indexOf(b.householdRole) ||
        (birthYearOf(a) ?? 9999) - (birthYearOf(b) ?? 9999) ||
        a.id.localeCompare(b.id),
    );
}

/** Whole years; from the year of birth alone it may be one too many, which is near enough to tell people apart. */
export function ageOn(person: Pick<PersonView, 'birthDate' | 'birthYear'>, day: string): number | null {
  const year = birthYearOf(person);
  if (year === null) return null;
  const hadBirthday = !person.birthDate || day.slice(5) >= person.birthDate.slice(5);
  return Math.max(0, Number(day.slice(0, 4)) - year - (hadBirthday ? 0 : 1));
}

/** A family with those who live in it: what a row of a list shows. */
export interface FamilyHousehold {
  family: FamilyView;
  members: PersonView[];
}

/** Open families, the one seen last on top. */
export function householdsByContact(
  families: readonly FamilyView[],
  persons: readonly PersonView[],
): FamilyHousehold[] {
  return families
    .filter((family) => family.status !== 'closed')
    .sort(
      (a, b) =>
        (b.lastContactOn ?? b.openedOn).localeCompare(a.lastContactOn ?? a.openedOn) || b.code.localeCompare(a.code),
    )
    .map((family) => ({ family, members: householdOf(family.id, persons) }));
}

/** By code, name of the family or first and last names; every word must be found, with or without diacritics. */
export function findHouseholds(households: readonly FamilyHousehold[], wanted: string): FamilyHousehold[] {
  const words = foldLatvian(wanted).split(/\s+/).filter(Boolean);
  return households.filter(({ family, members }) => {
    const text = foldLatvian(
      [family.code, family.name, ...members.flatMap((person) => [person.firstName, person.lastName ?? ''])].join(' '),
    );
    return words.every((word) => text.includes(word));
  });
}
