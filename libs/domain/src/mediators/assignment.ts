import { choices } from '../fields/choices.js';
import type { FieldProblem, Ruled } from '../fields/check.js';
import { Paging } from '../endpoint/page.js';
import { Count, DateOnly, Part, Reference, Text } from '../fields/fields.js';
import { endProblems } from './project.js';

/** Why a family is in a mediator's reach. */
export const reachReasons = choices('mediators.reachReason', ['made', 'handedOver', 'cover']);

/** From when to when, both days included, and how much. May lie in the future. */
export class AssignmentDetails {
  @DateOnly()
  startsOn: string;

  /** Null: until further notice. */
  @DateOnly({ optional: true })
  endsOn: string | null;

  @Count({ min: 1, max: 60 })
  hoursPerWeek: number;
}

/** Who works where and for what never changes: visits were recorded by it. Another person or place is another assignment. */
export class NewAssignment extends AssignmentDetails implements Ruled {
  @Reference()
  id: string;

  @Reference()
  projectId: string;

  @Reference()
  municipalityId: string;

  @Reference()
  mediatorId: string;

  rules(): FieldProblem[] {
    return endProblems(this);
  }
}

export class AssignmentChange extends AssignmentDetails implements Ruled {
  @Count({ min: 1 })
  version: number;

  rules(): FieldProblem[] {
    return endProblems(this);
  }
}

/** A mediator's work in one municipality for one project, from one day to another. */
export class AssignmentView extends AssignmentDetails {
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

  @Count({ min: 1 })
  version: number;
}

export class AssignmentChanged {
  @Part(() => AssignmentView)
  assignment: AssignmentView;

  /** Families of theirs in that municipality, when they work there no more after this assignment: to be handed over. Else 0. */
  @Count()
  familiesLeft: number;
}

export class AssignmentFilter extends Paging {
  @Reference({ optional: true })
  projectId?: string | null;
}
