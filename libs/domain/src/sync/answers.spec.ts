import {
  accessEndpoints,
  addDays,
  allEndpoints,
  answerOf,
  codeListEndpoints,
  consentEndpoints,
  directoryEndpoints,
  draftEndpoints,
  endpoint,
  familyEndpoints,
  mayDo,
  mediatorEndpoints,
  municipalityEndpoints,
  newId,
  noticeEndpoints,
  officeOnly,
  operationOf,
  outcomeEndpoints,
  personEndpoints,
  phoneAnswers,
  referralEndpoints,
  visitEndpoints,
  type AnyOperation,
  type HeldCopy,
  type Page,
} from '../index.js';
import * as held from './testing/held-copy.js';
import { aCopy, page, today } from './testing/held-copy.js';
import {
  ask,
  assignment,
  copy,
  draft,
  earlierDraft,
  idsOf,
  message,
  national,
  old,
  one,
  other,
  outcomes,
  project,
  read,
  referrals,
  share,
  unknown,
  unread,
  visits,
  yes,
  young,
} from './testing/two-families.js';

/** Questions of a mediator that nobody thought about: neither answered on the phone nor said to need the network. */
function forgotten(endpoints: readonly AnyOperation[]): string[] {
  return endpoints
    .filter(({ method, permission }) => method === 'GET' && permission !== 'public' && mayDo('mediator', permission))
    .map(operationOf)
    .filter((operation) => !phoneAnswers.has(operation) && !officeOnly.includes(operation));
}

describe('Every question of a mediator', () => {
  it('is answered on the phone or stands among those that need the network', () => {
    expect(forgotten(allEndpoints)).toEqual([]);
    const planted = endpoint({ method: 'GET', path: '/planted', permission: 'visit:read', summary: '', output: null });
    expect(forgotten([...allEndpoints, planted])).toEqual(['GET /planted']);
  });

  it('is in one of the two, and exists', () => {
    const operations = new Set(allEndpoints.map(operationOf));
    for (const operation of [...phoneAnswers.keys(), ...officeOnly]) expect(operations).toContain(operation);
    expect(officeOnly.filter((operation) => phoneAnswers.has(operation))).toEqual([]);
  });
});

describe('A list', () => {
  const lists: [what: string, endpoint: AnyOperation, input: object, rows: readonly { id: string }[]][] = [
    ['families by code', familyEndpoints.list, {}, [other, one]],
    [
      'persons of a family, oldest first, those who left too',
      personEndpoints.list,
      { familyId: one.id },
      [old, young, unknown],
    ],
    ['all persons', personEndpoints.list, {}, [old, young, unknown]],
    ['consents, newest first', consentEndpoints.list, { familyId: one.id }, [share, yes]],
    ['outcomes of a family', outcomeEndpoints.list, { familyId: one.id }, [outcomes[1], outcomes[0]]],
    ['all outcomes', outcomeEndpoints.list, {}, [outcomes[1], outcomes[0]]],
    ['visits of a family', visitEndpoints.list, { familyId: one.id }, [visits.late, visits.early]],
    [
      'all visits, newest first',
      visitEndpoints.list,
      {},
      [visits.late, visits.done, visits.urgent, visits.void, visits.early],
    ],
    [
      'visits from a day to a day',
      visitEndpoints.list,
      { from: '2026-11-01', to: '2026-11-02' },
      [visits.urgent, visits.void],
    ],
    ['next steps, the most urgent first', visitEndpoints.list, { nextStepOpen: true }, [visits.urgent, visits.early]],
    ['next steps of a family', visitEndpoints.list, { nextStepOpen: true, familyId: one.id }, [visits.early]],
    ['drafts, newest first', draftEndpoints.list, {}, [draft, earlierDraft]],
    [
      'referrals that wait, overdue first, drafts last',
      referralEndpoints.list,
      { board: 'waiting' },
      [referrals.overdue, referrals.draft],
    ],
    ['referrals in work', referralEndpoints.list, { board: 'inWork' }, [referrals.work]],
    [
      'answered referrals by their first answer',
      referralEndpoints.list,
      { board: 'answered' },
      [referrals.new, referrals.old],
    ],
    [
      'all referrals',
      referralEndpoints.list,
      {},
      [referrals.overdue, referrals.work, referrals.draft, referrals.new, referrals.old],
    ],
    ['referrals of a family', referralEndpoints.list, { familyId: other.id }, [referrals.work, referrals.new]],
    ['notices, newest first', noticeEndpoints.list, { limit: 100 }, [unread, read]],
    ['notices that nobody read', noticeEndpoints.list, { unread: true, limit: 100 }, [unread]],
    ['notices that were read', noticeEndpoints.list, { unread: false }, [read]],
    ['institutions in the order of their kinds', directoryEndpoints.institutions, {}, [held.office, national]],
    ['institutions elsewhere', directoryEndpoints.institutions, { municipalityId: newId() }, [national]],
    ['institutions that help with a need', directoryEndpoints.institutions, { needArea: 'DOC' }, [national]],
    ['institutions whose service rests', directoryEndpoints.institutions, { needArea: 'EMP' }, []],
    ['municipalities', municipalityEndpoints.list, {}, [held.jelgava]],
    ['projects', mediatorEndpoints.projects, {}, [project]],
    ['assignments', mediatorEndpoints.assignments, { projectId: held.project }, [assignment]],
    ['assignments of another project', mediatorEndpoints.assignments, { projectId: newId() }, []],
  ];
  it.each(lists)('of %s', (_what, endpoint, input, rows) => {
    expect(idsOf(ask(endpoint, { input }))).toEqual(rows.map(({ id }) => id));
  });

  it('of messages stands under its referral', () => {
    expect(ask(referralEndpoints.messages, { params: { id: referrals.overdue.id } })).toEqual(page([message]));
    expect(ask(referralEndpoints.messages, { params: { id: referrals.draft.id } })).toEqual(page([]));
  });

  it('of visits and referrals leaves out their history, which one of them shows', () => {
    const first = (endpoint: AnyOperation, input: object) => (ask(endpoint, { input }) as Page<object>).items[0];
    expect(first(visitEndpoints.list, { familyId: one.id })).toEqual({ ...visits.late, versions: [] });
    expect(ask(visitEndpoints.read, { params: { id: visits.late.id } })).toBe(visits.late);
    expect(first(referralEndpoints.list, { board: 'answered' })).toMatchObject({ id: referrals.new.id, events: [] });
    expect(ask(referralEndpoints.read, { params: { id: referrals.new.id } })).toMatchObject({
      events: [{ status: 'declined' }],
    });
  });

  it('of one that is read alone is that one', () => {
    for (const [endpoint, row] of [
      [familyEndpoints.read, one],
      [personEndpoints.read, young],
      [draftEndpoints.read, draft],
    ] as const)
      expect(ask(endpoint, { params: { id: row.id } })).toBe(row);
  });
});

describe('What is not held here', () => {
  it('is asked of the office', () => {
    const id = newId();
    for (const operation of [familyEndpoints, personEndpoints, visitEndpoints, referralEndpoints, draftEndpoints])
      expect(ask(operation.read, { params: { id } })).toBeUndefined();
    expect(ask(referralEndpoints.messages, { params: { id } })).toBeUndefined();
    for (const operation of [personEndpoints, consentEndpoints, outcomeEndpoints, visitEndpoints, referralEndpoints])
      expect(ask(operation.list, { input: { familyId: id } })).toBeUndefined();
    expect(ask(directoryEndpoints.workingYear, { input: { year: 2020 } })).toBeUndefined();
    expect(ask(accessEndpoints.sessions)).toBeUndefined();
    const empty = aCopy();
    for (const { list } of [noticeEndpoints, municipalityEndpoints]) expect(ask(list, {}, empty)).toBeUndefined();
    for (const endpoint of [
      mediatorEndpoints.projects,
      mediatorEndpoints.assignments,
      directoryEndpoints.institutions,
      codeListEndpoints.wordings,
    ])
      expect(ask(endpoint, {}, empty)).toBeUndefined();
  });

  it('is everything that is asked of all families while some are still fetched', () => {
    const partly = { ...copy, complete: false };
    for (const { list } of [familyEndpoints, personEndpoints, outcomeEndpoints, visitEndpoints, referralEndpoints]) {
      expect(ask(list, {}, partly)).toBeUndefined();
      expect(ask(list)).toBeDefined();
    }
    expect(ask(visitEndpoints.ownMonths, {}, partly)).toBeUndefined();
    expect(idsOf(ask(visitEndpoints.list, { input: { familyId: one.id } }, partly))).toHaveLength(2);
  });
});

describe('What depends on the day', () => {
  it('is counted for today: own numbers are whose who logged it', () => {
    expect(ask(visitEndpoints.ownMonths)).toEqual(
      page([
        { month: '2026-11', visits: 2, minutes: 55 },
        { month: '2026-10', visits: 1, minutes: visits.early.minutes },
      ]),
    );
  });

  it('are working days as the institution counts them', () => {
    const days = (of: HeldCopy) =>
      answerOf(referralEndpoints.read, { params: { id: referrals.overdue.id } }, of) as {
        daysLeft: number;
        age: number;
      };
    // Sent on Thursday 12 November; the 18th is a holiday; due on the 19th.
    expect(days(copy)).toMatchObject({ daysLeft: -2, age: 6 });
    // The Saturday of the 28th is worked by those who follow moved days.
    expect(days({ ...copy, today: '2026-11-30' })).toMatchObject({ daysLeft: -8, age: 12 });
    expect(days({ ...copy, reference: {} })).toMatchObject({
      daysLeft: referrals.overdue.daysLeft,
      age: referrals.overdue.age,
    });
    const closed = answerOf(referralEndpoints.read, { params: { id: referrals.new.id } }, copy);
    expect(closed).toMatchObject({ daysLeft: null, age: null });
    expect(answerOf(referralEndpoints.read, { params: { id: referrals.draft.id } }, copy)).toMatchObject({
      daysLeft: null,
      age: null,
    });
    const dueBy = (answerOf(directoryEndpoints.institutions, {}, copy) as Page<{ answerBy: string }>).items;
    expect(dueBy.map(({ answerBy }) => answerBy)).toEqual(['2026-11-28', '2026-11-30']);
  });

  it('is where somebody works, and which codes forms leave out', () => {
    const places = (of: HeldCopy) => (answerOf(accessEndpoints.me, {}, of) as typeof held.me).workPlaces;
    expect(places(copy)).toEqual(held.me.workPlaces);
    expect(places({ ...copy, today: '2025-12-31' })).toEqual([]);
    expect(places({ ...copy, reference: {} })).toEqual(held.me.workPlaces);
    const isRetired = (of: HeldCopy) =>
      (answerOf(codeListEndpoints.wordings, {}, of) as Page<{ retired: boolean }>).items[0]?.retired;
    expect([isRetired(copy), isRetired({ ...copy, today: addDays(today, -1) })]).toEqual([true, false]);
  });
});
