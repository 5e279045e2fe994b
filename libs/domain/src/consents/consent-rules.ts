import type { FieldProblem } from '../fields/check.js';
import { isChild, type PersonView } from '../persons/person.js';
import type { ConsentView, NewConsent } from './consent.js';

type Member = Pick<PersonView, 'id' | 'birthDate' | 'birthYear'>;
type Spoken = Pick<NewConsent, 'personId' | 'giver' | 'guardianId'>;

/** Whether the right one spoke: for a child an adult of the household, for others themselves or their guardian. */
export function spokenForProblems(consent: Spoken, household: readonly Member[], today: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const person = household.find((member) => member.id === consent.personId);
  const guardian = household.find((member) => member.id === consent.guardianId);
  if (consent.personId && !person) problems.push({ field: 'personId', code: 'notThere' });
  if (person && isChild(person, today) && consent.giver !== 'guardian')
    problems.push({ field: 'giver', code: 'mismatch' });
  if (consent.guardianId && !guardian) problems.push({ field: 'guardianId', code: 'notThere' });
  if (guardian && (guardian.id === consent.personId || isChild(guardian, today)))
    problems.push({ field: 'guardianId', code: 'mismatch' });
  return problems;
}

type Ended = Pick<ConsentView, 'familyId' | 'kind' | 'givenOn'> & { withdraws: string | null };

/** Whether that withdrawal can end that consent: one of this family, given before, and not itself an end. */
export function withdrawalProblems(withdrawal: NewConsent, ended: Ended | undefined): FieldProblem[] {
  if (!ended || ended.withdraws || ended.familyId !== withdrawal.familyId)
    return [{ field: 'withdraws', code: 'notThere' }];
  const problems: FieldProblem[] = [];
  if (ended.kind !== withdrawal.kind) problems.push({ field: 'kind', code: 'mismatch' });
  if (withdrawal.givenOn < ended.givenOn) problems.push({ field: 'givenOn', code: 'beforeTheOther' });
  return problems;
}
