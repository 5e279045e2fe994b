import type { FieldProblem, Ruled } from '../fields/check.js';
import { Choice, Count, DateOnly, Reference } from '../fields/fields.js';
import { needAreas, type NeedArea } from '../directory/need-area.js';
import { assistanceKinds, type AssistanceKind } from './visit.js';
import { dayOf } from '../fields/day.js';

/** Help for somebody who did not want to be recorded: city, area, kind and minutes; counted apart and never as persons. */
export class NewUnrecordedHelp implements Ruled {
  @Reference()
  id: string;

  @Reference()
  municipalityId: string;

  @DateOnly()
  day: string;

  @Choice(needAreas)
  needArea: NeedArea;

  @Choice(assistanceKinds)
  kind: AssistanceKind;

  /** Minutes. */
  @Count({ min: 1, max: 1_440 })
  minutes: number;

  rules(): FieldProblem[] {
    return this.day > dayOf(new Date()) ? [{ field: 'day', code: 'inTheFuture' }] : [];
  }
}

export class UnrecordedHelpView {
  @Reference()
  id: string;
}
