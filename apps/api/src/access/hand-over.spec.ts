import {
  accessEndpoints,
  accountEndpoints,
  addDays,
  consentEndpoints,
  dayOf,
  draftEndpoints,
  familyEndpoints,
  newId,
  referralEndpoints,
  registrationEndpoints,
  visitEndpoints,
  type HandOver,
  type NewFamily,
  type Problem,
} from '@tilts/domain';
import { aConsentToShare, aFamily, aReferral, aVisit } from '@tilts/testing';
import { RequestTransaction } from '../database/request-transaction.js';
import { institutionId } from '../directory/directory-rows.js';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { untilWaiting } from '../testing/at-once.js';
import { aChange, anInvitation } from '../testing/people.js';
import { createAccount } from './accounts.js';
import { Somebody, startTestApp, TEST_PASSWORD, type TestApp } from '../test-app.js';

const { read, families, handOver, end, change } = accountEndpoints;
const JELGAVA = municipalityId('JELGAVA');
const today = dayOf(new Date());

describe('a hand-over', () => {
  let app: TestApp;
  let coordinator: Somebody;
  let leaving: Somebody;
  let staying: Somebody;
  beforeAll(async () => {
    app = await startTestApp();
    coordinator = app.as.coordinator();
    await coordinator.id();
  });
  beforeEach(async () => {
    [leaving, staying] = [await aMediator('Lapa, kas aiziet'), await aMediator('Zars, kas paliek')];
  });
  afterAll(() => app.close());

  /** Somebody of their own for each test, who works in Jelgava. */
  async function aMediator(name: string): Promise<Somebody> {
    const account = { role: 'mediator', language: 'lv', name, email: `${newId()}@tilts.test` } as const;
    const id = await createAccount(app.owner, app.seals, { ...account, password: TEST_PASSWORD });
    await assign(id);
    const { accessToken } = await app.as
      .nobody()
      .call(accessEndpoints.signIn, { input: { email: account.email, password: TEST_PASSWORD } });
    return new Somebody(app.address, () => Promise.resolve({ id, token: accessToken }));
  }

  const insertFamily = `
    INSERT INTO family (municipality_id, id, code, status, opened_on, version, created_by, sealed)
    VALUES ($1, $2, gen_random_uuid() || 'x', 'active', $3, 1, $4, '')`;

  const assign = (mediatorId: string, from = '2017-10-01'): Promise<unknown> =>
    app.owner.query(
      `INSERT INTO assignment (id, mediator_id, municipality_id, project_id, starts_on, hours_per_week) VALUES ($1, $2, $3, $4, $5, 12)`,
      [newId(), mediatorId, JELGAVA, app.projectId, from],
    );

  const params = async (somebody: Somebody): Promise<{ params: { id: string } }> => ({
    params: { id: await somebody.id() },
  });
  const codeOf = async (problem: Promise<Problem>): Promise<string> => (await problem).code;
  async function register(name = 'Kļavu ģimene'): Promise<NewFamily> {
    const family = aFamily({ municipalityId: JELGAVA, name });
    await leaving.call(registrationEndpoints.register, { input: family });
    return family;
  }
  const wish = async (more: Partial<HandOver> = {}): Promise<{ params: { id: string }; input: HandOver }> => ({
    ...(await params(leaving)),
    input: { municipalityId: JELGAVA, toMediatorId: await staying.id(), on: today, ...more },
  });
  const reached = async (somebody: Somebody): Promise<string[]> =>
    (await somebody.call(familyEndpoints.list)).items.map(({ id }) => id).sort();

  it('tells the coordinator codes and counts, no name and nothing of a family', async () => {
    const [one, two] = [await register('Slepenais uzvārds'), await register('Slepenais uzvārds')];
    const shown = await coordinator.call(families, await params(leaving));
    expect(shown.items.map(({ id }) => id)).toEqual([one.id, two.id].sort());
    expect(shown.items[0]).toEqual({
      id: expect.any(String),
      municipalityId: JELGAVA,
      municipality: 'Jelgava',
      code: expect.stringMatching(/^JEL-\d{4}$/),
      lastContactOn: null,
    } as object);
    expect(JSON.stringify(shown)).not.toContain('Slepenais');
    const first = await coordinator.call(families, { ...(await params(leaving)), input: { limit: 1 } });
    const second = await coordinator.call(families, {
      ...(await params(leaving)),
      input: { limit: 1, after: first.next },
    });
    expect([...first.items, ...second.items]).toEqual(shown.items);
    expect((await coordinator.call(read, await params(leaving))).families).toEqual([
      { municipalityId: JELGAVA, municipality: 'Jelgava', families: 2 },
    ]);
    for (const operation of [familyEndpoints.list, visitEndpoints.list])
      expect((await coordinator.send(operation as typeof familyEndpoints.list)).status).toBe(404);
    for (const table of ['family', 'person', 'visit', 'family_mediator', 'family_salt'])
      expect(await inTransaction(coordinator, (transaction) => transaction.query(`SELECT FROM ${table}`))).toEqual([]);
  });

  /** What somebody does in one transaction of theirs, below every feature. */
  async function inTransaction<T>(
    somebody: Somebody,
    work: (transaction: RequestTransaction) => Promise<T>,
  ): Promise<T> {
    const sessionId = newId();
    await app.owner.query(
      `INSERT INTO session (id, account_id, started_at, last_used_at, expires_at, device, level, proved_at) VALUES ($1, $2, now(), now(), now() + interval '1 day', 'Spec', 'second', now())`,
      [sessionId, await somebody.id()],
    );
    const transaction = app.nest.get(RequestTransaction);
    return transaction.run({ sessionId, requestId: newId(), readOnly: false }, () => work(transaction));
  }

  it('gives families to a mediator who works there on that day; the one before loses them at once', async () => {
    const [one, two] = [await register(), await register()];
    const given = await coordinator.call(handOver, await wish({ familyIds: [one.id] }));
    expect(given.families.map(({ id }) => id)).toEqual([one.id]);
    expect([await reached(leaving), await reached(staying)]).toEqual([[two.id], [one.id]]);
    await staying.call(visitEndpoints.create, { input: aVisit(one) });
    expect(await codeOf(leaving.refused(visitEndpoints.create, { input: aVisit(one) }))).toBe('NOT_FOUND');
    // All that is left.
    expect((await coordinator.call(handOver, await wish())).families.map(({ id }) => id)).toEqual([two.id]);
    expect(await codeOf(coordinator.refused(handOver, await wish()))).toBe('NOTHING_TO_HAND_OVER');
    const [audited] = await app.owner.query<{ subjects: string[] }[]>(
      `SELECT subject_ids AS subjects FROM audit_event WHERE operation = 'POST /accounts/{id}/hand-over' ORDER BY at LIMIT 1`,
    );
    expect(audited?.subjects).toEqual(expect.arrayContaining([one.id, await leaving.id()]));
  });

  it('on a later day changes nothing before it, and the account ends not before', async () => {
    const family = await register();
    const next = addDays(today, 3);
    await coordinator.call(handOver, await wish({ on: next }));
    expect([await reached(leaving), await reached(staying)]).toEqual([[family.id], []]);
    expect(await codeOf(coordinator.refused(end, await params(leaving)))).toBe('ACCOUNT_HAS_FAMILIES');
    const reach = await app.owner.query(
      `SELECT mediator_id AS who, starts_on AS "from", ends_on AS "to" FROM family_mediator WHERE family_id = $1 ORDER BY starts_on`,
      [family.id],
    );
    expect(reach).toEqual([
      { who: await leaving.id(), from: expect.any(String), to: addDays(next, -1) },
      { who: await staying.id(), from: next, to: null },
    ] as object[]);
  });

  it('to one from a later day and to another until then leaves the family with one of them on each day', async () => {
    const family = await register();
    const third = await aMediator('Trešā');
    await coordinator.call(handOver, await wish({ on: addDays(today, 8) }));
    await coordinator.call(handOver, await wish({ on: addDays(today, 2), toMediatorId: await third.id() }));
    const reach = await app.owner.query(
      `SELECT mediator_id AS who, starts_on AS "from", ends_on AS "to" FROM family_mediator WHERE family_id = $1 ORDER BY starts_on`,
      [family.id],
    );
    expect(reach).toEqual([
      { who: await leaving.id(), from: today, to: addDays(today, 1) },
      { who: await third.id(), from: addDays(today, 2), to: addDays(today, 7) },
      { who: await staying.id(), from: addDays(today, 8), to: null },
    ]);
    // Planned otherwise after all: whoever was to come gives it on before they had it.
    const back = { municipalityId: JELGAVA, toMediatorId: await third.id(), on: today };
    await coordinator.call(handOver, { ...(await params(staying)), input: back });
    const after = await app.owner.query(
      `SELECT mediator_id AS who, starts_on AS "from", ends_on AS "to" FROM family_mediator WHERE family_id = $1 AND (ends_on IS NULL OR ends_on >= starts_on) ORDER BY starts_on`,
      [family.id],
    );
    expect(after).toEqual([
      { who: await leaving.id(), from: today, to: addDays(today, 1) },
      { who: await third.id(), from: addDays(today, 2), to: addDays(today, 7) },
      { who: await third.id(), from: addDays(today, 8), to: null },
    ]);
  });

  it('is refused for who does not work there, for somebody else’s families, and for a day that is over', async () => {
    const family = await register();
    const refused = async (more: Partial<HandOver>): Promise<string> =>
      codeOf(coordinator.refused(handOver, await wish(more)));
    const stranger = app.as.mediator('RIGA');
    expect(await refused({ toMediatorId: await stranger.id() })).toBe('RECEIVER_NOT_ASSIGNED');
    expect(await refused({ toMediatorId: await leaving.id() })).toBe('RECEIVER_NOT_ASSIGNED');
    expect(await refused({ toMediatorId: await app.as.evaluator().id() })).toBe('RECEIVER_NOT_ASSIGNED');
    expect(await refused({ toMediatorId: newId() })).toBe('RECEIVER_NOT_ASSIGNED');
    await app.owner.query('UPDATE assignment SET ends_on = $2 WHERE mediator_id = $1', [
      await staying.id(),
      addDays(today, 5),
    ]);
    expect(await refused({ on: addDays(today, 6) })).toBe('RECEIVER_NOT_ASSIGNED');
    const theirs = aFamily({ municipalityId: municipalityId('RIGA') });
    await stranger.call(registrationEndpoints.register, { input: theirs });
    expect(await refused({ familyIds: [family.id, theirs.id] })).toBe('CHANGED_MEANWHILE');
    expect(await refused({ familyIds: [newId()] })).toBe('NOTHING_TO_HAND_OVER');
    expect((await coordinator.refused(handOver, await wish({ on: addDays(today, -1) }))).fields).toEqual([
      { field: 'on', code: 'inThePast' },
    ]);
    expect(await reached(leaving)).toEqual([family.id]);
    for (const somebody of [leaving, staying, app.as.evaluator()])
      expect(await codeOf(somebody.refused(handOver, await wish()))).toBe('NOT_FOUND');
  });

  it('of one family to two at once gives it to one', async () => {
    const family = await register();
    const third = await aMediator('Trešā');
    await assign(await third.id());
    const answers = await Promise.all([
      coordinator.send(handOver, await wish({ familyIds: [family.id] })),
      coordinator.send(handOver, await wish({ familyIds: [family.id], toMediatorId: await third.id() })),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect([...(await reached(staying)), ...(await reached(third))]).toEqual([family.id]);
  });

  describe('the end of a mediator’s account', () => {
    it('waits for the hand-over, then takes drafts, assignments, cover and notices with it', async () => {
      const family = await register();
      const other = aFamily({ municipalityId: JELGAVA });
      await staying.call(registrationEndpoints.register, { input: other });
      await app.owner.query(
        `INSERT INTO family_mediator (municipality_id, id, family_id, mediator_id, starts_on, ends_on, reason) VALUES ($1, $2, $3, $4, $5, $6, 'cover')`,
        [JELGAVA, newId(), other.id, await leaving.id(), today, addDays(today, 9)],
      );
      await leaving.call(draftEndpoints.save, { params: { id: newId() }, input: { kind: 'visit', content: '{}' } });
      await assign(await leaving.id(), addDays(today, 30));
      expect(await codeOf(coordinator.refused(end, await params(leaving)))).toBe('ACCOUNT_HAS_FAMILIES');
      const known = await coordinator.call(read, await params(leaving));
      expect(
        await codeOf(
          coordinator.refused(change, { ...(await params(leaving)), input: aChange(known, { role: 'evaluator' }) }),
        ),
      ).toBe('ACCOUNT_HAS_FAMILIES');
      await coordinator.call(handOver, await wish());
      await coordinator.call(end, await params(leaving));
      expect(await codeOf(leaving.refused(accessEndpoints.me))).toBe('SESSION_OVER');
      const id = await leaving.id();
      const left = await app.owner.query(
        `SELECT (SELECT count(*)::integer FROM draft WHERE account_id = $1) AS drafts, (SELECT count(*)::integer FROM notice WHERE account_id = $1) AS notices,
           (SELECT count(*)::integer FROM credential WHERE account_id = $1) AS credentials,
           (SELECT count(*)::integer FROM assignment WHERE mediator_id = $1 AND (ends_on IS NULL OR ends_on > $2)) AS assignments,
           (SELECT count(*)::integer FROM family_mediator WHERE mediator_id = $1 AND (ends_on IS NULL OR ends_on >= $2)) AS reach`,
        [id, today],
      );
      expect(left).toEqual([{ drafts: 0, notices: 0, credentials: 0, assignments: 0, reach: 0 }]);
      expect(await reached(staying)).toEqual([family.id, other.id].sort());
      // Their work stays theirs: the by-line still names them.
      expect((await coordinator.call(read, await params(leaving))).name).toBe('Lapa, kas aiziet');
    });

    it('waits for a family that they register at that moment, and is then refused', async () => {
      const ending = await inTransaction(leaving, async (transaction) => {
        await transaction.query(insertFamily, [JELGAVA, newId(), today, await leaving.id()]);
        const sent = coordinator.refused(end, await params(leaving));
        await untilWaiting(app.owner, 1);
        return { sent };
      });
      expect(await codeOf(ending.sent)).toBe('ACCOUNT_HAS_FAMILIES');
    });

    it('that is under way lets them register nothing more', async () => {
      const id = await leaving.id();
      let goOn = (): void => undefined;
      const gate = new Promise<void>((resolve) => (goOn = resolve));
      const registering = inTransaction(leaving, async (transaction) => {
        await gate;
        await transaction.query(insertFamily, [JELGAVA, newId(), today, id]);
      }).catch((error: unknown) => error);
      await inTransaction(coordinator, async (transaction) => {
        await transaction.query('SELECT end_account($1)', [id]);
        goOn();
        await untilWaiting(app.owner, 1);
      });
      expect(await registering).toMatchObject({ message: 'Tilts: the session is over' });
      expect(await app.owner.query('SELECT FROM family WHERE created_by = $1', [id])).toEqual([]);
    });
  });

  it('of a social worker’s tasks: what they had taken is open to their colleagues again', async () => {
    const [worker, colleague] = [app.as.socialWorker('JELGAVA'), app.as.socialWorker('JELGAVA', 'second')];
    await Promise.all([worker.id(), colleague.id()]);
    const family = await register();
    await leaving.call(consentEndpoints.create, { input: aConsentToShare(family) });
    const draft = await leaving.call(referralEndpoints.create, {
      input: aReferral(family, { institutionId: institutionId('JELGAVA', 'socialService') }),
    });
    await leaving.call(referralEndpoints.move, { params: { id: draft.id }, input: { move: 'send' } });
    await worker.call(referralEndpoints.read, { params: { id: draft.id } });
    await worker.call(referralEndpoints.move, { params: { id: draft.id }, input: { move: 'take' } });
    await coordinator.call(end, await params(worker));
    const open = await colleague.call(referralEndpoints.read, { params: { id: draft.id } });
    expect(open).toMatchObject({ takenBy: null });
    const [event] = await app.owner.query<{ move: string; by: string }[]>(
      'SELECT move, by FROM referral_event WHERE referral_id = $1 ORDER BY at DESC LIMIT 1',
      [draft.id],
    );
    expect(event).toEqual({ move: 'release', by: await coordinator.id() });
    await colleague.call(referralEndpoints.move, { params: { id: draft.id }, input: { move: 'take' } });
  });

  it('goes to somebody who was only invited, too: they find the families when they come', async () => {
    await register();
    const invited = anInvitation({ role: 'mediator' });
    await coordinator.call(accountEndpoints.invite, { input: invited });
    await assign(invited.id, today);
    expect((await coordinator.call(handOver, await wish({ toMediatorId: invited.id }))).families).toHaveLength(1);
  });
});
