import type { FamilyDetails } from '../families/family.js';
import { birthYearOf, type PersonDetails } from '../persons/person.js';
import type { PersonInReferral, TravelField } from './referral.js';

type Known = Pick<PersonDetails, 'firstName' | 'lastName' | 'birthDate' | 'birthYear' | 'phone'>;
type Home = Pick<FamilyDetails, 'phone' | 'address' | 'language'>;

/**
 * What an institution is told about a person: the least data, and of that only what the sender let travel. The form shows
 * it before sending and the API keeps it, so both sides see the same card. `household`: how many live there now.
 */
export function snapshotOf(
  person: Known,
  family: Home,
  household: number,
  travels: readonly TravelField[],
): PersonInReferral {
  const goes = <T>(field: TravelField, value: T | null | undefined): T | null =>
    travels.includes(field) ? (value ?? null) : null;
  return {
    firstName: person.firstName,
    lastName: goes('lastName', person.lastName) ?? initialOf(person.lastName),
    birthYear: birthYearOf(person),
    birthDate: goes('birthDate', person.birthDate),
    // A child rarely has a phone: the institution then calls the family.
    phone: goes('phone', person.phone ?? family.phone),
    address: goes('address', family.address),
    language: goes('language', family.language),
    household: goes('household', household),
  };
}

/** „B.”: enough to tell two children apart, not enough to look somebody up. */
function initialOf(lastName: string | null | undefined): string | null {
  const letter = lastName ? [...lastName][0] : undefined;
  return letter ? `${letter.toLocaleUpperCase('lv')}.` : null;
}
