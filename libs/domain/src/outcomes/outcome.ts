import { choices, type ChoiceOf } from '../fields/choices.js';
import type { FieldProblem, Ruled } from '../fields/check.js';
import { dayOf } from '../fields/day.js';
import { Choice, DateOnly, Moment, Reference, Text } from '../fields/fields.js';
import { Paging } from '../endpoint/page.js';

/** Dated, countable facts (domain notes 7.2; the three ESF classes jobSearchBegun, inEducation, inWork as in F5). None tells a diagnosis. */
export const outcomeTypes = choices(
  'outcomes.type',
  [
    'documentObtained',
    'addressDeclared',
    'gpRegistered',
    'vaccinated',
    'enrolledSchool',
    'enrolledPreschool',
    'backToSchool',
    'inEducation',
    'qualificationGained',
    'jobSearchBegun',
    'inWork',
    'flatObtained',
    'flatRepaired',
    'evictionPrevented',
    'benefitGranted',
    'statusGranted',
    'debtArranged',
    'otherImproved',
  ],
  { needed: ['otherImproved'] },
);
export type OutcomeType = ChoiceOf<typeof outcomeTypes>;

export class OutcomeDetails {
  @Choice(outcomeTypes)
  type: OutcomeType;

  /** Null: the family as a whole. */
  @Reference({ optional: true })
  personId?: string | null;
}

/** An outcome ticked in a visit: it has the visit's day. */
export class VisitOutcome extends OutcomeDetails {
  @Reference()
  id: string;
}

/** An outcome, or with `voids` the correction of one that was written by mistake. */
export class NewOutcome extends VisitOutcome implements Ruled {
  @Reference()
  familyId: string;

  @DateOnly()
  day: string;

  @Reference({ optional: true })
  voids?: string | null;

  rules(): FieldProblem[] {
    return this.day > dayOf(new Date()) ? [{ field: 'day', code: 'inTheFuture' }] : [];
  }
}

export class OutcomeView extends OutcomeDetails {
  @Reference()
  id: string;

  @Reference()
  familyId: string;

  @Reference({ optional: true })
  visitId: string | null;

  @DateOnly()
  day: string;

  @Text({ max: 120 })
  recordedBy: string;

  @Moment()
  recordedAt: string;
}

export class OutcomeFilter extends Paging {
  @Reference({ optional: true })
  familyId?: string | null;
}
