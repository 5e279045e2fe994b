import { choices, type ChoiceOf } from '../fields/choices.js';
import type { FieldProblem, Ruled } from '../fields/check.js';
import { Choice, Count, DateOnly, Phone, Reference, Text } from '../fields/fields.js';

export const familyStatuses = choices('families.status', ['active', 'paused', 'closed']);
export type FamilyStatus = ChoiceOf<typeof familyStatuses>;
export const closeReasons = choices(
  'families.closeReason',
  ['goalsReached', 'moved', 'ownWish', 'noContact', 'other'],
  { needed: ['moved', 'other'] },
);
/** Languages to speak with; sealed, since a language can tell an origin. */
export const spokenLanguages = choices('families.language', ['latvian', 'russian', 'romani', 'other'], {
  needed: ['latvian', 'other'],
});

/** What people write about a family. All of it is sealed. */
export class FamilyDetails {
  /** As the family wants to be called. */
  @Text({ max: 120, privacy: 'sensitive' })
  name: string;

  @Phone({ optional: true })
  phone?: string | null;

  @Text({ max: 200, optional: true, privacy: 'sensitive' })
  address?: string | null;

  @Choice(spokenLanguages, { optional: true, privacy: 'sensitive' })
  language?: ChoiceOf<typeof spokenLanguages> | null;

  /** What helps a visit: „zvanīt pirms”, „suns pagalmā”. */
  @Text({ max: 500, optional: true, privacy: 'sensitive' })
  arrangement?: string | null;
}

export class FamilyChange extends FamilyDetails implements Ruled {
  /** The version that was read: another person's change in between is not overwritten. */
  @Count({ min: 1 })
  version: number;

  @Choice(familyStatuses)
  status: FamilyStatus;

  @Choice(closeReasons, { optional: true })
  closeReason?: ChoiceOf<typeof closeReasons> | null;

  rules(): FieldProblem[] {
    return this.status === 'closed' && !this.closeReason ? [{ field: 'closeReason', code: 'required' }] : [];
  }
}

/** A family in a mediator's reach. People call it by its code: `JEL-0012`. */
export class FamilyView extends FamilyDetails {
  @Reference()
  id: string;

  @Reference()
  municipalityId: string;

  @Text({ max: 12 })
  code: string;

  @Choice(familyStatuses)
  status: FamilyStatus;

  @Choice(closeReasons, { optional: true })
  closeReason: ChoiceOf<typeof closeReasons> | null;

  @DateOnly()
  openedOn: string;

  @DateOnly({ optional: true })
  closedOn: string | null;

  /** The last day on which somebody visited or called; kept up by visits. */
  @DateOnly({ optional: true })
  lastContactOn: string | null;

  @Count({ min: 1 })
  version: number;
}
