import type { Named } from '../persons/similar-names.js';
import { likeness } from '../persons/similar-names.js';
import type { AlikeView, ImportedFamily } from './imported-family.js';

/** Somebody who is registered already, with the code of their family. */
export interface Registered extends Named {
  code: string;
}

/** Warnings that a page can hold and a person can look through. */
export const MAX_ALIKE = 200;

/**
 * Persons of a list who are like somebody registered, or like another of the same list. In one family only the same name with
 * the same year counts: mothers and daughters share names, and a row that was copied shares everything.
 */
export function alikeOf(families: readonly ImportedFamily[], registered: readonly Registered[]): AlikeView[] {
  const known = registered.map((person) => ({ person, is: likeness(person) }));
  const earlier: { family: ImportedFamily; person: Named; is: ReturnType<typeof likeness> }[] = [];
  const found: AlikeView[] = [];
  for (const family of families) {
    for (const person of family.persons) {
      const is = likeness(person);
      const about = { familyId: family.id, line: family.line, persons: family.persons.length, name: nameOf(person) };
      const other = known.find((one) => is.like(one.is));
      if (other) found.push({ ...about, other: nameOf(other.person), code: other.person.code, otherLine: null });
      const twin = earlier.find((one) => (one.family === family ? is.same(one.is) : is.like(one.is)));
      if (twin) found.push({ ...about, other: nameOf(twin.person), code: null, otherLine: twin.family.line });
      if (found.length >= MAX_ALIKE) return found;
      earlier.push({ family, person, is });
    }
  }
  return found;
}

function nameOf({ firstName, lastName, birthDate, birthYear }: Named): string {
  const year = birthYear ?? birthDate?.slice(0, 4);
  return [firstName, lastName, year && `(${year})`].filter(Boolean).join(' ').slice(0, 180);
}
