import type { FieldProblem, Ruled } from '../fields/check.js';
import { Count, DateOnly, Reference, Text, YesNo } from '../fields/fields.js';

/** What a coordinator writes about a project. */
export class ProjectDetails {
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

export class NewProject extends ProjectDetails implements Ruled {
  @Reference()
  id: string;

  rules(): FieldProblem[] {
    return endProblems(this);
  }
}

export class ProjectChange extends ProjectDetails implements Ruled {
  @Count({ min: 1 })
  version: number;

  /** Yes: the period is meant as it stands, although work was recorded outside of it (else PROJECT_WORK_OUTSIDE). */
  @YesNo({ optional: true })
  workMayLieOutside?: boolean | null;

  rules(): FieldProblem[] {
    return endProblems(this);
  }
}

/** A funded period of mediators' work, for example Latvian Roma Platform II. */
export class ProjectView extends ProjectDetails {
  @Reference()
  id: string;

  @Count({ min: 1 })
  version: number;
}

export function endProblems({ startsOn, endsOn }: { startsOn: string; endsOn?: string | null }): FieldProblem[] {
  return endsOn && endsOn < startsOn ? [{ field: 'endsOn', code: 'beforeTheOther' }] : [];
}
