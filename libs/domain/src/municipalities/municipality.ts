import type { FieldProblem, Ruled } from '../fields/check.js';
import { Count, DateOnly, Parts, Reference, Text } from '../fields/fields.js';

/** Code and name of a municipality while they were valid. ATVK codes are text: they begin with zeros. */
export class MunicipalityPeriod {
  @DateOnly({ optional: true })
  validFrom: string | null;

  @DateOnly({ optional: true })
  validTo: string | null;

  /** Seven digits of the Classifier of Administrative Territories. */
  @Text({ max: 7, pattern: /^\d{7}$/ })
  atvk: string;

  @Text({ max: 120 })
  name: string;
}

/** What a coordinator writes about a municipality. */
export class MunicipalityDetails {
  /** Begins each family code: `JEL`. May be changed only as long as no family has a code. */
  @Text({ max: 3, pattern: /^[A-Z]{3}$/ })
  familyPrefix: string;

  /** What people say: „Jelgava”. */
  @Text({ max: 120 })
  name: string;

  /** The Latvian locative, since Latvian nouns inflect: „Jelgavā”. */
  @Text({ max: 120 })
  nameIn: string;

  /** Oldest first. A date before the first period belongs to the first: an old date is never refused. */
  @Parts(() => MunicipalityPeriod, { max: 20 })
  periods: MunicipalityPeriod[];
}

export class NewMunicipality extends MunicipalityDetails implements Ruled {
  @Reference()
  id: string;

  rules(): FieldProblem[] {
    return periodProblems(this.periods);
  }
}

export class MunicipalityChange extends MunicipalityDetails implements Ruled {
  @Count({ min: 1 })
  version: number;

  rules(): FieldProblem[] {
    return periodProblems(this.periods);
  }
}

/** A local government in which a mediator works or worked. */
export class MunicipalityView extends MunicipalityDetails {
  @Reference()
  id: string;

  /** Stable word for people and tests: `JELGAVA`. */
  @Text({ max: 40 })
  key: string;

  @Count({ min: 1 })
  version: number;
}

/** The code and name valid on that day; before the first period the first, after the last the last. */
export function periodOn<P extends { validFrom: string | null; validTo: string | null }>(
  periods: readonly P[],
  day: string,
): P | undefined {
  return (
    periods.find((p) => (p.validFrom === null || p.validFrom <= day) && (p.validTo === null || day <= p.validTo)) ??
    (day < (periods[0]?.validFrom ?? '') ? periods[0] : periods.at(-1))
  );
}

/** One period at least; each begins after the one before it has ended. */
function periodProblems(periods: readonly MunicipalityPeriod[]): FieldProblem[] {
  if (periods.length === 0) return [{ field: 'periods', code: 'required' }];
  return periods.flatMap(({ validFrom, validTo }, at): FieldProblem[] => {
    const before = periods[at - 1];
    const follows = !before || (before.validTo && validFrom && before.validTo < validFrom);
    if (!follows) return [{ field: `periods.${at}.validFrom`, code: 'beforeTheOther' }];
    const ends = !validFrom || !validTo || validFrom <= validTo;
    return ends ? [] : [{ field: `periods.${at}.validTo`, code: 'beforeTheOther' }];
  });
}
