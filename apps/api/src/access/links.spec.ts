import { accessEndpoints, accountEndpoints, linkEndpoints, newId, type Problem } from '@tilts/domain';
import { untilWaiting } from '../testing/at-once.js';
import { anInvitation, join, tokenOf } from '../testing/people.js';
import { startTestApp, TEST_PASSWORD, type Somebody, type TestApp } from '../test-app.js';
import { Sweep } from './sweep.js';

const { look, use } = linkEndpoints;
const { invite, read, resetPassword, sessions, end } = accountEndpoints;
const NEW_PASSWORD = 'another password for tests';

let app: TestApp;
let coordinator: Somebody;
let nobody: Somebody;
beforeAll(async () => {
  app = await startTestApp();
  coordinator = app.as.coordinator();
  nobody = app.as.nobody();
  await coordinator.id();
});
afterAll(() => app.close());

const of = (id: string): { params: { id: string } } => ({ params: { id } });
const lookAt = async (token: string): Promise<number> => (await nobody.send(look, { input: { token } })).status;
const signIn = async (email: string, password = TEST_PASSWORD): Promise<number> =>
  (await nobody.send(accessEndpoints.signIn, { input: { email, password } })).status;

describe('a one-time link', () => {
  it('greets who holds it, lets them set a password once, and is then like any unknown one', async () => {
    const input = anInvitation();
    const { link } = await coordinator.call(invite, { input });
    const token = tokenOf(link.url);
    expect(await nobody.call(look, { input: { token } })).toEqual({
      purpose: 'invitation',
      name: input.name,
      email: input.email,
    });
    // Looking at it uses nothing up.
    expect((await nobody.refused(use, { input: { token, password: 'short' } })).fields).toEqual([
      { field: 'password', code: 'tooShort', params: { min: 12, max: 200 } },
    ]);
    await nobody.call(use, { input: { token, password: TEST_PASSWORD } });
    expect(await signIn(input.email)).toBe(201);
    expect((await coordinator.call(read, of(input.id))).state).toBe('active');
    const used = await nobody.refused(use, { input: { token, password: NEW_PASSWORD } });
    const unknown = await nobody.refused(use, { input: { token: 'x'.repeat(43), password: NEW_PASSWORD } });
    expect({ ...used, requestId: '' }).toEqual({ ...unknown, requestId: '' });
    expect([await lookAt(token), await lookAt('x')]).toEqual([404, 404]);
    expect(await signIn(input.email, NEW_PASSWORD)).toBe(401);
  });

  it('used twice at once sets one password', async () => {
    const input = anInvitation();
    const { link } = await coordinator.call(invite, { input });
    const passwords = ['the first password', 'the second password', 'the third password'];
    const tries = app.owner.transaction(async (holder) => {
      // All three get as far as the account, and then go on one after the other.
      await holder.query('SELECT FROM account WHERE id = $1 FOR UPDATE', [input.id]);
      const sent = passwords.map((password) => nobody.send(use, { input: { token: tokenOf(link.url), password } }));
      await untilWaiting(app.owner, 3);
      return { sent };
    });
    const answers = await Promise.all((await tries).sent);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404]);
    const won = passwords[answers.findIndex(({ status }) => status === 204)] ?? '';
    expect(await signIn(input.email, won)).toBe(201);
  });

  it('ends after its time, and with its account', async () => {
    const waiting = await coordinator.call(invite, { input: anInvitation() });
    const ended = await coordinator.call(invite, { input: anInvitation() });
    await app.owner.query(`UPDATE one_time_link SET expires_at = now() WHERE account_id = $1`, [waiting.account.id]);
    await coordinator.call(end, of(ended.account.id));
    for (const { link } of [waiting, ended]) {
      expect(await lookAt(tokenOf(link.url))).toBe(404);
      expect((await nobody.refused(use, { input: { token: tokenOf(link.url), password: TEST_PASSWORD } })).code).toBe(
        'NOT_FOUND',
      );
    }
    expect((await coordinator.call(read, of(waiting.account.id))).linkExpiresAt).toBeNull();
  });

  it('for a new password signs every device out, ends the older link, and spares the wait of who forgot it', async () => {
    const { account } = await join(app);
    for (const wrong of ['wrong', 'wrong', 'wrong']) await signIn(account.email, wrong);
    expect(await signIn(account.email)).toBe(429);
    const first = await coordinator.call(resetPassword, of(account.id));
    const link = await coordinator.call(resetPassword, of(account.id));
    expect(link.purpose).toBe('passwordReset');
    expect(Date.parse(link.expiresAt) - Date.now()).toBeLessThanOrEqual(86_400_000);
    expect(await lookAt(tokenOf(first.url))).toBe(404);
    // Until it is used, the old password holds.
    expect((await coordinator.call(sessions, of(account.id))).items).toEqual([]);
    await nobody.call(use, { input: { token: tokenOf(link.url), password: NEW_PASSWORD } });
    expect(await signIn(account.email, NEW_PASSWORD)).toBe(201);
    const another = await coordinator.call(resetPassword, of(account.id));
    expect((await coordinator.call(sessions, of(account.id))).items).toHaveLength(1);
    await nobody.call(use, { input: { token: tokenOf(another.url), password: TEST_PASSWORD } });
    expect((await coordinator.call(sessions, of(account.id))).items).toEqual([]);
  });

  it('takes the second factors away only when the coordinator said so', async () => {
    const { account } = await join(app);
    const factors = async (): Promise<string> => (await coordinator.call(read, of(account.id))).secondFactor;
    await app.owner.query(
      `INSERT INTO second_factor (id, account_id, kind, sealed, made_at, confirmed_at, mark) VALUES ($1, $2, 'totp', '\\x00', now(), now(), 0)`,
      [newId(), account.id],
    );
    expect(await factors()).toBe('set');
    for (const removeSecondFactors of [false, true]) {
      const link = await coordinator.call(resetPassword, { ...of(account.id), input: { removeSecondFactors } });
      expect(await factors()).toBe('set');
      await nobody.call(use, { input: { token: tokenOf(link.url), password: NEW_PASSWORD } });
      expect(await factors()).toBe(removeSecondFactors ? 'none' : 'set');
    }
  });

  it('ends what was begun with the password before: a ticket for the second step is none any more', async () => {
    const { account } = await join(app);
    await app.owner.query(
      `INSERT INTO sign_in_ticket (hash, account_id, delay_key, expires_at) VALUES (decode(md5($1::uuid::text), 'hex'), $1::uuid, '', now() + interval '5 minutes')`,
      [account.id],
    );
    const link = await coordinator.call(resetPassword, of(account.id));
    await nobody.call(use, { input: { token: tokenOf(link.url), password: NEW_PASSWORD } });
    expect(await app.owner.query('SELECT FROM sign_in_ticket WHERE account_id = $1', [account.id])).toEqual([]);
  });

  it('ends a sign-in that is under way: the password that was compared is another one now', async () => {
    const { account } = await join(app);
    const sent = await app.owner.transaction(async (manager) => {
      await manager.query('SELECT FROM account WHERE id = $1 FOR UPDATE', [account.id]);
      const answer = nobody.send(accessEndpoints.signIn, { input: { email: account.email, password: TEST_PASSWORD } });
      await untilWaiting(app.owner, 1);
      // What access_use_link does.
      await manager.query('UPDATE credential SET password_hash = $2 WHERE account_id = $1', [account.id, 'another']);
      return { answer };
    });
    const { status, text } = await sent.answer;
    expect([status, (JSON.parse(text) as Problem).code]).toEqual([401, 'SIGN_IN_FAILED']);
    expect(await app.owner.query('SELECT FROM session WHERE account_id = $1', [account.id])).toEqual([]);
  });

  it('is written down: who made it, and that it was used', async () => {
    const { account } = await join(app);
    const events = await app.owner.query<{ operation: string; who: string }[]>(
      `SELECT operation, account_id AS who FROM audit_event WHERE $1 = ANY (subject_ids) ORDER BY at`,
      [account.id],
    );
    expect(events).toEqual([
      { operation: 'POST /accounts', who: await coordinator.id() },
      { operation: 'POST /links/use', who: account.id },
    ]);
  });

  it('is nowhere in the database, nor does anybody but the coordinator see that there is one', async () => {
    const { link } = await coordinator.call(invite, { input: anInvitation() });
    const rows = await app.owner.query<{ line: string }[]>('SELECT l::text AS line FROM one_time_link l');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ line }) => line).join()).not.toContain(tokenOf(link.url));
    expect(rows.map(({ line }) => line).join()).not.toContain(
      Buffer.from(tokenOf(link.url), 'base64url').toString('hex'),
    );
  });
});

describe('the sweep', () => {
  it('takes what ended long ago, and keeps what still says something', async () => {
    const { account } = await join(app);
    const insert = async (days: number, ended: boolean): Promise<string> => {
      const id = newId();
      await app.owner.query(
        `INSERT INTO session (id, account_id, started_at, last_used_at, expires_at, ended_at, device, level, proved_at)
         VALUES ($1, $2, now(), now() - $3::interval, now() + '1 day', CASE WHEN $4::boolean THEN now() - $3::interval END, 'Spec', 'password', now())`,
        [id, account.id, `${days} days`, ended],
      );
      await app.owner.query(
        `INSERT INTO refresh_token (hash, session_id, made_at, expires_at) VALUES (decode(md5($1::uuid::text), 'hex'), $1::uuid, now(), now() + $2::interval)`,
        [id, ended ? '1 day' : '-1 minute'],
      );
      return id;
    };
    const [old, recent, running] = [await insert(31, true), await insert(29, true), await insert(1, false)];
    const { link } = await coordinator.call(invite, { input: anInvitation() });
    await coordinator.call(resetPassword, of(account.id));
    await app.owner.query(`UPDATE one_time_link SET used_at = now() - interval '31 days' WHERE account_id = $1`, [
      account.id,
    ]);
    const sweep = app.nest.get(Sweep);
    const swept = await Promise.all([sweep.sweep(), sweep.sweep()]);
    expect(Math.max(...swept)).toBeGreaterThan(0);
    const left = await app.owner.query<{ id: string }[]>('SELECT id FROM session WHERE account_id = $1 ORDER BY id', [
      account.id,
    ]);
    expect(left.map(({ id }) => id)).toEqual([recent, running].sort());
    expect(left.map(({ id }) => id)).not.toContain(old);
    const tokens = await app.owner.query<{ id: string }[]>(
      'SELECT session_id AS id FROM refresh_token WHERE session_id = ANY ($1)',
      [[old, recent, running]],
    );
    expect(tokens).toEqual([{ id: recent }]);
    expect(await app.owner.query('SELECT FROM one_time_link WHERE account_id = $1', [account.id])).toEqual([]);
    expect(await lookAt(tokenOf(link.url))).toBe(200);
  });

  it('keeps the last session of an account, which tells when it was in use', async () => {
    const { account } = await join(app);
    expect(await signIn(account.email)).toBe(201);
    await app.owner.query(
      `UPDATE session SET last_used_at = now() - interval '90 days', ended_at = now() - interval '90 days', expires_at = now() - interval '60 days' WHERE account_id = $1`,
      [account.id],
    );
    await app.nest.get(Sweep).sweep();
    expect((await coordinator.call(read, of(account.id))).lastUsedAt).not.toBeNull();
  });
});
