import { choices, type ChoiceOf } from '../fields/choices.js';
import type { FieldProblem, Ruled } from '../fields/check.js';
import { dayOf } from '../fields/day.js';
import { Choice, Count, DateOnly, Phone, Reference, Text } from '../fields/fields.js';

export const householdRoles = choices(
  'persons.householdRole',
  ['contact', 'partner', 'child', 'parent', 'grandparent', 'grandchild', 'sibling', 'relative', 'other'],
  { needed: ['contact', 'child', 'other'] },
);
export const genders = choices('persons.gender', ['woman', 'man', 'notStated'], { needed: 'all' });
/** No special-education value: it would tell a diagnosis. */
export const schoolStatuses = choices(
  'persons.schoolStatus',
  ['notApplicable', 'preschool', 'school', 'vocational', 'higher', 'notAttending', 'leftEarly', 'unknown'],
  { needed: ['notApplicable', 'unknown'] },
);
export const employmentStatuses = choices(
  'persons.employmentStatus',
  ['notApplicable', 'employed', 'selfEmployed', 'jobSeeker', 'registeredUnemployed', 'inactive', 'retired', 'unknown'],
  { needed: ['notApplicable', 'unknown'] },
);
export type HouseholdRole = ChoiceOf<typeof householdRoles>;

/** What people write about a member of a family. No ethnicity, and nothing that stands in for it. */
export class PersonDetails {
  @Text({ max: 80, privacy: 'sensitive' })
  firstName: string;

  @Text({ max: 80, optional: true, privacy: 'sensitive' })
  lastName?: string | null;

  /** Only the year is open; the full date stays sealed. */
  @DateOnly({ optional: true, privacy: 'sensitive' })
  birthDate?: string | null;

  @Count({ min: 1890, max: 2100, optional: true })
  birthYear?: number | null;

  @Choice(householdRoles)
  householdRole: HouseholdRole;

  @Choice(genders)
  gender: ChoiceOf<typeof genders>;

  @Choice(schoolStatuses)
  schoolStatus: ChoiceOf<typeof schoolStatuses>;

  @Choice(employmentStatuses)
  employmentStatus: ChoiceOf<typeof employmentStatuses>;

  @Phone({ optional: true })
  phone?: string | null;
}

/** The year of birth and the full date must agree, and nobody is born tomorrow. */
export function birthProblems(person: PersonDetails): FieldProblem[] {
  if (person.birthDate && person.birthDate > dayOf(new Date())) return [{ field: 'birthDate', code: 'inTheFuture' }];
  const year = person.birthDate ? Number(person.birthDate.slice(0, 4)) : null;
  return year !== null && person.birthYear && person.birthYear !== year
    ? [{ field: 'birthYear', code: 'mismatch' }]
    : [];
}

/** A person registered together with their family. */
export class NewHouseholdMember extends PersonDetails {
  @Reference()
  id: string;
}

/** A person added to a family that is registered already. */
export class NewPerson extends NewHouseholdMember implements Ruled {
  @Reference()
  familyId: string;

  rules(): FieldProblem[] {
    return birthProblems(this);
  }
}

export class PersonChange extends PersonDetails implements Ruled {
  /** The version that was read: another person's change in between is not overwritten. */
  @Count({ min: 1 })
  version: number;

  /** The day on which they left the household. */
  @DateOnly({ optional: true })
  leftOn?: string | null;

  rules(): FieldProblem[] {
    return birthProblems(this);
  }
}

export class PersonView extends PersonDetails {
  @Reference()
  id: string;

  @Reference()
  familyId: string;

  @Count({ min: 1 })
  version: number;

  @DateOnly({ optional: true })
  leftOn: string | null;
}

export class PersonFilter {
  @Reference({ optional: true })
  familyId?: string | null;
}

/** The year of birth, from whatever of the two is known. */
export function birthYearOf(person: Pick<PersonDetails, 'birthDate' | 'birthYear'>): number | null {
  return person.birthYear ?? (person.birthDate ? Number(person.birthDate.slice(0, 4)) : null);
}

/** Under 18 for sure on that day: consent is a guardian's. With only the year known, the doubtful year counts as child. */
export function isChild(person: Pick<PersonDetails, 'birthDate' | 'birthYear'>, today: string): boolean {
  if (person.birthDate) return today < `${Number(person.birthDate.slice(0, 4)) + 18}${person.birthDate.slice(4)}`;
  const year = person.birthYear ?? null;
  return year !== null && Number(today.slice(0, 4)) - year <= 18;
}
