import {
  accessEndpoints,
  consentEndpoints,
  newId,
  outcomeEndpoints,
  referralEndpoints,
  registrationEndpoints,
  reportEndpoints,
  unrecordedHelpEndpoints,
  visitEndpoints,
  type NewFamily,
  type OutcomeReport,
  type ReportFilter,
  type VisitCorrection,
} from '@tilts/domain';
import {
  aConsentToShare,
  aCorrection,
  aFamily,
  anAssistance,
  anOutcome,
  aReferral,
  aVisit,
  unrecordedHelp,
  type CityKey,
} from '@tilts/testing';
import { readSheet } from 'read-excel-file/node';
import { institutionId } from '../directory/directory-rows.js';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type TestApp } from '../test-app.js';

let app: TestApp;
let families: Record<'JELGAVA' | 'DOBELE' | 'RIGA', NewFamily[]>;
const month = new Date().toISOString().slice(0, 7);
// Never in the future, and in this month even on its first day.
const today = new Date().toISOString().slice(0, 10);

const ask = (project = app.projectId): ReportFilter => ({ from: month, to: month, project }) as ReportFilter;
const report = (): Promise<OutcomeReport> => app.as.evaluator().call(reportEndpoints.outcomes, { input: ask() });

async function register(city: CityKey, count: number): Promise<NewFamily[]> {
  const made = Array.from({ length: count }, () => aFamily({ municipalityId: municipalityId(city) }));
  for (const family of made) await app.as.mediator(city).call(registrationEndpoints.register, { input: family });
  return made;
}

async function visit(
  city: CityKey,
  family: NewFamily,
  stated: Partial<ReturnType<typeof aVisit>> = {},
): Promise<ReturnType<typeof aVisit>> {
  const made = aVisit(family, { day: today, ...stated });
  await app.as.mediator(city).call(visitEndpoints.create, { input: made });
  return made;
}

const forFirst = (family: NewFamily): ReturnType<typeof anAssistance> =>
  anAssistance({ personIds: [family.persons[0]?.id ?? ''] });

beforeAll(async () => {
  app = await startTestApp();
  families = {
    JELGAVA: await register('JELGAVA', 7),
    DOBELE: await register('DOBELE', 6),
    RIGA: await register('RIGA', 2),
  };
  // A hand count: Jelgava 7 families, 7 visits, 7 persons; Dobele 6, 6, 0; Rīga 2, 2, 0.
  for (const family of families.JELGAVA) await visit('JELGAVA', family, { assistance: [forFirst(family)] });
  for (const family of families.DOBELE) await visit('DOBELE', family, { channel: 'phone' });
  for (const family of families.RIGA) await visit('RIGA', family);
}, 60_000);
afterAll(() => app?.close());

test('what the hand count gives, with the small city and a second one hidden', async () => {
  const { totals, municipalities, months } = await report();
  expect(totals).toMatchObject({ familiesReached: 15, personsAssisted: 7, visits: 15, minutes: 450, mediators: 3 });
  expect(municipalities.map((row) => [row.name.split(' ')[0], row.familiesReached, row.visits])).toEqual([
    ['Dobeles', null, null],
    ['Jelgavas', 7, 7],
    ['Rīgas', null, null],
  ]);
  expect(months).toMatchObject([{ month, familiesReached: 15, visits: 15 }]);
});

test('what does not count: not reached, another capacity, voided; a correction counts once with its new figures', async () => {
  const before = await report();
  const [first] = families.JELGAVA as [NewFamily];
  await visit('JELGAVA', first, { reached: false });
  await visit('JELGAVA', first, {
    capacity: 'familyAssistant',
    assistance: [anAssistance({ personIds: [first.persons[1]?.id ?? ''] })],
  });
  const mistaken = await visit('JELGAVA', first);
  await app.as.mediator('JELGAVA').call(visitEndpoints.correct, {
    params: { id: mistaken.id },
    input: plain(aCorrection(mistaken, { voided: true })),
  });
  const after = await report();
  expect(after.totals).toEqual(before.totals);
  expect(after.trust.visitsNotReached).toBe((before.trust.visitsNotReached ?? 0) + 1);

  const short = await visit('JELGAVA', first);
  await app.as
    .mediator('JELGAVA')
    .call(visitEndpoints.correct, { params: { id: short.id }, input: plain(aCorrection(short, { minutes: 100 })) });
  const corrected = await report();
  expect(corrected.totals).toMatchObject({
    visits: (before.totals.visits ?? 0) + 1,
    minutes: (before.totals.minutes ?? 0) + 100,
    familiesReached: 15,
  });
});

test('a person counts as assisted only where an assistance names them; being met is not enough', async () => {
  const [, second] = families.JELGAVA as [NewFamily, NewFamily];
  const before = await report();
  const child = second.persons[1]?.id ?? '';
  await visit('JELGAVA', second, { metPersonIds: [child] });
  expect((await report()).totals.personsAssisted).toBe(before.totals.personsAssisted);
  await visit('JELGAVA', second, { assistance: [anAssistance({ personIds: [child] })] });
  expect((await report()).totals.personsAssisted).toBe((before.totals.personsAssisted ?? 0) + 1);
});

test('a family that moved counts once nationally and once in each city, its person too', async () => {
  const before = await report();
  const [old] = families.JELGAVA as [NewFamily];
  const [anew] = (await register('DOBELE', 1)) as [NewFamily];
  await app.owner.query('SELECT move_family($1, $2, $3, $4, $5::uuid[][], $6)', [
    municipalityId('JELGAVA'),
    old.id,
    municipalityId('DOBELE'),
    anew.id,
    old.persons.map((person, i) => [person.id, anew.persons[i]?.id]),
    today,
  ]);
  await visit('DOBELE', anew, { assistance: [forFirst(anew)] });
  const after = await report();
  expect(after.totals).toMatchObject({
    familiesReached: before.totals.familiesReached,
    personsAssisted: before.totals.personsAssisted,
    visits: (before.totals.visits ?? 0) + 1,
  });
  expect(after.municipalities.find((row) => row.name.startsWith('Jelgav'))?.familiesReached).toBe(7);
});

test('help without a record is counted apart', async () => {
  const before = await report();
  await app.as.mediator('RIGA').call(unrecordedHelpEndpoints.create, {
    input: unrecordedHelp({ municipalityId: municipalityId('RIGA'), day: today }),
  });
  expect((await report()).totals).toEqual({
    ...before.totals,
    helpedWithoutRecord: (before.totals.helpedWithoutRecord ?? 0) + 1,
  });
});

test('outcomes count dated facts and distinct families; a voided one is gone', async () => {
  const record = async (family: NewFamily, stated: Partial<ReturnType<typeof anOutcome>> = {}): Promise<string> => {
    const outcome = anOutcome(family, { day: today, type: 'gpRegistered', ...stated });
    await app.as.mediator('DOBELE').call(outcomeEndpoints.create, { input: outcome });
    return outcome.id;
  };
  for (const family of families.DOBELE) await record(family);
  const twice = await record(families.DOBELE[0] as NewFamily);
  const gpRegistered = async (): Promise<unknown> =>
    (await report()).outcomes.find((row) => row.type === 'gpRegistered');
  expect(await gpRegistered()).toEqual({ type: 'gpRegistered', families: 6, count: 7 });
  await record(families.DOBELE[0] as NewFamily, { voids: twice });
  expect(await gpRegistered()).toEqual({ type: 'gpRegistered', families: 6, count: 6 });
});

test('the referral funnel: each in one ending, few are hidden, a median with enough answers', async () => {
  const social = institutionId('DOBELE', 'socialService');
  const made: string[] = [];
  for (const family of families.DOBELE) {
    await app.as
      .mediator('DOBELE')
      .call(consentEndpoints.create, { input: aConsentToShare(family, { givenOn: today }) });
    const referral = aReferral(family, { institutionId: social });
    await app.as.mediator('DOBELE').call(referralEndpoints.create, { input: referral });
    await app.as
      .mediator('DOBELE')
      .call(referralEndpoints.move, { params: { id: referral.id }, input: { move: 'send' } });
    made.push(referral.id);
  }
  expect((await report()).referrals).toMatchObject({
    sent: 6,
    received: 0,
    unanswered: 6,
    accepted: 0,
    medianDaysToAnswer: null,
  });
  for (const id of made)
    await app.as.socialWorker('DOBELE').call(referralEndpoints.move, { params: { id }, input: { move: 'accept' } });
  await app.as
    .socialWorker('DOBELE')
    .call(referralEndpoints.move, { params: { id: made[0] ?? '' }, input: { move: 'complete', text: 'Gatavs' } });
  expect((await report()).referrals).toMatchObject({
    sent: 6,
    accepted: 6,
    completed: null,
    unanswered: 0,
    medianDaysToAnswer: 0,
  });
});

test('work counts in the project of its day and in no other', async () => {
  const other = newId();
  await app.owner.query(
    `INSERT INTO project (id, name, name_en, starts_on) VALUES ($1, 'Cits projekts', 'Another project', '2017-10-01')`,
    [other],
  );
  const { totals, municipalities } = await app.as.evaluator().call(reportEndpoints.outcomes, { input: ask(other) });
  expect(totals).toEqual({
    mediators: 0,
    familiesReached: 0,
    personsAssisted: 0,
    visits: 0,
    minutes: 0,
    helpedWithoutRecord: 0,
  });
  expect(municipalities).toEqual([]);
});

test('the CSV holds the same figures, and the word for hidden ones', async () => {
  const shown = await report();
  const text = await app.as.evaluator().call(reportEndpoints.outcomesCsv, { input: ask() });
  const lines = text.replace('\uFEFF', '').trim().split('\r\n');
  expect(lines[0]).toBe('Sadaļa,Rinda,Aile,Vērtība');
  expect(lines.find((line) => line.startsWith('Kopā,Kopā,Sasniegtās ģimenes,'))).toBe(
    `Kopā,Kopā,Sasniegtās ģimenes,${shown.totals.familiesReached}`,
  );
  expect(lines).toContain('Pa pašvaldībām,Rīgas valstspilsēta,Sasniegtās ģimenes,slēpts');
  expect(lines.filter((line) => line.endsWith(',slēpts')).length).toBe(
    nullsIn({ ...shown, needs: shown.needs, trust: {} }) + nullsIn(shown.trust),
  );
  expect(lines.some((line) => line.startsWith('Par pārskatu,Kā skaitīts,,'))).toBe(true);
});

test('the workbook holds the same figures, under a name that tells nothing', async () => {
  const { headers, bytes } = await app.as.evaluator().send(reportEndpoints.outcomesXlsx, { input: ask() });
  expect(headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  expect(headers.get('content-disposition')).toBe('attachment; filename="report.xlsx"');
  const cities = await readSheet(Buffer.from(bytes), 'Pa pašvaldībām');
  expect(cities.slice(1).map((row) => row.slice(2))).toEqual(
    (await report()).municipalities.map((row) =>
      [row.familiesReached, row.personsAssisted, row.visits, row.minutes].map((figure) => figure ?? 'slēpts'),
    ),
  );
});

test('a screen that was left open gives away no file: who downloads has proved themselves lately', async () => {
  await app.ageProofs(11);
  try {
    for (const file of [reportEndpoints.outcomesCsv, reportEndpoints.outcomesXlsx])
      expect(await app.as.evaluator().refused(file, { input: ask() })).toMatchObject({ code: 'STEP_UP_NEEDED' });
    expect((await report()).totals.mediators).toBe(3);
  } finally {
    await app.ageProofs(0);
  }
});

test('only an evaluator may ask, by HTTP and in the database; an unknown project is not there', async () => {
  for (const somebody of [app.as.mediator('JELGAVA'), app.as.socialWorker('JELGAVA'), app.as.coordinator()]) {
    expect(await somebody.refused(reportEndpoints.outcomes, { input: ask() })).toMatchObject({ code: 'NOT_FOUND' });
  }
  expect(await app.as.nobody().refused(reportEndpoints.outcomes, { input: ask() })).toMatchObject({
    code: 'SIGN_IN_NEEDED',
  });
  expect(await app.as.evaluator().refused(reportEndpoints.outcomes, { input: ask(newId()) })).toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(
    await app.as.evaluator().refused(reportEndpoints.outcomes, { input: { ...ask(), to: '2016-01' } as ReportFilter }),
  ).toMatchObject({ code: 'INVALID_INPUT' });
  const me = await app.as.mediator('JELGAVA').call(accessEndpoints.me);
  const sessions = (await app.owner.query('SELECT id FROM session WHERE account_id = $1', [me.id])) as { id: string }[];
  await expect(
    app.owner.transaction(async (manager) => {
      await manager.query(`SELECT set_config('app.session', $1, true)`, [sessions[0]?.id]);
      await manager.query(`SET LOCAL ROLE tilts_resolver`);
      await manager.query(`SELECT * FROM report_figures($1, '2017-01-01', '2030-01-01', '{}', '{}')`, [app.projectId]);
    }),
  ).rejects.toThrow('only an evaluator counts');
});

function plain(correction: VisitCorrection): VisitCorrection {
  return JSON.parse(JSON.stringify(correction)) as VisitCorrection;
}

function nullsIn(value: unknown): number {
  if (value === null) return 1;
  return typeof value === 'object'
    ? Object.values(value as object).reduce((sum: number, one) => sum + nullsIn(one), 0)
    : 0;
}
