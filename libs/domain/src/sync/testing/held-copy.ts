import { aFamily, anInstitution, anOutcome, aPerson, aReferral, aVisit } from '@tilts/testing';
import {
  contentOf,
  declaredOf,
  FamilyDetails,
  heldSince,
  movesOffered,
  newId,
  operationOf,
  PersonDetails,
  referenceKey,
  VisitDetails,
  type AnyOperation,
  type Command,
  type ConsentView,
  type FamilyBundle,
  type FamilyView,
  type Given,
  type HeldCopy,
  type InstitutionView,
  type Me,
  type MunicipalityView,
  type OutcomeView,
  type PersonView,
  type ReferralSent,
  type VisitView,
  type WorkingYear,
} from '../../index.js';

/** A copy as a phone holds it, a Monday in November. Each builder gives a valid thing; a test states only what matters to it. */
export const today = '2026-11-23';
export const now = `${today}T10:00:00.000Z`;

export const jelgava: MunicipalityView = {
  id: newId(),
  key: 'JELGAVA',
  familyPrefix: 'JEL',
  name: 'Jelgava',
  nameIn: 'Jelgavā',
  periods: [],
  version: 1,
};

export const me: Me = {
  id: newId(),
  role: 'mediator',
  language: 'lv',
  name: 'Ilze B.',
  email: 'ilze@tilts.test',
  institution: null,
  controller: 'Fonds',
  secondFactor: 'none',
  mustSetSecondFactor: false,
  passwordResetAt: null,
  workPlaces: [{ municipalityId: jelgava.id, name: jelgava.name }],
};

export function heldFamily(stated: Partial<FamilyView> = {}): FamilyView {
  return {
    ...declaredOf(FamilyDetails, aFamily({ municipalityId: jelgava.id })),
    id: newId(),
    municipalityId: jelgava.id,
    code: 'JEL-0001',
    status: 'active',
    closeReason: null,
    openedOn: '2025-01-10',
    closedOn: null,
    lastContactOn: null,
    version: 1,
    ...stated,
  };
}

export function aBundle(stated: Partial<FamilyBundle> = {}): FamilyBundle {
  return {
    stamp: '1',
    since: heldSince(today),
    family: heldFamily(),
    persons: [],
    consents: [],
    outcomes: [],
    visits: [],
    hasOlderVisits: false,
    referrals: [],
    hasOlderReferrals: false,
    messages: [],
    ...stated,
  };
}

export function heldPerson(family: FamilyView, stated: Partial<PersonView> = {}): PersonView {
  const person = declaredOf(PersonDetails, aPerson({ familyId: family.id }));
  return { ...person, id: newId(), familyId: family.id, version: 1, leftOn: null, ...stated };
}

export function heldConsent(family: FamilyView, stated: Partial<ConsentView> = {}): ConsentView {
  return {
    id: newId(),
    familyId: family.id,
    personId: null,
    kind: 'record',
    purpose: null,
    recipientKind: null,
    giver: 'person',
    guardianId: null,
    givenOn: '2025-01-10',
    noticeVersion: '2026-11',
    recordedBy: me.name,
    recordedAt: now,
    withdrawnOn: null,
    ...stated,
  };
}

export function heldVisit(family: FamilyView, stated: Partial<VisitView> = {}): VisitView {
  return {
    ...declaredOf(VisitDetails, aVisit(family)),
    id: newId(),
    familyId: family.id,
    familyCode: family.code,
    projectId: project,
    day: today,
    version: 1,
    voided: false,
    correctionReason: null,
    nextStepDoneOn: null,
    recordedBy: me.name,
    recordedAt: now,
    versions: [],
    ...stated,
  };
}

export function heldOutcome(family: FamilyView, stated: Partial<OutcomeView> = {}): OutcomeView {
  const { id, type, familyId } = anOutcome(family);
  return {
    id,
    type,
    familyId,
    personId: null,
    visitId: null,
    day: today,
    recordedBy: me.name,
    recordedAt: now,
    ...stated,
  };
}

export const office: InstitutionView = {
  ...anInstitution(),
  id: newId(),
  municipalityId: jelgava.id,
  kind: 'socialService',
  name: 'Jelgavas Sociālo lietu pārvalde',
  answerDays: 5,
  followsMovedDays: true,
  answerBy: '2026-11-30',
  hasUsers: true,
  confirmedOn: null,
  services: [],
};

export function heldReferral(family: FamilyView, stated: Partial<ReferralSent> = {}): ReferralSent {
  const { id, familyId, personId, needArea, request, ground } = aReferral(
    { ...family, persons: [] },
    { institutionId: office.id },
  );
  const status = stated.status ?? 'sent';
  return {
    ...{ id, familyId, personId, needArea, request, ground },
    number: '2026-0001',
    status,
    municipalityId: family.municipalityId,
    institutionId: office.id,
    institution: office.name,
    institutionKind: office.kind,
    institutionHasUsers: true,
    service: null,
    person: null,
    groundReason: null,
    consentOn: null,
    familyCode: family.code,
    sentBy: me.name,
    sentAt: status === 'draft' ? null : '2026-11-20T10:00:00.000Z',
    dueOn: status === 'draft' ? null : '2026-11-27',
    daysLeft: 5,
    age: 0,
    takenBy: null,
    takenByMe: false,
    reference: null,
    version: 1,
    moves: movesOffered(status, 'sender'),
    events: [],
    ...stated,
  };
}

export const project = newId();

/** Weeks without holidays, but for Independence Day and a Saturday that only some work. */
export const year2026: WorkingYear = {
  year: 2026,
  holidays: [{ day: '2026-11-18', name: 'Latvijas Republikas proklamēšanas diena', nameEn: 'Independence Day' }],
  exceptions: [{ day: '2026-11-28', works: true, moved: true, note: 'Pārcelta darba diena' }],
};

/** Kept answers: endpoint, what was asked, what came. */
export function reference(...kept: [AnyOperation, object, unknown][]): Record<string, unknown> {
  return Object.fromEntries(kept.map(([endpoint, input, answer]) => [referenceKey(endpoint, { input }), answer]));
}

export function page<V>(items: V[], next: string | null = null): { items: V[]; next: string | null } {
  return { items, next };
}

export function aCopy(stated: Partial<HeldCopy> = {}): HeldCopy {
  return { complete: true, bundles: [], reference: {}, me, drafts: [], today, now, ...stated };
}

/** Commands in the order in which they are asked for. */
export function commandsOf(...asked: [AnyOperation, Given, object?][]): Command[] {
  return asked.map(([endpoint, { params = {}, input = {} }, base], at) => ({
    id: newId(),
    seq: at + 1,
    schema: 1,
    operation: operationOf(endpoint),
    content: contentOf(params, input),
    base: base ? JSON.stringify(base) : null,
    madeAt: now,
  }));
}
