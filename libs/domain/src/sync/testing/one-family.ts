import { aCorrection, aVisit } from '@tilts/testing';
import {
  answerOf,
  declaredOf,
  directoryEndpoints,
  FamilyChange,
  mediatorEndpoints,
  municipalityEndpoints,
  newestNotices,
  newId,
  noticeEndpoints,
  outputOf,
  overlay,
  PersonChange,
  unreadNotices,
  VisitDetails,
  type AnyOperation,
  type Given,
  type NoticeView,
  type OutputOf,
} from '../../index.js';
import * as held from './held-copy.js';
import {
  aBundle,
  aCopy,
  commandsOf,
  heldFamily,
  heldOutcome,
  heldPerson,
  heldReferral,
  heldVisit,
  page,
  reference,
} from './held-copy.js';

/** A family with something of everything, as a phone holds it. */
export const family = heldFamily({ code: 'JEL-0012', lastContactOn: '2026-11-01' });
export const [anna, child] = [heldPerson(family), heldPerson(family, { birthYear: 2015 })];
export const record = held.heldConsent(family);
export const [share, sharedOfChild] = [
  held.heldConsent(family, { kind: 'share', purpose: 'SOC', recipientKind: 'socialService', givenOn: '2026-02-01' }),
  held.heldConsent(family, {
    kind: 'share',
    purpose: 'SOC',
    recipientKind: 'socialService',
    personId: child.id,
    givenOn: '2026-03-01',
  }),
];
export const visit = heldVisit(family, { day: '2026-11-01', nextStep: 'Zvanīt', nextStepOn: '2026-11-24' });
export const outcome = heldOutcome(family, { visitId: visit.id, day: visit.day });
export const asked = (status: 'inProgress' | 'moreInfoNeeded', move: 'start' | 'askMore') =>
  ({ id: newId(), move, status, side: 'receiver', by: 'Anna K.', at: held.now, reason: null, text: null }) as const;
export const [draft, questioned] = [
  heldReferral(family, { status: 'draft', personId: child.id }),
  heldReferral(family, {
    status: 'moreInfoNeeded',
    events: [asked('inProgress', 'start'), asked('moreInfoNeeded', 'askMore')],
  }),
];
export const notice: NoticeView = {
  id: newId(),
  kind: 'received',
  referralId: draft.id,
  referralNumber: '2026-0001',
  at: held.now,
  read: false,
};
export const assignment = {
  ...{ id: newId(), projectId: held.project, municipalityId: held.jelgava.id, mediatorId: held.me.id },
  ...{ startsOn: '2026-01-01', endsOn: null, hoursPerWeek: 20, mediatorName: held.me.name, version: 1 },
};

export const correction = (stated: object) =>
  aCorrection(Object.assign(aVisit(family), declaredOf(VisitDetails, visit)), stated);
/** What the forms send: what they read, with something else in it. */
export const familyChange = (stated: object) => ({
  ...declaredOf(FamilyChange, family as never),
  closeReason: null,
  ...stated,
});
export const personChange = (stated: object) => ({ ...declaredOf(PersonChange, child as never), ...stated });

/** Nothing of it may be changed: what is laid over a copy is another copy. */
export const copy = frozen(
  aCopy({
    bundles: [
      aBundle(),
      aBundle({
        family,
        persons: [anna, child],
        consents: [record, share, sharedOfChild],
        outcomes: [outcome],
        visits: [visit],
        referrals: [draft, questioned],
      }),
    ],
    reference: reference(
      [municipalityEndpoints.list, {}, page([held.jelgava])],
      [mediatorEndpoints.assignments, {}, page([assignment])],
      [directoryEndpoints.institutions, {}, page([held.office])],
      [directoryEndpoints.workingYear, { year: 2026 }, held.year2026],
      [directoryEndpoints.workingYear, { year: 2027 }, { year: 2027, holidays: [], exceptions: [] }],
      [noticeEndpoints.list, newestNotices, page([notice])],
      [noticeEndpoints.list, unreadNotices, page([notice])],
    ),
  }),
);

export function frozen<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) frozen(part as object);
  return Object.freeze(value);
}

/** What the pages see, and what the call gives, once these were done one after another. */
export function done(...asked: Parameters<typeof commandsOf>) {
  const after = overlay(copy, commandsOf(...asked));
  const [operation, given] = asked.at(-1) ?? [];
  return {
    after,
    output: operation && given ? outputOf(operation, given, after) : undefined,
    ask: <E extends AnyOperation>(of: E, question: Given = {}) => answerOf(of, question, after) as OutputOf<E>,
  };
}
export const ofFamily = { input: { familyId: family.id } };
export const to = ({ id }: { id: string }, input: object = {}): Given => ({ params: { id }, input });
