import {
  addDays,
  consentEndpoints,
  dayOf,
  familyEndpoints,
  newId,
  outcomeEndpoints,
  registrationEndpoints,
  unrecordedHelpEndpoints,
  visitEndpoints,
  type NewFamily,
} from '@tilts/domain';
import { aConsentToShare, aCorrection, aFamily, anAssistance, aVisit, unrecordedHelp } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';

let app: TestApp;
let mediator: Somebody;
let stranger: Somebody;
let family: NewFamily;
const today = dayOf(new Date());

beforeAll(async () => {
  app = await startTestApp();
  mediator = app.as.mediator('JELGAVA');
  stranger = app.as.mediator('JELGAVA', 'second');
  family = await registered(mediator);
});
afterAll(() => app.close());

async function registered(by: Somebody): Promise<NewFamily> {
  const made = aFamily({ municipalityId: municipalityId('JELGAVA') });
  await by.call(registrationEndpoints.register, { input: made });
  return made;
}

describe('A visit', () => {
  it('is kept as it was logged, with help for named persons, results and the last contact', async () => {
    const [anna, peteris] = family.persons.map((person) => person.id) as [string, string];
    const visit = aVisit(family, {
      time: '14:30',
      metPersonIds: [anna, peteris],
      assistance: [anAssistance({ personIds: [peteris] }), anAssistance({ needArea: 'DOC', kind: 'fillForm' })],
      note: 'Runājām par skolu.',
      nextStep: 'Zvanīt skolai',
      nextStepOn: addDays(today, 3),
      outcomes: [{ id: newId(), type: 'enrolledSchool', personId: peteris }],
    });
    const made = await mediator.call(visitEndpoints.create, { input: visit });
    expect(made).toMatchObject({
      id: visit.id,
      familyId: family.id,
      time: '14:30',
      minutes: 30,
      note: 'Runājām par skolu.',
      nextStep: 'Zvanīt skolai',
      nextStepDoneOn: null,
      projectId: app.projectId,
      version: 1,
      versions: [],
    });
    expect([...made.metPersonIds].sort()).toEqual([anna, peteris].sort());
    expect(made.assistance.map(({ needArea, kind, personIds }) => [needArea, kind, personIds]).sort()).toEqual([
      ['DOC', 'fillForm', []],
      ['EDU', 'inform', [peteris]],
    ]);
    expect(await mediator.call(visitEndpoints.read, { params: { id: visit.id } })).toEqual(made);
    expect((await mediator.call(familyEndpoints.read, { params: { id: family.id } })).lastContactOn).toBe(today);
    const { items } = await mediator.call(outcomeEndpoints.list, { input: { familyId: family.id } });
    expect(items).toMatchObject([{ visitId: visit.id, type: 'enrolledSchool', personId: peteris, day: today }]);
  });

  it('is sealed: the database holds no word of it', async () => {
    const visit = aVisit(family, { note: 'Ļoti slepena piezīme' });
    await mediator.call(visitEndpoints.create, { input: visit });
    const [row] = await app.owner.query<{ text: string }[]>('SELECT v::text AS text FROM visit v WHERE id = $1', [
      visit.id,
    ]);
    expect(row?.text).not.toContain('slepena');
    expect(row?.text).not.toContain(Buffer.from('slepena').toString('hex'));
  });

  it('sent again answers as the first time; with other words it is refused', async () => {
    const visit = aVisit(family, { note: 'Vienreiz', assistance: [anAssistance(), anAssistance({ needArea: 'HOU' })] });
    const first = await mediator.call(visitEndpoints.create, { input: visit });
    const shuffled = aVisit(family, {
      ...visit,
      assistance: [...visit.assistance].reverse(),
      needAreas: [...visit.needAreas].reverse(),
    });
    expect(await mediator.call(visitEndpoints.create, { input: shuffled })).toEqual(first);
    for (const other of [
      { note: 'Citādi' },
      { minutes: 31 },
      { outcomes: [{ id: newId(), type: 'inWork' as const, personId: null }] },
    ]) {
      expect(
        await mediator.refused(visitEndpoints.create, { input: aVisit(family, { ...visit, ...other }) }),
      ).toMatchObject({ code: 'ID_TAKEN', status: 409 });
    }
  });

  it('sent twice at the same time is one visit', async () => {
    const visit = aVisit(family, { outcomes: [{ id: newId(), type: 'gpRegistered', personId: null }] });
    const answers = await Promise.all([1, 2, 3].map(() => mediator.call(visitEndpoints.create, { input: visit })));
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    const counted = await app.owner.query<unknown[]>('SELECT id FROM visit WHERE visit_id = $1', [visit.id]);
    expect(counted).toHaveLength(1);
  });

  it('needs an assignment on its day', async () => {
    const early = aVisit(family, { day: '2017-09-30' });
    expect(await mediator.refused(visitEndpoints.create, { input: early })).toMatchObject({ code: 'NO_ASSIGNMENT' });
    await mediator.call(visitEndpoints.create, { input: aVisit(family, { day: '2017-10-02' }) });
  });

  it('names only persons of the family', async () => {
    const other = await registered(mediator);
    const foreign = other.persons[0]?.id ?? '';
    for (const wrong of [
      { metPersonIds: [foreign] },
      { assistance: [anAssistance({ personIds: [foreign] })] },
      { outcomes: [{ id: newId(), type: 'inWork' as const, personId: foreign }] },
    ]) {
      expect(await mediator.refused(visitEndpoints.create, { input: aVisit(family, wrong) })).toMatchObject({
        code: 'INVALID_INPUT',
        fields: [{ code: 'notThere' }],
      });
    }
  });

  it('of somebody else’s family answers like a missing one, whatever is tried', async () => {
    const visit = aVisit(family);
    await mediator.call(visitEndpoints.create, { input: visit });
    const missing = await stranger.refused(visitEndpoints.read, { params: { id: newId() } });
    const tries = await Promise.all([
      stranger.refused(visitEndpoints.read, { params: { id: visit.id } }),
      stranger.refused(visitEndpoints.correct, { params: { id: visit.id }, input: aCorrection(visit) }),
      stranger.refused(visitEndpoints.finishNextStep, { params: { id: visit.id } }),
      stranger.refused(visitEndpoints.create, { input: aVisit(family) }),
      stranger.refused(visitEndpoints.create, { input: aVisit(await registered(stranger), { id: visit.id }) }),
    ]);
    for (const refused of tries) expect({ ...refused, requestId: '' }).toEqual({ ...missing, requestId: '' });
    expect((await stranger.call(visitEndpoints.list, { input: { familyId: family.id } })).items).toEqual([]);
  });
});

describe('A correction', () => {
  it('is a new version that keeps the old one', async () => {
    const own = await registered(mediator);
    const visit = aVisit(own, { note: 'Pirmā', assistance: [anAssistance({ personIds: [own.persons[0]?.id ?? ''] })] });
    await mediator.call(visitEndpoints.create, { input: visit });
    const correction = aCorrection(visit, {
      minutes: 45,
      note: 'Otrā',
      day: addDays(today, -2),
      correctionReason: 'Cita diena',
    });
    const corrected = await mediator.call(visitEndpoints.correct, { params: { id: visit.id }, input: correction });
    expect(corrected).toMatchObject({
      id: visit.id,
      version: 2,
      minutes: 45,
      note: 'Otrā',
      day: addDays(today, -2),
      versions: [{ version: 1, correctionReason: null }],
    });
    expect(corrected.assistance).toMatchObject([{ needArea: 'EDU', personIds: [own.persons[0]?.id] }]);
    expect((await mediator.call(familyEndpoints.read, { params: { id: own.id } })).lastContactOn).toBe(
      addDays(today, -2),
    );
    expect((await mediator.call(visitEndpoints.list, { input: { familyId: own.id } })).items).toHaveLength(1);

    expect(await mediator.call(visitEndpoints.correct, { params: { id: visit.id }, input: correction })).toEqual(
      corrected,
    );
    expect(
      await mediator.refused(visitEndpoints.correct, {
        params: { id: visit.id },
        input: Object.assign(aCorrection(visit), correction, { minutes: 50 }),
      }),
    ).toMatchObject({ code: 'ID_TAKEN' });
    const late = aCorrection(visit, { minutes: 60 });
    expect(await mediator.refused(visitEndpoints.correct, { params: { id: visit.id }, input: late })).toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
  });

  it('may void a visit, which then can be corrected no more', async () => {
    const own = await registered(mediator);
    const visit = aVisit(own);
    await mediator.call(visitEndpoints.create, { input: visit });
    const voided = await mediator.call(visitEndpoints.correct, {
      params: { id: visit.id },
      input: aCorrection(visit, { voided: true }),
    });
    expect(voided).toMatchObject({ voided: true, version: 2 });
    expect((await mediator.call(familyEndpoints.read, { params: { id: own.id } })).lastContactOn).toBeNull();
    expect(
      await mediator.refused(visitEndpoints.correct, {
        params: { id: visit.id },
        input: aCorrection(visit, { version: 2 }),
      }),
    ).toMatchObject({ code: 'VISIT_VOIDED' });
  });

  it('that voids a visit takes back the results ticked in it, and no others', async () => {
    const own = await registered(mediator);
    const ticked = aVisit(own, { outcomes: [{ id: newId(), type: 'gpRegistered', personId: null }] });
    const other = aVisit(own, { outcomes: [{ id: newId(), type: 'flatRepaired', personId: null }] });
    for (const input of [ticked, other]) await mediator.call(visitEndpoints.create, { input });
    await mediator.call(visitEndpoints.correct, {
      params: { id: ticked.id },
      input: aCorrection(ticked, { voided: true }),
    });
    const { items } = await mediator.call(outcomeEndpoints.list, { input: { familyId: own.id } });
    expect(items.map((outcome) => outcome.type)).toEqual(['flatRepaired']);
  });

  it('writes nothing new about a family that took back its yes, but may still void', async () => {
    const own = await registered(mediator);
    const visit = aVisit(own);
    await mediator.call(visitEndpoints.create, { input: visit });
    const ended = aConsentToShare(own, { kind: 'record', withdraws: own.consent.id });
    await mediator.call(consentEndpoints.create, { input: ended });
    const params = { id: visit.id };
    expect(
      await mediator.refused(visitEndpoints.correct, { params, input: aCorrection(visit, { note: 'Vēl kaut kas' }) }),
    ).toMatchObject({ code: 'FAMILY_NEEDS_CONSENT' });
    const voided = aCorrection(visit, { voided: true, correctionReason: 'Ģimene atsauca piekrišanu' });
    expect(await mediator.call(visitEndpoints.correct, { params, input: voided })).toMatchObject({ voided: true });
  });

  it('of the day takes the results ticked in it along, and the first words are still known', async () => {
    const own = await registered(mediator);
    const visit = aVisit(own, { outcomes: [{ id: newId(), type: 'gpRegistered', personId: null }] });
    await mediator.call(visitEndpoints.create, { input: visit });
    await mediator.call(visitEndpoints.correct, {
      params: { id: visit.id },
      input: aCorrection(visit, { day: '2018-01-15' }),
    });
    const { items } = await mediator.call(outcomeEndpoints.list, { input: { familyId: own.id } });
    expect(items).toMatchObject([{ type: 'gpRegistered', day: '2018-01-15', visitId: visit.id }]);
    expect((await mediator.call(visitEndpoints.create, { input: visit })).version).toBe(2);
  });

  it('made twice at once wins once', async () => {
    const visit = aVisit(family);
    await mediator.call(visitEndpoints.create, { input: visit });
    const both = await Promise.all(
      [40, 50].map((minutes) =>
        mediator.send(visitEndpoints.correct, { params: { id: visit.id }, input: aCorrection(visit, { minutes }) }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

describe('The list of visits', () => {
  it('is newest first, paged without gaps, and narrowed by days', async () => {
    const own = await registered(mediator);
    const days = ['2018-01-05', '2018-03-01', '2018-03-01', '2018-02-10', '2017-12-31'];
    for (const day of days) await mediator.call(visitEndpoints.create, { input: aVisit(own, { day }) });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: { items: { day: string }[]; next: string | null } = await mediator.call(visitEndpoints.list, {
        input: { familyId: own.id, limit: 2, after },
      });
      seen.push(...page.items.map((visit) => visit.day));
      after = page.next;
    } while (after !== null);
    expect(seen).toEqual([...days].sort().reverse());
    const { items } = await mediator.call(visitEndpoints.list, {
      input: { familyId: own.id, from: '2018-01-05', to: '2018-02-10' },
    });
    expect(items.map((visit) => visit.day)).toEqual(['2018-02-10', '2018-01-05']);
  });

  it('shows next steps that wait, late ones first, until they are done', async () => {
    const own = await registered(mediator);
    const steps = [addDays(today, 7), addDays(today, -20), addDays(today, 1)].map((nextStepOn) =>
      aVisit(own, { day: addDays(today, -30), nextStep: 'Piezvanīt', nextStepOn }),
    );
    for (const visit of [...steps, aVisit(own)]) await mediator.call(visitEndpoints.create, { input: visit });
    const waiting = async (): Promise<string[]> =>
      (await mediator.call(visitEndpoints.list, { input: { familyId: own.id, nextStepOpen: true } })).items.map(
        (visit) => visit.id,
      );
    const [later, late, soon] = steps.map((visit) => visit.id) as [string, string, string];
    expect(await waiting()).toEqual([late, soon, later]);
    await mediator.call(visitEndpoints.finishNextStep, { params: { id: late } });
    await mediator.call(visitEndpoints.finishNextStep, { params: { id: late } });
    expect(await waiting()).toEqual([soon, later]);
    expect((await mediator.call(visitEndpoints.read, { params: { id: late } })).nextStepDoneOn).toBe(today);
  });
});

describe('My own months', () => {
  it('count this month and the last one, without voided visits and without colleagues', async () => {
    const own = await registered(stranger);
    const visits = [
      aVisit(own, { minutes: 20 }),
      aVisit(own, { minutes: 25, reached: false }),
      aVisit(own),
      aVisit(own, { day: addDays(`${today.slice(0, 7)}-01`, -1), minutes: 5 }),
    ];
    for (const visit of visits) await stranger.call(visitEndpoints.create, { input: visit });
    const voided = visits[2];
    if (voided)
      await stranger.call(visitEndpoints.correct, {
        params: { id: voided.id },
        input: aCorrection(voided, { voided: true }),
      });
    const { items } = await stranger.call(visitEndpoints.ownMonths);
    expect(items).toEqual([
      { month: today.slice(0, 7), visits: 2, minutes: 45 },
      { month: addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7), visits: 1, minutes: 5 },
    ]);
  });
});

describe('Help without a record', () => {
  it('is counted once, only where and when one works', async () => {
    const help = unrecordedHelp({ municipalityId: municipalityId('JELGAVA') });
    expect(await mediator.call(unrecordedHelpEndpoints.create, { input: help })).toEqual({ id: help.id });
    expect(await mediator.call(unrecordedHelpEndpoints.create, { input: help })).toEqual({ id: help.id });
    expect(
      await mediator.refused(unrecordedHelpEndpoints.create, { input: unrecordedHelp({ ...help, minutes: 99 }) }),
    ).toMatchObject({ code: 'ID_TAKEN' });
    expect(
      await mediator.refused(unrecordedHelpEndpoints.create, {
        input: unrecordedHelp({ municipalityId: municipalityId('RIGA') }),
      }),
    ).toMatchObject({ code: 'NO_ASSIGNMENT' });
    expect(await app.owner.query('SELECT minutes FROM unrecorded_help')).toEqual([{ minutes: 20 }]);
  });
});
