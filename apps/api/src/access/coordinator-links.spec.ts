import { accessEndpoints, linkEndpoints, newId } from '@tilts/domain';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../test-app.js';
import { anInvitation, join, tokenOf } from '../testing/people.js';
import { coordinators, linkForCoordinator } from './coordinator-links.js';

const NEW_PASSWORD = 'set after the phone was lost';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await app.as.coordinator().id();
});
afterAll(() => app.close());

const link = (email: string, keepSecondFactor = false): Promise<{ url: string } | undefined> =>
  linkForCoordinator(
    app.owner,
    { seals: app.seals, secrets: app.secrets, publicUrl: 'https://tilts.example' },
    { email, keepSecondFactor },
  );
const signIn = async (email: string, password: string): Promise<number> =>
  (await app.as.nobody().send(accessEndpoints.signIn, { input: { email, password } })).status;
const factors = (id: string): Promise<unknown[]> =>
  app.owner.query('SELECT FROM second_factor WHERE account_id = $1', [id]);

async function aCoordinator(): Promise<{ id: string; email: string }> {
  const { account } = await join(app, anInvitation({ role: 'coordinator' }));
  await app.owner.query(
    `INSERT INTO second_factor (id, account_id, kind, sealed, made_at, confirmed_at, mark) VALUES ($1, $2, 'totp', '\\x00', now(), now(), 0)`,
    [newId(), account.id],
  );
  return account;
}

describe('the server’s link for a coordinator', () => {
  it('sets a new password, ends every device and takes the lost second factor away', async () => {
    const { id, email } = await aCoordinator();
    await app.owner.query(
      `INSERT INTO session (id, account_id, started_at, last_used_at, expires_at, device, level, proved_at) VALUES ($1, $2, now(), now(), now() + interval '1 day', 'lost phone', 'second', now())`,
      [newId(), id],
    );
    const url = (await link(email.toUpperCase()))?.url ?? '';
    expect(url).toMatch(/^https:\/\/tilts\.example\/link#[\w-]{43}$/);
    await app.as.nobody().call(linkEndpoints.use, { input: { token: tokenOf(url), password: NEW_PASSWORD } });
    const audited = `SELECT account_id FROM audit_event WHERE operation = 'coordinator-link: passwordReset' AND subject_ids = ARRAY[$1::uuid]`;
    expect(await app.owner.query(audited, [id])).toEqual([{ account_id: null }]);
    expect(await factors(id)).toEqual([]);
    expect(await signIn(email, TEST_PASSWORD)).toBe(401);
    expect(await app.owner.query('SELECT FROM session WHERE account_id = $1 AND ended_at IS NULL', [id])).toEqual([]);
    await app.owner.query('DELETE FROM sign_in_delay');
    expect(await signIn(email, NEW_PASSWORD)).toBe(201);
    const again = await app.as
      .nobody()
      .send(linkEndpoints.use, { input: { token: tokenOf(url), password: NEW_PASSWORD } });
    expect(again.status).toBe(404);
  });

  it('leaves the second factor where it is not lost', async () => {
    const { id, email } = await aCoordinator();
    const url = (await link(email, true))?.url ?? '';
    await app.as.nobody().call(linkEndpoints.use, { input: { token: tokenOf(url), password: NEW_PASSWORD } });
    expect(await factors(id)).toHaveLength(1);
  });

  it('is there for coordinators only', async () => {
    const { account } = await join(app);
    expect(await link(account.email)).toBeUndefined();
    expect(await link('nobody@tilts.test')).toBeUndefined();
  });

  it('lists who could get one', async () => {
    const { email } = await aCoordinator();
    const listed = await coordinators(app.owner, app.seals);
    expect(listed).toContainEqual({ name: 'Zane Kļava', email, joined: true });
    expect(listed.length).toBeGreaterThan(1);
  });
});
