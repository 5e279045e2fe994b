import type { FieldProblem, Ruled } from '../fields/check.js';
import { Part, Parts, Reference } from '../fields/fields.js';
import { RecordConsent } from '../consents/consent.js';
import { FamilyDetails } from '../families/family.js';
import { NewHouseholdMember, birthProblems } from '../persons/person.js';

/** A new family with its yes to being recorded and its members: written together or not at all. */
export class NewFamily extends FamilyDetails implements Ruled {
  @Reference()
  id: string;

  /** A municipality where the mediator works today. */
  @Reference()
  municipalityId: string;

  @Part(() => RecordConsent)
  consent: RecordConsent;

  @Parts(() => NewHouseholdMember, { max: 30 })
  persons: NewHouseholdMember[];

  rules(): FieldProblem[] {
    return [
      ...this.consent.rules().map((problem) => ({ ...problem, field: `consent.${problem.field}` })),
      ...this.persons.flatMap((person, i) =>
        birthProblems(person).map((problem) => ({ ...problem, field: `persons.${i}.${problem.field}` })),
      ),
    ];
  }
}
