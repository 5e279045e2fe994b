import {
  answerOf,
  codeListEndpoints,
  directoryEndpoints,
  mediatorEndpoints,
  municipalityEndpoints,
  newId,
  newestNotices,
  noticeEndpoints,
  unreadNotices,
  type AnyOperation,
  type DraftView,
  type Given,
  type HeldCopy,
  type NoticeView,
  type Page,
} from '../../index.js';
import * as held from './held-copy.js';
import {
  aBundle,
  aCopy,
  heldFamily,
  heldOutcome,
  heldPerson,
  heldReferral,
  heldVisit,
  page,
  reference,
  today,
} from './held-copy.js';

/** Two families with what is asked about them, in no order. */
export const [one, other] = [heldFamily({ code: 'JEL-0002' }), heldFamily({ code: 'JEL-0001', status: 'closed' })];
export const [old, young, unknown] = [
  heldPerson(one, { birthYear: 1950 }),
  heldPerson(one, { birthYear: 2015, leftOn: '2026-01-01' }),
  heldPerson(one, { birthYear: null }),
];
export const [yes, share] = [held.heldConsent(one), held.heldConsent(one, { kind: 'share', givenOn: '2026-02-01' })];
export const visits = {
  late: heldVisit(one, {
    day: '2026-11-20',
    minutes: 10,
    versions: [{ version: 1, recordedAt: held.now, recordedBy: held.me.name, correctionReason: null }],
    version: 2,
    recordedBy: 'Cita M.',
  }),
  early: heldVisit(one, { day: '2026-10-01', nextStep: 'Zvanīt skolai', nextStepOn: '2026-12-02' }),
  urgent: heldVisit(other, { day: '2026-11-02', nextStep: 'Pases', nextStepOn: '2026-11-24', minutes: 45 }),
  done: heldVisit(other, {
    day: '2026-11-03',
    nextStep: 'Pases',
    nextStepOn: '2026-11-24',
    nextStepDoneOn: '2026-11-10',
    recordedBy: 'Cita M.',
  }),
  void: heldVisit(other, { day: '2026-11-01', nextStep: 'Pases', nextStepOn: '2026-11-24', voided: true }),
};
export const outcomes = [heldOutcome(one, { day: '2026-10-01' }), heldOutcome(one, { day: '2026-11-01' })] as const;
export const referrals = {
  draft: heldReferral(one, { status: 'draft' }),
  overdue: heldReferral(one, { dueOn: '2026-11-19', sentAt: '2026-11-12T10:00:00.000Z' }),
  work: heldReferral(other, { status: 'accepted' }),
  old: heldReferral(one, {
    status: 'completed',
    events: [event('accepted', '2026-03-01T10:00:00.000Z'), event('completed', '2026-06-01T10:00:00.000Z')],
  }),
  new: heldReferral(other, { status: 'declined', events: [event('declined', '2026-05-01T10:00:00.000Z')] }),
};
export const message = {
  id: newId(),
  side: 'receiver' as const,
  by: 'Anna K.',
  mine: false,
  at: held.now,
  text: 'Labdien!',
};
export const draft: DraftView = { id: newId(), kind: 'visit', familyId: one.id, content: '{}', savedAt: held.now };
export const earlierDraft = { ...draft, id: newId(), savedAt: `${today}T09:00:00.000Z` };
export const [unread, read] = [aNotice('2026-11-22', false), aNotice('2026-11-21', true)];
export const national = {
  ...held.office,
  id: newId(),
  municipalityId: null,
  kind: 'ngo' as const,
  followsMovedDays: false,
  services: [aService('DOC', 'active'), aService('EMP', 'inactive')],
};
export const assignment = {
  ...{ id: newId(), projectId: held.project, municipalityId: held.jelgava.id, mediatorId: held.me.id },
  ...{ startsOn: '2026-01-01', endsOn: null, hoursPerWeek: 20, mediatorName: held.me.name, version: 1 },
};
export const retired = { list: 'visits.channel', code: 'street', retired: false, retiredOn: today };
export const project = {
  id: held.project,
  name: '',
  nameEn: '',
  grantNumber: null,
  startsOn: '2026-01-01',
  endsOn: null,
  funder: null,
  funderEn: null,
  version: 1,
};

export function event(status: 'accepted' | 'completed' | 'declined', at: string) {
  const move = status === 'accepted' ? 'accept' : status === 'declined' ? 'decline' : 'complete';
  return { id: newId(), move, status, side: 'receiver', by: 'Anna K.', at, reason: null, text: null } as const;
}
export function aNotice(day: string, isRead: boolean): NoticeView {
  return {
    id: newId(),
    kind: 'received',
    referralId: newId(),
    referralNumber: '2026-0001',
    at: `${day}T10:00:00.000Z`,
    read: isRead,
  };
}
export function aService(area: 'DOC' | 'EMP', status: string) {
  const plain = { name: '', description: null, requiredDocuments: null, fees: null, version: 1 };
  return { ...plain, id: newId(), needAreas: [area], status };
}

export const copy = aCopy({
  bundles: [
    aBundle({
      family: one,
      persons: [unknown, young, old],
      consents: [yes, share],
      visits: [visits.late, visits.early],
      outcomes: [...outcomes],
      referrals: [referrals.draft, referrals.overdue, referrals.old],
      messages: [{ referralId: referrals.overdue.id, messages: [message] }],
    }),
    aBundle({
      family: other,
      visits: [visits.done, visits.urgent, visits.void],
      referrals: [referrals.work, referrals.new],
    }),
  ],
  drafts: [earlierDraft, draft],
  reference: reference(
    [directoryEndpoints.institutions, {}, page([held.office, national])],
    [directoryEndpoints.workingYear, { year: 2026 }, held.year2026],
    [directoryEndpoints.workingYear, { year: 2027 }, { year: 2027, holidays: [], exceptions: [] }],
    [municipalityEndpoints.list, {}, page([held.jelgava])],
    [mediatorEndpoints.projects, {}, page([project])],
    [mediatorEndpoints.assignments, {}, page([assignment])],
    [codeListEndpoints.wordings, {}, page([retired])],
    [noticeEndpoints.list, newestNotices, page([unread, read])],
    [noticeEndpoints.list, unreadNotices, page([unread])],
  ),
});

export const idsOf = (answer: unknown): unknown =>
  (answer as Page<{ id: string }> | undefined)?.items.map(({ id }) => id);
export const ask = (endpoint: AnyOperation, given: Given = {}, of: HeldCopy = copy): unknown =>
  answerOf(endpoint, given, of);
