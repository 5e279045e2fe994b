import type {
  ChoiceOf,
  Day,
  employmentStatuses,
  genders,
  HouseholdRole,
  schoolStatuses,
  spokenLanguages,
} from '@tilts/domain';
import { inventedFirstName, inventedSurname, type SeededRandom } from '@tilts/testing';

export interface DemoPerson {
  id: string;
  firstName: string;
  lastName: string;
  birthYear: number;
  gender: ChoiceOf<typeof genders>;
  role: HouseholdRole;
  phone: string | null;
}

/** An invented family as the demo works with it before it becomes rows. */
export interface DemoFamily {
  id: string;
  municipalityId: string;
  code: string;
  openedOn: Day;
  /** The contact person stands first. */
  persons: [DemoPerson, ...DemoPerson[]];
  address: string;
  language: ChoiceOf<typeof spokenLanguages>;
  lastContactOn: Day | null;
  /** Set for families that nobody works with any more. */
  closed?: { on: Day; reason: 'goalsReached' | 'ownWish' | 'noContact' | 'moved' | 'other' };
}

/** What a household is known to look like; the rest is left to chance. */
export interface Household {
  contact?: { firstName: string; lastName?: string; birthYear?: number; gender: 'woman' | 'man' };
  child?: { firstName: string; birthYear: number };
  size?: number;
}

/** Members of an invented household as it was in that year, the contact person first. */
export function inventHousehold(
  random: SeededRandom,
  newId: () => string,
  year: number,
  known: Household = {},
): [DemoPerson, ...DemoPerson[]] {
  const surname = inventedSurname(random);
  const person = (role: HouseholdRole, gender: 'woman' | 'man', birthYear: number): DemoPerson => ({
    id: newId(),
    firstName: inventedFirstName(random, gender),
    lastName: gender === 'woman' ? surname.woman : surname.man,
    birthYear,
    // Some do not say; a family is never asked twice.
    gender: random.chance(0.03) ? 'notStated' : gender,
    role,
    phone: null,
  });
  const gender = known.contact?.gender ?? (random.chance(0.72) ? 'woman' : 'man');
  const contact = {
    ...person('contact', gender, year - random.int(22, 56)),
    gender,
    phone: phoneNumber(random),
    ...known.contact,
  };
  const members: [DemoPerson, ...DemoPerson[]] = [contact];
  const size = known.size ?? random.weighted({ 1: 4, 2: 12, 3: 20, 4: 24, 5: 20, 6: 12, 7: 8 } as const);
  const add = (member: DemoPerson): void => void (members.length < Number(size) && members.push(member));

  if (random.chance(0.65))
    add(person('partner', gender === 'woman' ? 'man' : 'woman', contact.birthYear + random.int(-6, 6)));
  if (known.child) add({ ...person('child', 'man', known.child.birthYear), ...known.child, gender: 'man' });
  while (members.length < Number(size)) {
    if (members.length > 4 && random.chance(0.2))
      add(person('parent', 'woman', contact.birthYear - random.int(19, 30)));
    else
      add(
        person(
          'child',
          random.chance(0.5) ? 'woman' : 'man',
          Math.max(contact.birthYear + 17, year - random.int(0, 14)),
        ),
      );
  }
  return members;
}

/** From a block that nobody uses. */
function phoneNumber(random: SeededRandom): string {
  return `+37120000${String(random.int(0, 999)).padStart(3, '0')}`;
}

/** What somebody of that age usually does; a fifth do something else. */
export function situation(
  random: SeededRandom,
  age: number,
): { schoolStatus: ChoiceOf<typeof schoolStatuses>; employmentStatus: ChoiceOf<typeof employmentStatuses> } {
  if (age < 3) return { schoolStatus: 'notApplicable', employmentStatus: 'notApplicable' };
  if (age < 7)
    return { schoolStatus: random.chance(0.6) ? 'preschool' : 'notAttending', employmentStatus: 'notApplicable' };
  if (age < 17)
    return { schoolStatus: random.chance(0.9) ? 'school' : 'notAttending', employmentStatus: 'notApplicable' };
  if (age < 20)
    return {
      schoolStatus: random.weighted({ school: 3, vocational: 3, leftEarly: 4, higher: 1 }),
      employmentStatus: random.weighted({ notApplicable: 4, jobSeeker: 3, unknown: 2 }),
    };
  if (age > 64) return { schoolStatus: 'notApplicable', employmentStatus: 'retired' };
  return {
    schoolStatus: random.weighted({ notApplicable: 9, vocational: 1, unknown: 1 }),
    employmentStatus: random.weighted({
      employed: 4,
      selfEmployed: 1,
      jobSeeker: 3,
      registeredUnemployed: 4,
      inactive: 3,
      unknown: 2,
    }),
  };
}
