import { choices } from '../fields/choices.js';
import { Paging } from '../endpoint/page.js';
import { Count, DateOnly, Reference, Text } from '../fields/fields.js';

/** Why a family is in a mediator's reach. */
export const reachReasons = choices('mediators.reachReason', ['made', 'handedOver', 'cover']);

/** A funded period of mediators' work, for example Latvian Roma Platform II. */
export class ProjectView {
  @Reference()
  id: string;

  @Text({ max: 200 })
  name: string;

  @Text({ max: 200 })
  nameEn: string;

  @Text({ max: 80, optional: true })
  grantNumber: string | null;

  @DateOnly()
  startsOn: string;

  @DateOnly({ optional: true })
  endsOn: string | null;

  /** For the foot of a report. */
  @Text({ max: 400, optional: true })
  funder: string | null;

  @Text({ max: 400, optional: true })
  funderEn: string | null;
}

/** A mediator's work in one municipality for one project, from one day to another. */
export class AssignmentView {
  @Reference()
  id: string;

  @Reference()
  projectId: string;

  @Reference()
  municipalityId: string;

  @Reference()
  mediatorId: string;

  @Text({ max: 120 })
  mediatorName: string;

  @DateOnly()
  startsOn: string;

  @DateOnly({ optional: true })
  endsOn: string | null;

  @Count({ min: 1, max: 60 })
  hoursPerWeek: number;
}

export class AssignmentFilter extends Paging {
  @Reference({ optional: true })
  projectId?: string | null;
}
