import { accessEndpoints, factorEndpoints, mediatorEndpoints } from '@tilts/domain';
import { TEST_PASSWORD } from '../test-app.js';
import { Browser } from '../testing/browser.js';
import { SecondFactors, type Person } from '../testing/second-factors.js';

let world: SecondFactors;
beforeAll(async () => {
  world = await SecondFactors.start();
});
afterAll(() => world.app.close());

describe('a coordinator', () => {
  it('with the password alone may only set up a second factor, and afterwards everything', async () => {
    const inga = await (await world.somebody('coordinator')).comeIn();
    const { browser } = inga;
    expect((await browser.ask(mediatorEndpoints.projects)).answer).toMatchObject({
      status: 403,
      code: 'SECOND_FACTOR_NEEDED',
    });
    expect((await browser.ask(accessEndpoints.me)).answer).toMatchObject({
      secondFactor: 'none',
      mustSetSecondFactor: true,
    });
    expect((await browser.ask(accessEndpoints.sessions)).status).toBe(200);
    expect((await browser.ask(factorEndpoints.list)).status).toBe(200);
    await inga.addPasskey();
    expect((await browser.ask(accessEndpoints.me)).answer).toMatchObject({
      secondFactor: 'set',
      mustSetSecondFactor: false,
    });
    expect((await browser.ask(mediatorEndpoints.projects)).status).toBe(200);
  });

  it('of a session from before the second factor shows it, and cannot change it with the password alone', async () => {
    const inga = await (await world.somebody('coordinator')).comeIn();
    await world.giveTotp(inga);
    const { browser } = inga;
    expect((await browser.ask(factorEndpoints.beginPasskey)).answer.code).toBe('STEP_UP_NEEDED');
    expect((await browser.ask(factorEndpoints.newRecoveryCodes)).answer.code).toBe('STEP_UP_NEEDED');
    const prove = (input: object): Promise<{ status: number }> => browser.ask(factorEndpoints.prove, { input });
    expect(await prove({ password: TEST_PASSWORD })).toMatchObject({ status: 403, answer: { code: 'PROOF_FAILED' } });
    expect(await prove({ code: inga.code() })).toMatchObject({ status: 204 });
    expect((await browser.ask(mediatorEndpoints.projects)).status).toBe(200);
  });

  it('is none for the database either while only the password was shown', async () => {
    const asked = (somebody: Person): Promise<unknown> =>
      world.asRole(
        'tilts_read',
        somebody,
        `SELECT caller('coordinator') AS one, proved_caller('coordinator') AS proved, caller() AS any`,
      );
    const half = await (await world.somebody('coordinator')).comeIn();
    expect(await asked(half)).toEqual([{ one: null, proved: null, any: half.id }]);
    const whole = await (await world.withTotp('coordinator')).comeIn();
    expect(await asked(whole)).toEqual([{ one: whole.id, proved: whole.id, any: whole.id }]);
    await world.app.ageProofs(11);
    expect(await asked(whole)).toEqual([{ one: whole.id, proved: null, any: whole.id }]);
  });
});

describe('proving oneself anew', () => {
  it('is asked ten minutes after signing in, and holds for ten minutes', async () => {
    const zane = await (await world.somebody()).comeIn();
    const begin = async (): Promise<unknown> => (await zane.browser.ask(factorEndpoints.beginTotp)).answer.code;
    await world.app.ageProofs(9);
    expect(await begin()).toBeUndefined();
    await world.app.ageProofs(10);
    expect(await begin()).toBe('STEP_UP_NEEDED');
    const prove = async (password: string): Promise<number> =>
      (await zane.browser.ask(factorEndpoints.prove, { input: { password } })).status;
    expect(await prove('a wrong password')).toBe(403);
    expect(await begin()).toBe('STEP_UP_NEEDED');
    expect(await prove(TEST_PASSWORD)).toBe(204);
    expect(await begin()).toBeUndefined();
  });

  it('takes a code, a recovery code or a passkey once, and never the password beside them', async () => {
    const zane = await (await world.withTotp()).comeIn();
    const passkey = await zane.addPasskey();
    const [recoveryCode = ''] = await zane.newCodes();
    const { browser } = zane;
    const prove = async (input: object): Promise<number> => {
      await world.noDelay();
      await world.app.ageProofs(20);
      return (await browser.ask(factorEndpoints.prove, { input })).status;
    };
    const options = async (): Promise<string> => (await browser.ask(factorEndpoints.provePasskey)).answer.options;
    world.clock.advance({ seconds: 30 });
    const code = zane.code();
    expect(await prove({ password: TEST_PASSWORD })).toBe(403);
    expect(await prove({ code })).toBe(204);
    expect(await prove({ code })).toBe(403);
    expect(await prove({ recoveryCode })).toBe(204);
    expect(await prove({ recoveryCode })).toBe(403);
    const shown = passkey.show(await options(), { counter: 0 });
    expect(await prove({ passkey: shown })).toBe(204);
    expect(await prove({ passkey: shown })).toBe(403);
    // A question to another session of the same account.
    const elsewhere = new Browser(world.app);
    const ticket = await zane.ticket(elsewhere);
    const { answer } = await elsewhere.ask(factorEndpoints.secondStepPasskey, { input: { ticket } });
    expect(await prove({ passkey: passkey.show(answer.options, { counter: 0 }) })).toBe(403);
  });

  it('takes no password beside a second factor, in the database either', async () => {
    const prove = `SELECT access_prove(current_setting('app.session')::uuid, NULL, NULL, NULL, NULL, '\\x00') AS proved`;
    const zane = await (await world.somebody()).comeIn();
    expect(await world.asRole('tilts_door', zane, prove)).toEqual([{ proved: true }]);
    await world.giveTotp(zane);
    expect(await world.asRole('tilts_door', zane, prove)).toEqual([{ proved: false }]);
  });

  it('is delayed within this session only', async () => {
    const zane = await (await world.somebody()).comeIn();
    const elsewhere = new Browser(world.app);
    await elsewhere.signIn(zane.email);
    const prove = (browser: Browser, password: string): Promise<{ status: number }> =>
      browser.ask(factorEndpoints.prove, { input: { password } });
    for (let i = 0; i < 3; i++) await prove(zane.browser, 'guess');
    expect(await prove(zane.browser, TEST_PASSWORD)).toMatchObject({ status: 429, answer: { code: 'SIGN_IN_LATER' } });
    expect((await prove(elsewhere, TEST_PASSWORD)).status).toBe(204);
  });
});

describe('an injected statement', () => {
  it.each([
    ['raises its session', `UPDATE session SET level = 'second'`, 'permission denied'],
    ['makes its proof fresh', `UPDATE session SET proved_at = now()`, 'permission denied'],
    ['reads a key', 'SELECT public_key FROM second_factor', 'permission denied'],
    ['makes a factor that counts', `UPDATE second_factor SET confirmed_at = now()`, 'permission denied'],
    [
      'adds one that counts',
      `INSERT INTO second_factor (id, account_id, kind, sealed, made_at, confirmed_at, mark) SELECT gen_random_uuid(), caller(), 'totp', '', now(), now(), 0`,
      'row-level security',
    ],
    [
      'adds one to somebody else',
      `INSERT INTO second_factor (id, account_id, kind, sealed, made_at, mark) SELECT gen_random_uuid(), id, 'totp', '', now(), 0 FROM account WHERE id <> caller() LIMIT 1`,
      'row-level security',
    ],
    [
      'confirms one',
      `SELECT access_confirm_totp(current_setting('app.session')::uuid, gen_random_uuid(), 0, '')`,
      'permission denied',
    ],
    [
      'adds a passkey',
      `SELECT access_add_passkey(current_setting('app.session')::uuid, gen_random_uuid(), 0, '', '', '', '')`,
      'permission denied',
    ],
    [
      'leaves a passkey waiting',
      `INSERT INTO second_factor (id, account_id, kind, sealed, made_at, mark, credential_id, public_key) SELECT gen_random_uuid(), caller(), 'passkey', '', now(), 0, 'x', 'y'`,
      'row-level security',
    ],
    ['reads the ids of its person’s other sessions', 'SELECT id FROM session', 'permission denied'],
    ['removes one', `SELECT remove_factor(gen_random_uuid())`, 'who just proved themselves'],
    ['makes recovery codes', `SELECT replace_recovery_codes('{}')`, 'who just proved themselves'],
  ])('never %s', async (_, sql, refusal) => {
    // Signed in with the password, before the second factor was set up.
    const inga = await (await world.somebody('coordinator')).comeIn();
    await world.giveTotp(inga);
    await expect(world.asRole('tilts_app', inga, sql)).rejects.toThrow(refusal);
  });

  it('never gives up a factor that counts, nor sees another person’s', async () => {
    const zane = await (await world.withTotp()).comeIn();
    expect(
      await world.asRole(
        'tilts_app',
        zane,
        'WITH gone AS (DELETE FROM second_factor RETURNING id) SELECT id FROM gone',
      ),
    ).toEqual([]);
    expect(await world.asRole('tilts_app', zane, 'SELECT DISTINCT account_id FROM second_factor')).toEqual([
      { account_id: zane.id },
    ]);
  });
});
