import {
  accessEndpoints,
  familyEndpoints,
  mediatorEndpoints,
  noticeEndpoints,
  referralEndpoints,
  reportEndpoints,
  visitEndpoints,
  type OutcomeReport,
  type Role,
} from '@tilts/domain';
import { cityKeys, demoEmail, demoTotpSecret, mensNames, surnames, womensNames, type CityKey } from '@tilts/testing';
import { TOTP } from 'otpauth';
import { Client } from 'pg';
import { findInEveryColumn } from '../database/testing/find-in-every-column.js';
import { Somebody, startTestApp, type TestApp } from '../test-app.js';
import { Browser } from '../testing/browser.js';
import { loadDemo } from './load-demo.js';

const password = 'a password for the demo';
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
  const started = Date.now();
  expect(await loadDemo({ owner: app.owner.manager, seals: app.seals, password, now: new Date() })).toBe(true);
  // Two slow cores, five helpers: a warning rather than a bar.
  expect(Date.now() - started).toBeLessThan(30_000);
}, 90_000);
afterAll(() => app?.close());

const known = new Map<string, Somebody>();
function as(role: Role, city?: CityKey): Somebody {
  const email = demoEmail(role, city);
  const signIn = async (): Promise<{ id: string; token: string }> => {
    const { accessToken, me } = await app.as.nobody().call(accessEndpoints.signIn, { input: { email, password } });
    return { id: me.id, token: accessToken };
  };
  let signedIn: ReturnType<typeof signIn> | undefined;
  let found = known.get(email);
  if (!found) known.set(email, (found = new Somebody(app.address, () => (signedIn ??= signIn()))));
  return found;
}

async function reportOf(name: string, from: string, to: string): Promise<OutcomeReport> {
  const { items } = await as('evaluator').call(mediatorEndpoints.projects);
  const project = items.find((one) => one.name === name)?.id ?? '';
  return as('evaluator').call(reportEndpoints.outcomes, { input: { from, to, project } as never });
}

describe('Platform II', () => {
  test('the evaluator sees the figures of the founding document', async () => {
    const { totals, municipalities, threshold } = await reportOf('Latvijas romu platforma II', '2017-10', '2018-05');
    expect(totals).toMatchObject({ mediators: 5, familiesReached: 134, personsAssisted: 171, visits: 830 });
    expect(threshold).toBe(5);
    // The family that moved from Jelgava to Dobele counts in both.
    expect(
      municipalities.map((row) => [row.name, row.familiesReached, row.personsAssisted, row.visits, row.mediators]),
    ).toEqual([
      ['Dobeles novads', 19, 22, 96, 1],
      ['Jelgava', 31, 42, 208, 1],
      ['Rīga', 29, 36, 151, 1],
      ['Valmiera', 22, 27, 133, 1],
      ['Ventspils', 34, 45, 242, 1],
    ]);
  });

  test('a count written independently, in plain SQL as the owner, gives the same', async () => {
    const [counted] = (await app.owner.query(`
      WITH good AS (
        SELECT * FROM visit WHERE current = true AND voided = false AND reached = true AND capacity = 'mediator' AND day >= '2017-10-01' AND day < '2018-06-01'
          AND project_id = (SELECT id FROM project WHERE grant_number = '763963-NRP2-LV'))
      SELECT (SELECT count(*)::int FROM (SELECT DISTINCT i.identity FROM good g, family_identity i WHERE i.family_id = g.family_id) x) AS families,
        (SELECT count(*)::int FROM (SELECT DISTINCT i.identity FROM good g, assistance a, assistance_person p, person_identity i
          WHERE a.visit_row_id = g.id AND p.assistance_id = a.id AND i.person_id = p.person_id) x) AS persons,
        (SELECT count(*)::int FROM good) AS visits, (SELECT sum(minutes)::int FROM good) AS minutes,
        (SELECT count(DISTINCT mediator_id)::int FROM assignment WHERE project_id = (SELECT id FROM project WHERE grant_number = '763963-NRP2-LV')) AS mediators`)) as [
      Record<string, number>,
    ];
    const { totals } = await reportOf('Latvijas romu platforma II', '2017-10', '2018-05');
    expect(counted).toEqual({ families: 134, persons: 171, visits: 830, minutes: totals.minutes, mediators: 5 });
  });

  test('the counting rule is what makes these figures: without it more would be counted', async () => {
    const count = async (condition: string): Promise<number> => {
      const [row] = (await app.owner.query(
        `SELECT count(*)::int AS n FROM visit WHERE day <= '2018-05-31' AND ${condition}`,
      )) as [{ n: number }];
      return row.n;
    };
    for (const left of ['voided', 'NOT current', 'NOT reached', `capacity = 'familyAssistant'`])
      expect(await count(left)).toBeGreaterThan(0);
    const [{ families }] = (await app.owner.query(
      `SELECT count(*)::int AS families FROM family WHERE opened_on <= '2018-05-31'`,
    )) as [{ families: number }];
    expect(families).toBeGreaterThan(140);
  });

  test('every area, kind of help, channel and outcome comes up, and small figures are hidden', async () => {
    const report = await reportOf('Latvijas romu platforma II', '2017-10', '2018-05');
    for (const rows of [report.needs, report.channels]) for (const row of rows) expect(row.familiesReached).not.toBe(0);
    for (const row of report.outcomes) expect(row.count).not.toBe(0);
    const kinds = (await app.owner.query('SELECT DISTINCT kind FROM assistance')) as object[];
    expect(kinds).toHaveLength(14);
    expect(report.needs.filter((row) => row.personsAssisted === null).map((row) => row.needArea)).toEqual(
      expect.arrayContaining(['CHI', 'DIS']),
    );
    expect(report.referrals.sent).toBeGreaterThan(50);
    expect(report.totals.helpedWithoutRecord).toBeGreaterThan(20);
  });
});

describe('the current project', () => {
  test('Today and Inbox are alive: due and late next steps, every status, notices', async () => {
    for (const city of ['JELGAVA', 'DOBELE', 'RIGA', 'VALMIERA', 'VENTSPILS'] as const) {
      const today = new Date().toISOString().slice(0, 10);
      const { items: steps } = await as('mediator', city).call(visitEndpoints.list, {
        input: { nextStepOpen: true } as never,
      });
      expect(steps.filter((visit) => (visit.nextStepOn ?? '') < today).length).toBeGreaterThan(0);
      const { items: families } = await as('mediator', city).call(familyEndpoints.list);
      expect(families.length).toBeGreaterThanOrEqual(20);
      expect(families.length).toBeLessThanOrEqual(45);
      const { items: waiting } = await as('socialWorker', city).call(referralEndpoints.list, {
        input: { board: 'waiting' } as never,
      });
      expect(waiting.filter((referral) => (referral.daysLeft ?? 0) < 0).length).toBeGreaterThan(0);
      const { items: notices } = await as('mediator', city).call(noticeEndpoints.list, {
        input: { unread: true } as never,
      });
      expect(notices.length).toBeGreaterThan(0);
    }
    const statuses = (await app.owner.query('SELECT DISTINCT status FROM referral ORDER BY status')) as {
      status: string;
    }[];
    expect(statuses.map((row) => row.status)).toEqual([
      'accepted',
      'completed',
      'declined',
      'draft',
      'inProgress',
      'moreInfoNeeded',
      'received',
      'sent',
      'withdrawn',
    ]);
  });

  test('what the mediator of Jelgava meets first: JEL-0012 with five at home', async () => {
    const { items } = await as('mediator', 'JELGAVA').call(familyEndpoints.list);
    expect(items.find((family) => family.code === 'JEL-0012')).toMatchObject({
      name: 'Anna Bērziņa',
      status: 'active',
    });
    expect(items.filter((family) => family.name === 'Anna Bērziņa').length).toBeGreaterThanOrEqual(2);
  });

  test('its report can be read', async () => {
    const month = new Date().toISOString().slice(0, 7);
    const { totals } = await reportOf('Romu mediatoru atbalsts 2026', '2026-01', month);
    expect(totals).toMatchObject({ mediators: 5 });
    expect(totals.familiesReached).toBeGreaterThan(50);
  });
});

test('everybody signs in with the demo password, the coordinator with the code of the published secret as well', async () => {
  for (const city of cityKeys) {
    expect(await as('mediator', city).call(accessEndpoints.me)).toMatchObject({
      role: 'mediator',
      workPlaces: [expect.anything()],
    });
    expect(await as('socialWorker', city).call(accessEndpoints.me)).toMatchObject({
      role: 'socialWorker',
      institution: expect.any(String),
    });
  }
  expect(await as('evaluator').call(accessEndpoints.me)).toMatchObject({ role: 'evaluator' });
  const coordinator = new Browser(app);
  const { params } = (await coordinator.signIn(demoEmail('coordinator'), password)).answer;
  const code = new TOTP({ secret: demoTotpSecret }).generate();
  const { answer } = await coordinator.secondStep({ ticket: String(params['ticket']), code });
  expect(answer.me).toMatchObject({ role: 'coordinator', mustSetSecondFactor: false });
});

describe('a superuser who reads all columns as text and as hex', () => {
  // What both forms of a surname begin with. Four bytes occur by chance in a megabyte of sealed ones; six and more do not.
  const stems = surnames.map(
    ([man, woman]) =>
      man.slice(
        0,
        [...man].findIndex((letter, i) => letter !== woman[i]),
      ) || man,
  );
  const first = [...womensNames.slice(0, 14), ...mensNames.slice(0, 14)];
  const words = [...stems, ...first]
    .filter((name) => Buffer.byteLength(name) >= 6)
    .concat('Ilze B.', 'Dace K.', 'mediator.jelgava', 'Izdomātā iela', '+37120000');
  let superuser: Client;
  beforeAll(async () => {
    superuser = new Client({ connectionString: app.superuserUrl ?? '' });
    await superuser.connect();
  });
  afterAll(() => superuser?.end());

  test('finds no name of anybody', async () => {
    expect(await findInEveryColumn(superuser, words)).toEqual([]);
  }, 60_000);

  test('planted: finds one in a plain column', async () => {
    await superuser.query(`UPDATE family SET close_reason = close_reason, code = 'Bērziņa' WHERE code = 'JEL-0012'`);
    expect(await findInEveryColumn(superuser, ['Bērziņa'])).toEqual([
      { table: 'public.family', column: 'code', word: 'Bērziņa' },
    ]);
    await superuser.query(`UPDATE family SET code = 'JEL-0012' WHERE code = 'Bērziņa'`);
  });
});

test('a second load changes nothing', async () => {
  expect(await loadDemo({ owner: app.owner.manager, seals: app.seals, password, now: new Date() })).toBe(false);
});
