import { choices } from '../fields/choices.js';
import type { FieldProblem, Ruled } from '../fields/check.js';
import { Choice, Choices, Count, Reference, Text } from '../fields/fields.js';
import { needAreas, type NeedArea } from './need-area.js';

/** Open Referral HSDS 3 `service.status`. */
export const serviceStatuses = choices('directory.serviceStatus', ['active', 'inactive', 'temporarilyClosed']);

/** What a coordinator writes about a service. */
export class ServiceDetails {
  @Text({ max: 200 })
  name: string;

  @Text({ max: 1_000, optional: true })
  description: string | null;

  @Choices(needAreas)
  needAreas: NeedArea[];

  /** Papers to bring. */
  @Text({ max: 500, optional: true })
  requiredDocuments: string | null;

  @Text({ max: 200, optional: true })
  fees: string | null;

  /** Only active ones are offered for a referral. */
  @Choice(serviceStatuses)
  status: string;
}

export class NewService extends ServiceDetails implements Ruled {
  @Reference()
  id: string;

  @Reference()
  institutionId: string;

  rules(): FieldProblem[] {
    return needProblems(this);
  }
}

export class ServiceChange extends ServiceDetails implements Ruled {
  @Count({ min: 1 })
  version: number;

  rules(): FieldProblem[] {
    return needProblems(this);
  }
}

/** Something an institution does for people (HSDS `service`). */
export class ServiceView extends ServiceDetails {
  @Reference()
  id: string;

  @Count({ min: 1 })
  version: number;
}

/** A service that helps with nothing would be found by nobody. */
function needProblems({ needAreas: areas }: ServiceDetails): FieldProblem[] {
  return areas.length === 0 ? [{ field: 'needAreas', code: 'required' }] : [];
}
