import { DateOnly, Parts, Reference, Text } from '../fields/fields.js';

/** Code and name of a municipality while they were valid. ATVK codes are text: they begin with zeros. */
export class MunicipalityPeriod {
  @DateOnly({ optional: true })
  validFrom: string | null;

  @DateOnly({ optional: true })
  validTo: string | null;

  @Text({ max: 7 })
  atvk: string;

  @Text({ max: 120 })
  name: string;
}

/** A local government in which a mediator works or worked. */
export class MunicipalityView {
  @Reference()
  id: string;

  /** Stable word for people and tests: `JELGAVA`. */
  @Text({ max: 40 })
  key: string;

  /** Begins each family code: `JEL`. */
  @Text({ max: 3 })
  familyPrefix: string;

  /** What people say: „Jelgava”. */
  @Text({ max: 120 })
  name: string;

  /** The Latvian locative, since Latvian nouns inflect: „Jelgavā”. */
  @Text({ max: 120 })
  nameIn: string;

  /** Oldest first. A date before the first period belongs to the first: an old date is never refused. */
  @Parts(() => MunicipalityPeriod)
  periods: MunicipalityPeriod[];
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
