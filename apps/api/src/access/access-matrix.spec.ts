import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import {
  accessEndpoints,
  accountEndpoints,
  allEndpoints,
  consentEndpoints,
  dayOf,
  draftEndpoints,
  factorEndpoints,
  importEndpoints,
  ImportPart,
  inColumns,
  mayDo,
  newId,
  noticeEndpoints,
  referralEndpoints,
  registrationEndpoints,
  roles,
  visitEndpoints,
  type AccountView,
  type Endpoint,
  type FamilyBundles,
  type NewFamily,
  type NewVisit,
  type Page,
  type Role,
} from '@tilts/domain';
import {
  aConsentToShare,
  aCorrection,
  aFamily,
  anImport,
  anImportedFamily,
  anOutcome,
  aPerson,
  aReferral,
  aVisit,
  unrecordedHelp,
  type CityKey,
} from '@tilts/testing';
import { TOTP } from 'otpauth';
import { institutionId } from '../directory/directory-rows.js';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { aChange, anInvitation, join } from '../testing/people.js';
import { registryAsks } from '../testing/registry-asks.js';
import { rescueFileOf } from '../testing/rescue-file.js';
import { startTestApp, TEST_PASSWORD, type Answer, type Somebody, type TestApp } from '../test-app.js';
import { SoftwarePasskey } from '../testing/software-passkey.js';
import { setUpTotp } from './set-up-totp.js';
import { newTotpSecret } from './totp.js';

/** The records of one city: what is somebody's own in Jelgava is a stranger's in Rīga. */
interface City {
  key: CityKey;
  family: NewFamily;
  visit: NewVisit;
  /** Sent, opened, and answered by nobody yet. */
  referral: string;
  draft: Partial<Record<Role, string>>;
  notice: Partial<Record<Role, string>>;
}

interface Given {
  input?: object;
  params?: Record<string, string>;
}

interface Row {
  /** `own`: row security decides which rows exist for the caller; `all`: the same for everybody who has the permission. */
  reach: 'own' | 'all';
  /** Where `all` does not hold for mediators: they see their own. */
  ownForMediators?: true;
  /** How the operation is asked about the things of a city. */
  asks: (city: City, role: Role) => Given | Promise<Given>;
  /** Asking about a stranger's thing cannot be compared with asking about nothing; says why. */
  incomparable?: string;
}

let app: TestApp;
let own: City;
let foreign: City;
beforeAll(async () => {
  app = await startTestApp();
  own = await settle('JELGAVA');
  foreign = await settle('RIGA');
}, 60_000);
afterAll(() => app.close());

/** Evaluators and coordinators have no city: Jelgava's are the first ones, Rīga's the second. */
function personOf(role: Role, city: CityKey): Somebody {
  if (role === 'mediator' || role === 'socialWorker') return app.as[role](city);
  return app.as[role](city === 'JELGAVA' ? 'first' : 'second');
}

async function settle(key: CityKey): Promise<City> {
  const [mediator, worker] = [app.as.mediator(key), app.as.socialWorker(key)];
  // Notices go to who has an account when something happens.
  await worker.id();
  const family = aFamily({ municipalityId: municipalityId(key) });
  await mediator.call(registrationEndpoints.register, { input: family });
  await mediator.call(consentEndpoints.create, { input: aConsentToShare(family) });
  const visit = aVisit(family, { nextStep: 'Zvanīt', nextStepOn: aVisit(family).day });
  await mediator.call(visitEndpoints.create, { input: visit });
  const city: City = { key, family, visit, referral: '', draft: {}, notice: {} };
  city.referral = await newReferral(city);
  await mediator.call(referralEndpoints.move, { params: { id: city.referral }, input: { move: 'send' } });
  await worker.call(referralEndpoints.read, { params: { id: city.referral } });
  await worker.call(referralEndpoints.write, {
    params: { id: city.referral },
    input: { id: newId(), text: 'Labdien!' },
  });
  for (const [role, somebody] of [
    ['mediator', mediator],
    ['socialWorker', worker],
  ] as const) {
    const draft = (city.draft[role] = newId());
    await somebody.call(draftEndpoints.save, { params: { id: draft }, input: { kind: 'visit', content: '{}' } });
    city.notice[role] = (await somebody.call(noticeEndpoints.list)).items[0]?.id ?? newId();
  }
  return city;
}

async function newReferral(city: City): Promise<string> {
  const referral = aReferral(city.family, { institutionId: institutionId(city.key, 'socialService') });
  await app.as.mediator(city.key).call(referralEndpoints.create, { input: referral });
  return referral.id;
}

async function newImport({ key, family }: City): Promise<string> {
  const families = [anImportedFamily({ municipalityId: family.municipalityId })];
  const input = anImport(families);
  const mediator = app.as.mediator(key);
  await mediator.call(importEndpoints.begin, { input });
  const part = Object.assign(new ImportPart(), { number: 1, families });
  await mediator.call(importEndpoints.addPart, { params: { id: input.id }, input: part });
  return input.id;
}

async function writtenImport(city: City): Promise<string> {
  const id = await newImport(city);
  await app.as.mediator(city.key).call(importEndpoints.commit, { params: { id }, input: {} });
  return id;
}

async function invited(): Promise<AccountView> {
  return (await app.as.coordinator().call(accountEndpoints.invite, { input: anInvitation() })).account;
}

/** In a third city, so that the families of the two others stay whose they are. */
async function aHandOver(): Promise<Given> {
  const [from, to] = [app.as.mediator('DOBELE'), app.as.mediator('DOBELE', 'second')];
  const family = aFamily({ municipalityId: municipalityId('DOBELE') });
  await from.call(registrationEndpoints.register, { input: family });
  const { municipalityId: at, id } = family;
  const input = { municipalityId: at, toMediatorId: await to.id(), on: dayOf(new Date()), familyIds: [id] };
  return { params: { id: await from.id() }, input };
}

async function anotherSession(accountId: string): Promise<string> {
  const id = newId();
  await app.owner.query(
    `INSERT INTO session (id, account_id, started_at, last_used_at, expires_at, device, level, proved_at) VALUES ($1, $2, now(), now(), now() + interval '1 day', 'Chrome · Android', 'password', now())`,
    [id, accountId],
  );
  return id;
}

/** As its person's own list names it. */
async function anotherDevice(person: Somebody): Promise<string> {
  await anotherSession(await person.id());
  const { items } = await person.call(accessEndpoints.sessions);
  return items.find(({ current }) => !current)?.id ?? '';
}

/** A device of somebody, as the coordinator's list names it. */
async function aDevice(): Promise<Given> {
  const { id } = await invited();
  await anotherSession(id);
  const [device] = (await app.as.coordinator().call(accountEndpoints.sessions, { params: { id } })).items;
  return { params: { id, sessionId: device?.id ?? '' } };
}

/** A code that fits an authenticator app which waits for it. */
async function confirmation(city: City, role: Role): Promise<Given> {
  const begun = await personOf(role, city.key).call(factorEndpoints.beginTotp);
  return { params: { id: begun.id }, input: { name: 'Telefons', code: new TOTP({ secret: begun.secret }).generate() } };
}

/** One more second factor, with which they came in. */
async function aFactor(city: City, role: Role): Promise<string> {
  const id = await personOf(role, city.key).id();
  await app.owner.query(`UPDATE session SET level = 'second', proved_at = now() WHERE account_id = $1`, [id]);
  return setUpTotp(app.owner, app.seals, id, { name: 'Telefons', secret: newTotpSecret() });
}

const nothing = (): Given => ({});
const period = (): Given => ({ input: { from: '2026-01', to: '2026-03', project: app.projectId } });
const whole = (family: NewFamily): object => {
  const { name, phone, address, language, arrangement } = family;
  return { name, phone, address, language, arrangement, version: 1, status: 'active' };
};
const wholePerson = (family: NewFamily): object => {
  const { id: _, ...details } = family.persons[0] ?? aPerson({ familyId: family.id });
  return { ...details, version: 1, leftOn: null };
};

/** How every operation is asked. An operation without a line here fails the first test below. */
const rows: Record<string, Row> = {
  'GET /sessions': { reach: 'own', asks: nothing },
  'DELETE /sessions/{id}': {
    reach: 'own',
    asks: async (city, role) => ({ params: { id: await anotherDevice(personOf(role, city.key)) } }),
  },
  'GET /accounts': { reach: 'all', asks: nothing },
  'POST /accounts': { reach: 'all', asks: () => ({ input: anInvitation() }) },
  'GET /accounts/{id}': { reach: 'all', asks: async () => ({ params: { id: (await invited()).id } }) },
  'PUT /accounts/{id}': {
    reach: 'all',
    asks: async () => {
      const account = await invited();
      return { params: { id: account.id }, input: aChange(account) };
    },
  },
  'POST /accounts/{id}/invitations': { reach: 'all', asks: async () => ({ params: { id: (await invited()).id } }) },
  'POST /accounts/{id}/password-resets': {
    reach: 'all',
    asks: async () => ({ params: { id: (await join(app)).account.id } }),
  },
  'GET /accounts/{id}/sessions': { reach: 'all', asks: async () => ({ params: { id: (await invited()).id } }) },
  'DELETE /accounts/{id}/sessions': { reach: 'all', asks: async () => ({ params: { id: (await invited()).id } }) },
  'DELETE /accounts/{id}/sessions/{sessionId}': { reach: 'all', asks: aDevice },
  'GET /accounts/{id}/families': { reach: 'all', asks: async () => ({ params: { id: (await invited()).id } }) },
  'POST /accounts/{id}/hand-over': { reach: 'all', asks: aHandOver },
  'POST /accounts/{id}/end': { reach: 'all', asks: async () => ({ params: { id: (await invited()).id } }) },
  'GET /installation': { reach: 'all', asks: nothing },
  'PUT /installation/controller': { reach: 'all', asks: () => ({ input: { name: 'Parauga pašvaldība' } }) },
  'POST /installation/set-up': { reach: 'all', asks: nothing },
  'POST /sessions/current/prove': { reach: 'own', asks: () => ({ input: { password: TEST_PASSWORD } }) },
  'POST /sessions/current/passkey': { reach: 'own', asks: nothing },
  'GET /factors': { reach: 'own', asks: nothing },
  'POST /factors/totp': { reach: 'own', asks: nothing },
  'POST /factors/totp/{id}/confirm': { reach: 'own', asks: confirmation },
  'POST /factors/passkey-options': { reach: 'own', asks: nothing },
  'POST /factors/passkeys': {
    reach: 'own',
    asks: async (city, role) => {
      const { options } = await personOf(role, city.key).call(factorEndpoints.beginPasskey);
      return { input: { name: 'Dators', answer: new SoftwarePasskey('http://localhost:0').make(options) } };
    },
    incomparable: 'a passkey that was made for another session is no passkey',
  },
  'DELETE /factors/{id}': {
    reach: 'own',
    asks: async (city, role) => {
      // Two: a coordinator keeps the last.
      await aFactor(city, role);
      return { params: { id: await aFactor(city, role) } };
    },
  },
  'POST /factors/recovery-codes': {
    reach: 'own',
    asks: async (city, role) => {
      await aFactor(city, role);
      return {};
    },
  },
  'GET /me': { reach: 'own', asks: nothing },
  'PUT /me': { reach: 'own', asks: () => ({ input: { language: 'lv' } }) },
  ...Object.fromEntries(
    Object.entries(registryAsks(() => app)).map(([name, asks]): [string, Row] => [name, { reach: 'all', asks }]),
  ),
  'GET /municipalities': { reach: 'all', asks: nothing },
  'GET /directory/institutions': { reach: 'all', asks: nothing },
  'GET /projects': { reach: 'all', ownForMediators: true, asks: nothing },
  'GET /assignments': { reach: 'all', ownForMediators: true, asks: nothing },
  'GET /families': { reach: 'own', asks: nothing },
  'GET /families/{id}': { reach: 'own', asks: ({ family }) => ({ params: { id: family.id } }) },
  'PUT /families/{id}': { reach: 'own', asks: ({ family }) => ({ params: { id: family.id }, input: whole(family) }) },
  'GET /persons': { reach: 'own', asks: ({ family }) => ({ input: { familyId: family.id } }) },
  'POST /persons': { reach: 'own', asks: ({ family }) => ({ input: aPerson({ familyId: family.id }) }) },
  'GET /persons/{id}': { reach: 'own', asks: ({ family }) => ({ params: { id: family.persons[0]?.id ?? '' } }) },
  'PUT /persons/{id}': {
    reach: 'own',
    asks: ({ family }) => ({ params: { id: family.persons[0]?.id ?? '' }, input: wholePerson(family) }),
  },
  'GET /consents': { reach: 'own', asks: ({ family }) => ({ input: { familyId: family.id } }) },
  'POST /consents': { reach: 'own', asks: ({ family }) => ({ input: aConsentToShare(family) }) },
  'POST /families': {
    reach: 'own',
    asks: ({ family }) => ({ input: aFamily({ municipalityId: family.municipalityId }) }),
    incomparable: 'municipalities are no secret',
  },
  'GET /imports': { reach: 'own', asks: nothing },
  'POST /imports': {
    reach: 'own',
    asks: ({ family }) => ({ input: anImport([anImportedFamily({ municipalityId: family.municipalityId })]) }),
    incomparable: 'municipalities are no secret',
  },
  'GET /imports/{id}': { reach: 'own', asks: async (city) => ({ params: { id: await newImport(city) } }) },
  'PUT /imports/{id}/parts': {
    reach: 'own',
    asks: async (city) => ({
      params: { id: await newImport(city) },
      input: { number: 1, families: [anImportedFamily({ municipalityId: city.family.municipalityId })] },
    }),
  },
  'GET /imports/{id}/check': { reach: 'own', asks: async (city) => ({ params: { id: await newImport(city) } }) },
  'POST /imports/{id}/commit': {
    reach: 'own',
    asks: async (city) => ({ params: { id: await newImport(city) }, input: {} }),
  },
  'POST /imports/{id}/undo': { reach: 'own', asks: async (city) => ({ params: { id: await writtenImport(city) } }) },
  'DELETE /imports/{id}': { reach: 'own', asks: async (city) => ({ params: { id: await newImport(city) } }) },
  'GET /outcomes': { reach: 'own', asks: ({ family }) => ({ input: { familyId: family.id } }) },
  'POST /outcomes': { reach: 'own', asks: ({ family }) => ({ input: anOutcome(family) }) },
  'GET /visits': { reach: 'own', asks: ({ family }) => ({ input: { familyId: family.id } }) },
  'POST /visits': { reach: 'own', asks: ({ family }) => ({ input: aVisit(family) }) },
  'GET /visits/{id}': { reach: 'own', asks: ({ visit }) => ({ params: { id: visit.id } }) },
  'POST /visits/{id}/corrections': {
    reach: 'own',
    asks: ({ visit }) => ({ params: { id: visit.id }, input: aCorrection(visit) }),
  },
  'POST /visits/{id}/next-step-done': { reach: 'own', asks: ({ visit }) => ({ params: { id: visit.id } }) },
  'GET /own-months': { reach: 'own', asks: nothing },
  'GET /drafts': { reach: 'own', asks: nothing },
  'GET /drafts/{id}': { reach: 'own', asks: ({ draft }, role) => ({ params: { id: draft[role] ?? '' } }) },
  'PUT /drafts/{id}': {
    reach: 'own',
    asks: ({ draft }, role) => ({ params: { id: draft[role] ?? '' }, input: { kind: 'visit', content: '{}' } }),
    incomparable: 'an id that nobody has makes a new draft',
  },
  'DELETE /drafts/{id}': { reach: 'own', asks: ({ draft }, role) => ({ params: { id: draft[role] ?? '' } }) },
  'POST /unrecorded-help': {
    reach: 'own',
    asks: ({ family }) => ({ input: unrecordedHelp({ municipalityId: family.municipalityId }) }),
    incomparable: 'municipalities are no secret',
  },
  'GET /notices': { reach: 'own', asks: nothing },
  'POST /notices/{id}/read': { reach: 'own', asks: ({ notice }, role) => ({ params: { id: notice[role] ?? '' } }) },
  'GET /referrals': { reach: 'own', asks: nothing },
  'POST /referrals': {
    reach: 'own',
    asks: (city) => ({ input: aReferral(city.family, { institutionId: institutionId(city.key, 'socialService') }) }),
  },
  'GET /referrals/{id}': { reach: 'own', asks: ({ referral }) => ({ params: { id: referral } }) },
  'POST /referrals/{id}/moves': {
    reach: 'own',
    asks: async (city, role) =>
      role === 'mediator'
        ? { params: { id: await newReferral(city) }, input: { move: 'send' } }
        : { params: { id: city.referral }, input: { move: 'take' } },
  },
  'GET /referrals/{id}/messages': { reach: 'own', asks: ({ referral }) => ({ params: { id: referral } }) },
  'POST /referrals/{id}/messages': {
    reach: 'own',
    asks: ({ referral }) => ({ params: { id: referral }, input: { id: newId(), text: 'Paldies!' } }),
  },
  // What a stranger's command meets is told by commands.spec.ts: it is refused within an answer that is none.
  'POST /sync/commands': {
    reach: 'own',
    asks: () => ({ input: inColumns({ deviceId: newId(), numbered: 0, generation: null, commands: [] }) }),
  },
  'GET /sync/changes': { reach: 'own', asks: () => ({ input: { deviceId: newId() } }) },
  'GET /sync/families': { reach: 'own', asks: ({ family }) => ({ input: { ids: [family.id] } }) },
  // Of others' rescued work: rescue.spec.ts.
  'GET /sync/rescue-key': { reach: 'own', asks: nothing },
  'GET /sync/rescued': { reach: 'own', asks: nothing },
  'POST /sync/rescued/taken': { reach: 'own', asks: () => ({ input: { ids: [newId()] } }) },
  'POST /accounts/{id}/rescue-files': {
    reach: 'all',
    asks: async () => {
      const mediator = app.as.mediator('JELGAVA');
      return { params: { id: await mediator.id() }, input: await rescueFileOf(mediator, []) };
    },
  },
  'GET /accounts/{id}/rescued': {
    reach: 'all',
    asks: async () => ({ params: { id: await app.as.mediator('JELGAVA').id() } }),
  },
  'GET /reports/outcomes': { reach: 'all', asks: period },
  'GET /reports/outcomes.csv': { reach: 'all', asks: period },
  'GET /reports/outcomes.xlsx': { reach: 'all', asks: period },
};

const nameOf = ({ method, path }: Endpoint): string => `${method} ${path}`;
const guarded = allEndpoints.filter(({ permission }) => permission !== 'public');
const cases = guarded.flatMap((endpoint) => roles.values.map((role) => [nameOf(endpoint), role, endpoint] as const));

/** Ids that say that somebody is known to Tilts. */
const secretsOf = ({ family, visit, referral, draft, notice }: City): string[] =>
  [
    family.id,
    ...family.persons.map(({ id }) => id),
    visit.id,
    referral,
    ...Object.values(draft),
    ...Object.values(notice),
  ].filter(Boolean);

/** What a caller can tell two refusals apart by. */
const seen = ({ status, headers, text }: Answer): unknown => ({
  status,
  size: text.length,
  body: text && { ...(JSON.parse(text) as object), requestId: '' },
  headers: [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name)),
});

describe('the access matrix', () => {
  it('knows how every operation is asked, and no operation that is not there', () => {
    expect(Object.keys(rows).sort()).toEqual(guarded.map(nameOf).sort());
  });

  it.each(guarded.map((endpoint) => [nameOf(endpoint), endpoint] as const))(
    '%s needs a session',
    async (_, endpoint) => {
      expect((await app.as.nobody().refused(endpoint)).code).toBe('SIGN_IN_NEEDED');
    },
  );

  it.each(cases.filter(([, role, { permission }]) => permission !== 'public' && !mayDo(role, permission)))(
    '%s does not exist for the role %s',
    async (name, role, endpoint) => {
      const answer = await personOf(role, 'JELGAVA').send(endpoint, await rows[name]?.asks(own, role));
      expect(seen(answer)).toEqual(seen(await personOf(role, 'JELGAVA').fetch('GET', '/api/nothing')));
    },
  );

  describe.each(cases.filter(([, role, { permission }]) => permission !== 'public' && mayDo(role, permission)))(
    '%s as %s',
    (name, role, endpoint) => {
      const row = rows[name] ?? { reach: 'own', asks: nothing };

      it('shows nothing of another city, not even that it is there', async () => {
        // The same for everybody who has the permission: there is no other city to them.
        if (row.reach === 'all' && !(role === 'mediator' && row.ownForMediators)) return;
        const somebody = personOf(role, 'JELGAVA');
        const given = await row.asks(foreign, role);
        const text = JSON.stringify(given);
        const asked = secretsOf(foreign)
          .concat(Object.values(given.params ?? {}))
          .filter((id) => text.includes(id));
        if (asked.length === 0 && !row.incomparable) return;
        const answer = await somebody.send(endpoint, given);
        // 204: a draft that is not there is thrown away, as asked; that it still is there shows the last test.
        if (answer.status === 200) {
          const { items, bundles } = JSON.parse(answer.text) as Partial<Page<unknown> & FamilyBundles>;
          expect(items ?? bundles).toEqual([]);
        }
        if (row.incomparable) return void expect(answer.status).toBeGreaterThanOrEqual(400);
        const missing = asked.reduce((all, id) => all.replaceAll(id, newId()), text);
        expect(seen(answer)).toEqual(seen(await somebody.send(endpoint, JSON.parse(missing) as Given)));
      });

      it('serves what is their own', async () => {
        const answer = await personOf(role, 'JELGAVA').send(endpoint, await row.asks(own, role));
        expect(answer.status === endpoint.status ? '' : answer.text).toBe('');
        for (const id of secretsOf(foreign)) expect(answer.text).not.toContain(id);
      });
    },
  );

  it('left everything of the other city as it was', async () => {
    for (const role of ['mediator', 'socialWorker'] as const) {
      const somebody = personOf(role, 'RIGA');
      await somebody.call(draftEndpoints.read, { params: { id: foreign.draft[role] ?? '' } });
      // A social worker's notice was read when they opened the referral themselves.
      if (role === 'mediator')
        expect((await somebody.call(noticeEndpoints.list)).items.map(({ read }) => read)).not.toContain(true);
      expect((await somebody.call(referralEndpoints.read, { params: { id: foreign.referral } })).status).toBe(
        'received',
      );
    }
    const visit = await app.as.mediator('RIGA').call(visitEndpoints.read, { params: { id: foreign.visit.id } });
    expect(visit).toMatchObject({ version: 1, nextStepDoneOn: null });
  });
});

describe('docs/privacy.md', () => {
  const file = new URL('../../../../docs/privacy.md', import.meta.url);
  const [BEGIN, END] = ['<!-- access matrix: made by access-matrix.spec.ts -->', '<!-- end of access matrix -->'];

  /** `UPDATE_DOCS=1` writes it. */
  it('holds this matrix', () => {
    const text = existsSync(file)
      ? readFileSync(file, 'utf8')
      : `# Privacy\n\n## Who may do what\n\n${BEGIN}\n${END}\n`;
    const between = new RegExp(`${BEGIN}[^]*${END}`);
    expect(text).toMatch(between);
    const wanted = text.replace(between, () => `${BEGIN}\n${matrix()}\n${END}`);
    if (process.env['UPDATE_DOCS']) writeFileSync(file, wanted);
    else expect(text).toBe(wanted);
  });

  function matrix(): string {
    const lines = guarded.map((endpoint) => {
      const { permission } = endpoint;
      const { reach, ownForMediators } = rows[nameOf(endpoint)] ?? { reach: 'own' };
      const reachOf = (role: Role): string => (role === 'mediator' && ownForMediators ? 'own' : reach);
      const cells = roles.values.map((role) =>
        permission !== 'public' && mayDo(role, permission) ? reachOf(role) : '–',
      );
      return `| \`${nameOf(endpoint)}\` | ${cells.join(' | ')} |`;
    });
    return [
      '',
      '| operation | mediator | social worker | evaluator | coordinator |',
      '| --- | --- | --- | --- | --- |',
      ...lines,
      '',
      '*own*: only rows in the caller’s reach exist (a mediator’s families, referrals to a social worker’s institution, one’s own account). *all*: the same for',
      'everybody who has the permission. *–*: answers as if there were no such operation.',
      '',
    ].join('\n');
  }
});
