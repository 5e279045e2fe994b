import { choices, type ChoiceOf } from '../fields/choices.js';
import type { FieldProblem, Ruled } from '../fields/check.js';
import {
  Choice,
  Choices,
  Count,
  DateOnly,
  Moment,
  Parts,
  Reference,
  References,
  Text,
  TimeOfDay,
  YesNo,
} from '../fields/fields.js';
import { Paging } from '../endpoint/page.js';
import { needAreas, type NeedArea } from '../directory/need-area.js';
import { VisitOutcome } from '../outcomes/outcome.js';
import { dayOf } from '../fields/day.js';

export const visitChannels = choices(
  'visits.channel',
  ['homeVisit', 'reception', 'phone', 'message', 'atInstitution', 'online', 'street'],
  { needed: ['homeVisit'] },
);
export const visitPlaces = choices(
  'visits.place',
  ['home', 'office', 'institution', 'school', 'street', 'remote', 'other'],
  { needed: ['home', 'other'] },
);
/** In which capacity one acts: a mediator who is also employed as family assistant must not be counted twice. */
export const visitCapacities = choices('visits.capacity', ['mediator', 'familyAssistant', 'other'], {
  needed: ['mediator', 'other'],
});
/** Kinds of help (domain notes 3.2). */
export const assistanceKinds = choices(
  'visits.assistance',
  [
    'inform',
    'explainLetter',
    'motivate',
    'consult',
    'accompany',
    'interpret',
    'fillForm',
    'contactInstitution',
    'mediate',
    'refer',
    'transport',
    'crisisHelp',
    'followUp',
    'groupEvent',
  ],
  { needed: [] },
);
export type AssistanceKind = ChoiceOf<typeof assistanceKinds>;
export type VisitChannel = ChoiceOf<typeof visitChannels>;
export type VisitPlace = ChoiceOf<typeof visitPlaces>;

/** What was done: one need area, one kind of help, for named persons or (none named) for the family. */
export class AssistanceDetails {
  @Reference()
  id: string;

  @Choice(needAreas)
  needArea: NeedArea;

  @Choice(assistanceKinds)
  kind: AssistanceKind;

  /** A person counts as assisted only where an assistance names them; empty: the family. */
  @References({ max: 30 })
  personIds: string[];
}

/** What people write about a visit, a call or a talk in the street. */
export class VisitDetails {
  @DateOnly()
  day: string;

  @TimeOfDay({ optional: true })
  time?: string | null;

  /** Minutes. */
  @Count({ min: 1, max: 1_440 })
  minutes: number;

  @Choice(visitChannels)
  channel: VisitChannel;

  @Choice(visitPlaces)
  place: VisitPlace;

  @Choice(visitCapacities)
  capacity: ChoiceOf<typeof visitCapacities>;

  /** False: nobody home, nobody answered. */
  @YesNo()
  reached: boolean;

  /** Who was met; being met is not being assisted. */
  @References({ max: 30 })
  metPersonIds: string[];

  @Choices(needAreas)
  needAreas: NeedArea[];

  @Parts(() => AssistanceDetails, { max: 200 })
  assistance: AssistanceDetails[];

  @Text({ max: 4_000, optional: true, privacy: 'sensitive' })
  note?: string | null;

  @Text({ max: 300, optional: true, privacy: 'sensitive' })
  nextStep?: string | null;

  @DateOnly({ optional: true })
  nextStepOn?: string | null;
}

function visitProblems(visit: VisitDetails): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (visit.day > dayOf(new Date())) problems.push({ field: 'day', code: 'inTheFuture' });
  if (visit.reached && visit.needAreas.length === 0) problems.push({ field: 'needAreas', code: 'required' });
  if (!visit.reached && visit.assistance.length > 0) problems.push({ field: 'assistance', code: 'mismatch' });
  if (!visit.reached && visit.metPersonIds.length > 0) problems.push({ field: 'metPersonIds', code: 'mismatch' });
  visit.assistance.forEach((help, i) => {
    if (!visit.needAreas.includes(help.needArea))
      problems.push({ field: `assistance.${i}.needArea`, code: 'mismatch' });
  });
  if (visit.nextStepOn && visit.nextStepOn < visit.day) problems.push({ field: 'nextStepOn', code: 'beforeTheOther' });
  if (visit.nextStepOn && !visit.nextStep) problems.push({ field: 'nextStep', code: 'required' });
  return problems;
}

export class NewVisit extends VisitDetails implements Ruled {
  @Reference()
  id: string;

  @Reference()
  familyId: string;

  /** Outcomes ticked here; they get the visit's day. */
  @Parts(() => VisitOutcome, { max: 40 })
  outcomes: VisitOutcome[];

  rules(): FieldProblem[] {
    return visitProblems(this);
  }
}

/** A correction: a new version that keeps the old one. With `voided` the visit counts nowhere any more. */
export class VisitCorrection extends VisitDetails implements Ruled {
  /** Of this correction. */
  @Reference()
  id: string;

  /** The version that was read. */
  @Count({ min: 1 })
  version: number;

  @YesNo()
  voided: boolean;

  @Text({ max: 300, optional: true, privacy: 'sensitive' })
  correctionReason?: string | null;

  rules(): FieldProblem[] {
    const problems = this.voided ? [] : visitProblems(this);
    return this.voided && !this.correctionReason
      ? [...problems, { field: 'correctionReason', code: 'required' }]
      : problems;
  }
}

/** An earlier version of a visit, for the one who corrects it. */
export class VisitVersion {
  @Count({ min: 1 })
  version: number;

  @Moment()
  recordedAt: string;

  @Text({ max: 120 })
  recordedBy: string;

  @Text({ max: 300, optional: true })
  correctionReason: string | null;
}

export class VisitView extends VisitDetails {
  @Reference()
  id: string;

  @Reference()
  familyId: string;

  @Reference()
  projectId: string;

  @Text({ max: 12 })
  familyCode: string;

  @Count({ min: 1 })
  version: number;

  @YesNo()
  voided: boolean;

  /** Why this version corrected or voided the one before. */
  @Text({ max: 300, optional: true })
  correctionReason: string | null;

  /** Null while the next step waits. */
  @DateOnly({ optional: true })
  nextStepDoneOn: string | null;

  @Text({ max: 120 })
  recordedBy: string;

  @Moment()
  recordedAt: string;

  /** Earlier versions, oldest first. Empty in lists. */
  @Parts(() => VisitVersion)
  versions: VisitVersion[];
}

export class VisitFilter extends Paging {
  @Reference({ optional: true })
  familyId?: string | null;

  @DateOnly({ optional: true })
  from?: string | null;

  @DateOnly({ optional: true })
  to?: string | null;

  /** Only visits whose next step waits, the most urgent first. */
  @YesNo({ optional: true })
  nextStepOpen?: boolean | null;
}

/** My own numbers: visits this month and last, never a ranking. */
export class OwnMonth {
  @Text({ max: 7 })
  month: string;

  @Count()
  visits: number;

  @Count()
  minutes: number;
}
