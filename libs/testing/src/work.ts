import {
  AssistanceDetails,
  dayOf,
  newId,
  NewOutcome,
  NewReferral,
  NewUnrecordedHelp,
  NewVisit,
  VisitCorrection,
} from '@tilts/domain';

/** Education help for the family; name persons to make them count as assisted. */
export function anAssistance(stated: Partial<AssistanceDetails> = {}): AssistanceDetails {
  return Object.assign(new AssistanceDetails(), {
    id: newId(),
    needArea: 'EDU' as const,
    kind: 'inform' as const,
    personIds: [],
    ...stated,
  });
}

const today = (): string => dayOf(new Date());

/** Half an hour at home today about the needs of its assistance; without any, about education. */
export function aVisit(family: { id: string }, stated: Partial<NewVisit> = {}): NewVisit {
  const assistance =
    stated.assistance ??
    (stated.reached === false ? [] : [anAssistance(stated.needAreas?.[0] ? { needArea: stated.needAreas[0] } : {})]);
  return Object.assign(new NewVisit(), {
    id: newId(),
    familyId: family.id,
    day: today(),
    time: null,
    minutes: 30,
    channel: 'homeVisit' as const,
    place: 'home' as const,
    capacity: 'mediator' as const,
    reached: true,
    metPersonIds: [],
    needAreas:
      stated.reached === false
        ? []
        : [...new Set(assistance.map((help) => help.needArea).concat(assistance.length === 0 ? ['EDU'] : []))],
    note: null,
    nextStep: null,
    nextStepOn: null,
    outcomes: [],
    ...stated,
    assistance,
  });
}

/** The same visit with other minutes; `voided` needs a reason. */
export function aCorrection(
  visit: NewVisit & { version?: number },
  stated: Partial<VisitCorrection> = {},
): VisitCorrection {
  const { familyId: _family, outcomes: _outcomes, id: _id, rules: _rules, ...details } = visit;
  return Object.assign(new VisitCorrection(), {
    ...details,
    id: newId(),
    version: visit.version ?? 1,
    voided: false,
    correctionReason: stated.voided ? 'Ierakstīts divreiz' : null,
    ...stated,
  });
}

export function anOutcome(family: { id: string }, stated: Partial<NewOutcome> = {}): NewOutcome {
  return Object.assign(new NewOutcome(), {
    id: newId(),
    familyId: family.id,
    type: 'documentObtained' as const,
    personId: null,
    day: today(),
    voids: null,
    ...stated,
  });
}

/** Help for somebody who did not want to be recorded. */
export function unrecordedHelp(
  stated: Pick<NewUnrecordedHelp, 'municipalityId'> & Partial<NewUnrecordedHelp>,
): NewUnrecordedHelp {
  return Object.assign(new NewUnrecordedHelp(), {
    id: newId(),
    day: today(),
    needArea: 'SOC' as const,
    kind: 'inform' as const,
    minutes: 20,
    ...stated,
  });
}

/** A draft to social services; needs a consent to share (`aConsentToShare`). */
export function aReferral(
  family: { id: string; persons: readonly { id: string }[] },
  stated: Pick<NewReferral, 'institutionId'> & Partial<NewReferral>,
): NewReferral {
  return Object.assign(new NewReferral(), {
    id: newId(),
    familyId: family.id,
    personId: family.persons[0]?.id ?? newId(),
    serviceId: null,
    needArea: 'SOC' as const,
    request: 'Palīdzība ar dokumentiem maznodrošinātas mājsaimniecības statusam.',
    travels: ['lastName', 'phone'] satisfies NewReferral['travels'],
    ground: 'consent' as const,
    groundReason: null,
    ...stated,
  });
}
