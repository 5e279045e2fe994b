import {
  accessEndpoints,
  accountEndpoints,
  installationEndpoints,
  linkEndpoints,
  newId,
  type AccountChange,
  type NewAccount,
  type Problem,
} from '@tilts/domain';
import { institutionId } from '../directory/directory-rows.js';
import { aChange, anInvitation, join, tokenOf } from '../testing/people.js';
import { startTestApp, TEST_PASSWORD, type Somebody, type TestApp } from '../test-app.js';

const { list, read, invite, inviteAgain, change, resetPassword, sessions, endSession, endSessions, handOver, end } =
  accountEndpoints;

let app: TestApp;
let coordinator: Somebody;
beforeAll(async () => {
  app = await startTestApp();
  coordinator = app.as.coordinator();
  await coordinator.id();
});
afterAll(() => app.close());

const of = (id: string): { params: { id: string } } => ({ params: { id } });
const codeOf = async (problem: Promise<Problem>): Promise<string> => (await problem).code;
const signIn = (email: string): Promise<number> =>
  app.as
    .nobody()
    .send(accessEndpoints.signIn, { input: { email, password: TEST_PASSWORD } })
    .then(({ status }) => status);

describe('an invitation', () => {
  it('makes an account that waits, and a link that is told once', async () => {
    const input = anInvitation({ role: 'socialWorker', institutionId: institutionId('JELGAVA', 'socialService') });
    const { account, link } = await coordinator.call(invite, { input });
    expect(account).toMatchObject({
      id: input.id,
      name: input.name,
      email: input.email,
      state: 'invited',
      families: [],
    });
    expect(account.institution).toEqual(expect.any(String));
    expect(account.linkExpiresAt).toBe(link.expiresAt);
    expect(link).toMatchObject({ purpose: 'invitation', mailed: false });
    expect(new URL(link.url).pathname).toBe('/link');
    // 256 bits; nothing in the database is the link itself.
    expect(tokenOf(link.url)).toMatch(/^[\w-]{43}$/);
    expect(await signIn(input.email)).toBe(401);
    const again = await coordinator.call(read, of(input.id));
    expect(JSON.stringify(again)).not.toContain(tokenOf(link.url));
  });

  it('is the coordinator’s; for everybody else there is no such thing', async () => {
    for (const somebody of [app.as.mediator('JELGAVA'), app.as.socialWorker('JELGAVA'), app.as.evaluator()])
      expect(await codeOf(somebody.refused(invite, { input: anInvitation() }))).toBe('NOT_FOUND');
    expect(await codeOf(app.as.nobody().refused(invite, { input: anInvitation() }))).toBe('SIGN_IN_NEEDED');
  });

  it('sent again makes its link anew, and the first one ends', async () => {
    const input = anInvitation();
    const [first, second] = await Promise.all([
      coordinator.call(invite, { input }),
      coordinator.call(invite, { input }),
    ]);
    expect(first.account.id).toBe(second.account.id);
    const looks = await Promise.all(
      [first, second].map(({ link }) =>
        app.as.nobody().send(linkEndpoints.look, { input: { token: tokenOf(link.url) } }),
      ),
    );
    expect(looks.map(({ status }) => status).sort()).toEqual([200, 404]);
    const third = await coordinator.call(inviteAgain, of(input.id));
    for (const { link } of [first, second])
      expect(await codeOf(app.as.nobody().refused(linkEndpoints.look, { input: { token: tokenOf(link.url) } }))).toBe(
        'NOT_FOUND',
      );
    expect(third.purpose).toBe('invitation');
    // The same id with other words is another invitation.
    expect(await codeOf(coordinator.refused(invite, { input: anInvitation({ ...input, name: 'Cita' }) }))).toBe(
      'ID_TAKEN',
    );
  });

  it('needs an institution for a social worker, one that is there, and none for others', async () => {
    const problems = async (more: Partial<AccountChange>): Promise<string[]> =>
      (await coordinator.refused(invite, { input: anInvitation(more) })).fields.map(
        ({ field, code }) => `${field} ${code}`,
      );
    expect(await problems({ role: 'socialWorker' })).toEqual(['institutionId required']);
    expect(await problems({ role: 'socialWorker', institutionId: newId() })).toEqual(['institutionId notThere']);
    expect(await problems({ institutionId: newId() })).toEqual(['institutionId mismatch']);
    expect(await problems({ email: 'no e-mail' })).toEqual(['email notAnEmail']);
  });

  it('is not for a closed institution, which keeps the people that it has', async () => {
    const at = institutionId('VALMIERA', 'socialService');
    const input = anInvitation({ role: 'socialWorker', institutionId: at });
    const { account } = await coordinator.call(invite, { input });
    await app.owner.query('UPDATE institution SET closed_on = CURRENT_DATE - 1 WHERE id = $1', [at]);
    const another = anInvitation({ role: 'socialWorker', institutionId: at });
    const refused = await coordinator.refused(invite, { input: another });
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', fields: [{ field: 'institutionId', code: 'closed' }] });
    const kept = await coordinator.call(change, { ...of(account.id), input: aChange(account, { name: 'Cits Vārds' }) });
    expect(kept.institutionId).toBe(at);
  });

  it('tells that an e-mail is taken, whoever types it how, also of two at once', async () => {
    const one = anInvitation();
    await coordinator.call(invite, { input: one });
    const twin = await coordinator.refused(invite, { input: anInvitation({ email: one.email.toUpperCase() }) });
    expect(twin).toMatchObject({ code: 'INVALID_INPUT', fields: [{ field: 'email', code: 'taken' }] });
    const both = anInvitation();
    const answers = await Promise.all([
      coordinator.send(invite, { input: both }),
      coordinator.send(invite, { input: anInvitation({ ...both, id: newId() }) }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
  });

  it('is not for who has come already', async () => {
    const { account } = await join(app);
    expect(await codeOf(coordinator.refused(inviteAgain, of(account.id)))).toBe('ACCOUNT_IN_USE');
    const waiting = await coordinator.call(invite, { input: anInvitation() });
    expect(await codeOf(coordinator.refused(resetPassword, of(waiting.account.id)))).toBe('ACCOUNT_NOT_IN_USE');
    expect(await codeOf(coordinator.refused(inviteAgain, of(newId())))).toBe('NOT_FOUND');
  });
});

describe('the list of accounts', () => {
  it('is found by role, state and any part of name or e-mail, by name, in pages', async () => {
    // As Latvian sorts them: every „a” before every „ā”.
    const names = ['Ance Ķauķe', 'Ādams Ķauķis', 'Zenta Ķauķe'];
    for (const name of [...names].reverse()) await coordinator.call(invite, { input: anInvitation({ name }) });
    const found = async (filter: object): Promise<string[]> =>
      (await coordinator.call(list, { input: filter })).items.map(({ name }) => name);
    expect(await found({ search: 'kauk' })).toEqual(names);
    expect(await found({ search: 'kauk', role: 'mediator' })).toEqual([]);
    expect(await found({ search: 'kauk', state: 'active' })).toEqual([]);
    expect(await found({ search: 'KAUKIS', state: 'invited', role: 'evaluator' })).toEqual(['Ādams Ķauķis']);
    const first = await coordinator.call(list, { input: { search: 'kauk', limit: 2 } });
    const second = await coordinator.call(list, { input: { search: 'kauk', limit: 2, after: first.next } });
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(names);
    expect(second.next).toBeNull();
    expect((await coordinator.refused(list, { input: { after: 'x' } })).fields).toEqual([
      { field: 'after', code: 'malformed' },
    ]);
  });

  it('tells when an account was last in use', async () => {
    const { account } = await join(app);
    expect((await coordinator.call(read, of(account.id))).lastUsedAt).toBeNull();
    expect(await signIn(account.email)).toBe(201);
    expect(await coordinator.call(read, of(account.id))).toMatchObject({
      state: 'active',
      lastUsedAt: expect.any(String) as string,
      linkExpiresAt: null,
      secondFactor: 'none',
    });
  });
});

describe('a change', () => {
  it('is made on the version that was read', async () => {
    const { account } = await coordinator.call(invite, { input: anInvitation() });
    const email = `${newId()}@tilts.test`;
    const done = await coordinator.call(change, {
      ...of(account.id),
      input: aChange(account, { name: 'Jauns Vārds', email, language: 'en' }),
    });
    expect(done).toMatchObject({ name: 'Jauns Vārds', email, language: 'en', version: 2 });
    expect(
      await codeOf(coordinator.refused(change, { ...of(account.id), input: aChange(account, { name: 'Cits' }) })),
    ).toBe('CHANGED_MEANWHILE');
    const at = aChange(done, {});
    const answers = await Promise.all([
      coordinator.send(change, { ...of(account.id), input: { ...at, name: 'Viens' } as AccountChange }),
      coordinator.send(change, { ...of(account.id), input: { ...at, name: 'Divi' } as AccountChange }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await codeOf(coordinator.refused(change, { ...of(newId()), input: at }))).toBe('NOT_FOUND');
  });

  it('of the e-mail ends a link that may lie in a wrong mailbox, and signs in with the new one', async () => {
    const { account, link } = await coordinator.call(invite, { input: anInvitation() });
    await coordinator.call(change, { ...of(account.id), input: aChange(account, { email: `right.${account.email}` }) });
    expect(await codeOf(app.as.nobody().refused(linkEndpoints.look, { input: { token: tokenOf(link.url) } }))).toBe(
      'NOT_FOUND',
    );
    const { account: active } = await join(app);
    const now = await coordinator.call(read, of(active.id));
    const other = await join(app);
    expect(
      (await coordinator.refused(change, { ...of(active.id), input: aChange(now, { email: other.account.email }) }))
        .fields,
    ).toEqual([{ field: 'email', code: 'taken' }]);
    await coordinator.call(change, { ...of(active.id), input: aChange(now, { email: `new.${active.email}` }) });
    expect([await signIn(active.email), await signIn(`new.${active.email}`)]).toEqual([401, 201]);
  });

  it('of the role ends the devices of the old one', async () => {
    const { account } = await join(app);
    expect(await signIn(account.email)).toBe(201);
    const now = await coordinator.call(read, of(account.id));
    await coordinator.call(change, { ...of(account.id), input: aChange(now, { name: 'Tikai vārds' }) });
    expect((await coordinator.call(sessions, of(account.id))).items).toHaveLength(1);
    const again = await coordinator.call(read, of(account.id));
    const moved = await coordinator.call(change, { ...of(account.id), input: aChange(again, { role: 'mediator' }) });
    expect(moved.role).toBe('mediator');
    expect((await coordinator.call(sessions, of(account.id))).items).toEqual([]);
  });
});

describe('what must not be done at a screen that somebody left open', () => {
  it('asks for a proof first', async () => {
    const { account } = await join(app);
    await app.ageProofs(11);
    try {
      const guarded = [
        [invite, { input: anInvitation() }],
        [inviteAgain, of(account.id)],
        [resetPassword, of(account.id)],
        [change, { ...of(account.id), input: aChange(account) }],
        [handOver, { ...of(account.id), input: { municipalityId: newId(), toMediatorId: newId(), on: '2099-01-01' } }],
        [end, of(account.id)],
        [installationEndpoints.nameController, { input: { name: 'Cits' } }],
      ] as const;
      for (const [operation, given] of guarded)
        expect(await codeOf(coordinator.refused(operation as typeof invite, given as { input: NewAccount }))).toBe(
          'STEP_UP_NEEDED',
        );
      // Signing somebody out may be urgent, and gives nothing away.
      await coordinator.call(endSessions, of(account.id));
    } finally {
      await app.ageProofs(0);
    }
  });
});

describe('devices of an account', () => {
  it('are seen and ended one by one, or all', async () => {
    const { account } = await join(app);
    for (let i = 0; i < 3; i++) expect(await signIn(account.email)).toBe(201);
    const [one, ...others] = (await coordinator.call(sessions, of(account.id))).items;
    await coordinator.call(endSession, { params: { id: account.id, sessionId: one?.id ?? '' } });
    expect((await coordinator.call(sessions, of(account.id))).items).toEqual(others);
    // Ended already, of somebody else, or never there: all the same. And so is the id that opens what its person sees.
    const foreign = (await app.as.evaluator().call(accessEndpoints.sessions)).items[0]?.id ?? '';
    const [real] = await app.owner.query<{ id: string }[]>(
      'SELECT id FROM session WHERE account_id = $1 AND ended_at IS NULL',
      [account.id],
    );
    expect(others.map(({ id }) => id)).not.toContain(real?.id);
    for (const sessionId of [one?.id ?? '', foreign, real?.id ?? '', newId()])
      expect(await codeOf(coordinator.refused(endSession, { params: { id: account.id, sessionId } }))).toBe(
        'NOT_FOUND',
      );
    expect((await app.as.evaluator().send(accessEndpoints.me)).status).toBe(200);
    await coordinator.call(endSessions, of(account.id));
    expect((await coordinator.call(sessions, of(account.id))).items).toEqual([]);
    expect(await codeOf(coordinator.refused(sessions, of(newId())))).toBe('NOT_FOUND');
  });

  it('of the coordinator themselves are listed by themselves only', async () => {
    await app.as.coordinator('second').id();
    const own = await coordinator.call(accessEndpoints.sessions);
    expect(own.items).toHaveLength(1);
    const second = await app.as.coordinator('second').call(accessEndpoints.sessions);
    expect(second.items.map(({ id }) => id)).not.toContain(own.items[0]?.id);
  });
});

describe('the end of an account', () => {
  it('acts at once, frees the e-mail, and is no failure when it was ended already', async () => {
    const { account } = await join(app);
    const signedIn = await app.as
      .nobody()
      .call(accessEndpoints.signIn, { input: { email: account.email, password: TEST_PASSWORD } });
    await coordinator.call(end, of(account.id));
    const me = await fetch(`${app.address}/api/me`, { headers: { authorization: `Bearer ${signedIn.accessToken}` } });
    expect(((await me.json()) as Problem).code).toBe('SESSION_OVER');
    expect(await signIn(account.email)).toBe(401);
    const ended = await coordinator.call(read, of(account.id));
    expect(ended).toMatchObject({ state: 'ended', name: account.name, endedAt: expect.any(String) as string });
    await coordinator.call(end, of(account.id));
    expect((await coordinator.call(read, of(account.id))).endedAt).toBe(ended.endedAt);
    for (const operation of [inviteAgain, resetPassword])
      expect(await codeOf(coordinator.refused(operation, of(account.id)))).toBe('ACCOUNT_ENDED');
    expect(await codeOf(coordinator.refused(change, { ...of(account.id), input: aChange(ended, {}) }))).toBe(
      'ACCOUNT_ENDED',
    );
    // Somebody comes back after a year: a new account with the old e-mail.
    await join(app, anInvitation({ email: account.email }));
    expect(await signIn(account.email)).toBe(201);
    expect(await codeOf(coordinator.refused(end, of(newId())))).toBe('NOT_FOUND');
  });
});
