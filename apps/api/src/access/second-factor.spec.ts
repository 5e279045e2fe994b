import { accessEndpoints, factorEndpoints, mediatorEndpoints, newId, type Role } from '@tilts/domain';
import { TestClock } from '@tilts/testing';
import { TOTP } from 'otpauth';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../test-app.js';
import { Browser } from '../testing/browser.js';
import { SoftwarePasskey } from '../testing/software-passkey.js';
import { createAccount } from './accounts.js';
import { setUpTotp } from './set-up-totp.js';
import { newTotpSecret } from './totp.js';

const ORIGIN = 'https://tilts.example';

const clock = new TestClock(new Date());
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock, settings: { PUBLIC_URL: ORIGIN } });
});
afterAll(() => app.close());

let made = 0;

/** Somebody with an account; `codes` shows what their authenticator app shows now. */
class Person {
  readonly email = `someone${++made}@tilts.test`;
  readonly secret = newTotpSecret();
  readonly browser = new Browser(app);
  id = '';

  static async make(role: Role = 'mediator'): Promise<Person> {
    const person = new Person();
    person.id = await createAccount(app.owner, app.seals, {
      role,
      language: 'lv',
      name: 'Zane Kļava',
      email: person.email,
      password: TEST_PASSWORD,
    });
    return person;
  }

  static async withTotp(role: Role = 'mediator'): Promise<Person> {
    const person = await Person.make(role);
    await setUpTotp(app.owner, app.seals, person.id, { name: 'Telefons', secret: person.secret });
    return person;
  }

  /** Of another half minute: one that was not shown yet. */
  code(secondsFromNow = 0): string {
    return new TOTP({ secret: this.secret }).generate({ timestamp: clock.now().getTime() + secondsFromNow * 1_000 });
  }

  async ticket(browser = this.browser): Promise<string> {
    const { answer } = await browser.signIn(this.email);
    expect(answer.code).toBe('SECOND_FACTOR_ASKED');
    return String(answer.params['ticket']);
  }

  async comeIn(): Promise<this> {
    const { answer } = await this.browser.signIn(this.email);
    if (answer.code !== 'SECOND_FACTOR_ASKED') return this;
    const ticket = String(answer.params['ticket']);
    clock.advance({ seconds: 30 });
    expect((await this.browser.secondStep({ ticket, code: this.code() })).status).toBe(201);
    return this;
  }

  async addPasskey(): Promise<SoftwarePasskey> {
    const passkey = new SoftwarePasskey(ORIGIN);
    const { answer } = await this.browser.ask(factorEndpoints.beginPasskey);
    const added = await this.browser.ask(factorEndpoints.addPasskey, {
      input: { name: 'Klēpjdators', answer: passkey.make(answer.options) },
    });
    expect(added.status).toBe(201);
    return passkey;
  }

  async newCodes(): Promise<string[]> {
    const { answer } = await this.browser.ask(factorEndpoints.newRecoveryCodes);
    return answer.recoveryCodes.map(({ code }) => code);
  }
}

/** Nobody has to wait. */
const noDelay = (): Promise<unknown> =>
  app.owner.query(`UPDATE sign_in_delay SET not_before = now() - interval '1 second', failures = 0`);

/** What a login of the API gets for the last of these statements in somebody's session; nothing of it stays. */
async function asRole(role: string, somebody: Person | null, ...statements: string[]): Promise<unknown> {
  const runner = app.owner.createQueryRunner();
  await runner.startTransaction();
  try {
    const [session] = (await runner.query('SELECT id FROM session WHERE account_id = $1', [somebody?.id ?? null])) as {
      id: string;
    }[];
    await runner.query(`SELECT set_config('app.session', $1, true)`, [session?.id ?? '']);
    await runner.query(`GRANT ${role} TO CURRENT_USER WITH SET TRUE`);
    await runner.query(`SET LOCAL ROLE ${role}`);
    let answer: unknown;
    for (const statement of statements) answer = await runner.query(statement);
    return answer;
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

const level = async ({ id }: Person): Promise<string[]> =>
  (await app.owner.query<{ level: string }[]>('SELECT level FROM session WHERE account_id = $1', [id])).map(
    (row) => row.level,
  );

describe('signing in with a second factor', () => {
  it('gives a ticket and no session for the password, and a session for the code', async () => {
    const zane = await Person.withTotp();
    const first = await zane.browser.signIn(zane.email);
    expect(first.answer).toMatchObject({ status: 401, code: 'SECOND_FACTOR_ASKED' });
    expect(first.answer.params).toEqual({ ticket: expect.any(String) as string, totp: 'yes', passkey: 'no' });
    expect(zane.browser.cookies.has('__Host-tilts')).toBe(false);
    expect(await level(zane)).toEqual([]);

    const { status, answer } = await zane.browser.secondStep({
      ticket: String(first.answer.params['ticket']),
      code: zane.code().replace(/^.../, '$& '),
    });
    expect(status).toBe(201);
    expect(answer.me).toMatchObject({ email: zane.email, secondFactor: 'set', mustSetSecondFactor: false });
    expect(await level(zane)).toEqual(['second']);
  });

  it('keeps the level when the session is renewed', async () => {
    const inga = await (await Person.withTotp('coordinator')).comeIn();
    expect((await inga.browser.refresh()).status).toBe(200);
    expect((await inga.browser.ask(mediatorEndpoints.projects)).status).toBe(200);
  });

  it('tells nobody without the password that there is a second factor', async () => {
    const answers = await Promise.all(
      [(await Person.withTotp()).email, (await Person.make()).email, 'nobody@tilts.test'].map(
        async (email) => (await new Browser(app).signIn(email, 'a wrong password')).answer,
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify({ ...answer, requestId: '' }))).size).toBe(1);
    expect(answers[0]?.code).toBe('SIGN_IN_FAILED');
  });

  it('takes a code once, and none from before it', async () => {
    const zane = await Person.withTotp();
    const code = zane.code();
    expect((await zane.browser.secondStep({ ticket: await zane.ticket(), code })).status).toBe(201);
    for (const old of [code, zane.code(-30)]) {
      const again = await zane.browser.secondStep({ ticket: await zane.ticket(), code: old });
      expect(again.answer).toMatchObject({ status: 401, code: 'SECOND_STEP_FAILED' });
      await noDelay();
    }
    expect((await zane.browser.secondStep({ ticket: await zane.ticket(), code: zane.code(30) })).status).toBe(201);
  });

  it('takes of one code sent by two at once only one', async () => {
    const zane = await Person.withTotp();
    const browsers = [new Browser(app), new Browser(app)];
    const tickets = await Promise.all(browsers.map((browser) => zane.ticket(browser)));
    const answers = await Promise.all(
      browsers.map((browser, i) => browser.secondStep({ ticket: tickets[i] ?? '', code: zane.code() })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401]);
  });

  it.each([
    ['a minute old', -60],
    ['of the minute that comes', 60],
  ])('refuses a code %s', async (_, seconds) => {
    const zane = await Person.withTotp();
    const { answer } = await zane.browser.secondStep({ ticket: await zane.ticket(), code: zane.code(seconds) });
    expect(answer.code).toBe('SECOND_STEP_FAILED');
  });

  it('refuses another person’s code, an empty step and letters', async () => {
    const zane = await Person.withTotp();
    const other = await Person.withTotp();
    const ticket = await zane.ticket();
    for (const step of [
      { code: other.code() },
      {},
      { code: 'abcdef' },
      { recoveryCode: 'AAAA-AAAA-AAAA-AAAA' },
      { passkey: '{}' },
    ]) {
      expect((await zane.browser.secondStep({ ticket, ...step })).answer.code).toBe('SECOND_STEP_FAILED');
      await noDelay();
    }
    // The ticket outlived the mistakes.
    expect((await zane.browser.secondStep({ ticket, code: zane.code() })).status).toBe(201);
  });

  it('takes a ticket once, for five minutes, and only in its own browser', async () => {
    const zane = await Person.withTotp();
    const ticket = await zane.ticket();
    const thief = new Browser(app);
    expect((await thief.secondStep({ ticket, code: zane.code() })).answer.code).toBe('SECOND_STEP_OVER');
    const other = await Person.withTotp();
    await other.ticket(thief);
    expect((await thief.secondStep({ ticket, code: zane.code() })).answer.code).toBe('SECOND_STEP_OVER');
    expect((await zane.browser.secondStep({ ticket, code: zane.code() })).status).toBe(201);
    expect((await zane.browser.secondStep({ ticket, code: zane.code(30) })).answer.code).toBe('SECOND_STEP_OVER');

    const late = await zane.ticket();
    await app.owner.query(`UPDATE sign_in_ticket SET expires_at = now() - interval '1 second'`);
    expect((await zane.browser.secondStep({ ticket: late, code: zane.code(30) })).answer.code).toBe('SECOND_STEP_OVER');
    expect((await zane.browser.ask(factorEndpoints.secondStepPasskey, { input: { ticket: late } })).answer.code).toBe(
      'SECOND_STEP_OVER',
    );
  });

  it('delays guesses more and more, counted before they are made, whatever ticket they come with', async () => {
    const zane = await Person.withTotp();
    const ticket = await zane.ticket();
    const guesses = await Promise.all(
      Array.from({ length: 8 }, () => zane.browser.secondStep({ ticket, code: '000000' })),
    );
    expect(guesses.filter(({ answer }) => answer.code === 'SECOND_STEP_FAILED').length).toBeLessThanOrEqual(2);
    const { status, answer } = await zane.browser.secondStep({ ticket: await zane.ticket(), code: zane.code() });
    expect(status).toBe(429);
    expect(answer.code).toBe('SIGN_IN_LATER');
    // Never for good: an hour at most.
    await app.owner.query(`UPDATE sign_in_delay SET failures = 40, not_before = now() - interval '1 second'`);
    await zane.browser.secondStep({ ticket, code: '000000' });
    const late = await zane.browser.secondStep({ ticket, code: '000000' });
    expect(Number(late.answer.params['seconds'])).toBeGreaterThan(3_590);
    expect(Number(late.answer.params['seconds'])).toBeLessThanOrEqual(3_600);
  });

  it('has no way around it in the database either', async () => {
    const zane = await Person.withTotp();
    const start = `SELECT access_start_session('${newId()}', '${zane.id}', '?', '\\x01', '\\x02', '1 day', '1 day')`;
    await expect(asRole('tilts_door', null, start)).rejects.toThrow('has a second factor');
  });
});

describe('an authenticator app', () => {
  it('counts only after one of its codes proved that it took the secret', async () => {
    const zane = await (await Person.make()).comeIn();
    const { answer: begun } = await zane.browser.ask(factorEndpoints.beginTotp);
    expect(begun.uri).toMatch(/^otpauth:\/\/totp\/Tilts:someone\d+%40tilts\.test\?.*secret=[A-Z2-7]{32}/);
    expect((await new Browser(app).signIn(zane.email)).status).toBe(201);

    const app1 = new TOTP({ secret: begun.secret });
    const confirm = (
      code: string,
    ): ReturnType<typeof zane.browser.ask<object, { recoveryCodes: { code: string }[] }>> =>
      zane.browser.ask(factorEndpoints.confirmTotp, {
        params: { id: begun.id },
        input: { name: 'Mans telefons', code },
      }) as never;
    expect((await confirm('000000')).answer.code).toBe('PROOF_FAILED');
    const confirmed = await confirm(app1.generate({ timestamp: clock.now().getTime() }));
    expect(confirmed.status).toBe(200);
    expect(confirmed.answer.recoveryCodes).toHaveLength(10);
    expect(await level(zane)).toContain('second');
    const { answer } = await zane.browser.ask(factorEndpoints.list);
    expect(answer).toMatchObject({
      factors: [{ id: begun.id, kind: 'totp', name: 'Mans telefons' }],
      recoveryCodesLeft: 10,
    });
    expect((await new Browser(app).signIn(zane.email)).answer.code).toBe('SECOND_FACTOR_ASKED');
    // The code that confirmed it served already.
    zane.browser.token = undefined;
    const ticket = await zane.ticket();
    const again = { ticket, code: app1.generate({ timestamp: clock.now().getTime() }) };
    expect((await zane.browser.secondStep(again)).answer.code).toBe('SECOND_STEP_FAILED');
  });

  it('keeps its secret, its name and the recovery codes sealed', async () => {
    const zane = await (await Person.make()).comeIn();
    const { answer: begun } = await zane.browser.ask(factorEndpoints.beginTotp);
    const { answer } = await zane.browser.ask(factorEndpoints.confirmTotp, {
      params: { id: begun.id },
      input: {
        name: 'Zanes telefons',
        code: new TOTP({ secret: begun.secret }).generate({ timestamp: clock.now().getTime() }),
      },
    });
    const secret = Buffer.from(begun.secret).toString('hex');
    for (const table of ['second_factor', 'recovery_code', 'sign_in_ticket']) {
      const rows = JSON.stringify(await app.owner.query(`SELECT t::text AS row FROM ${table} t`));
      for (const word of [begun.secret, secret, 'Zanes', answer.recoveryCodes[0]?.code ?? '-'])
        expect(rows).not.toContain(word);
    }
  });

  it('of somebody else can neither be confirmed nor removed', async () => {
    const zane = await (await Person.make()).comeIn();
    const other = await (await Person.withTotp()).comeIn();
    const { answer: begun } = await zane.browser.ask(factorEndpoints.beginTotp);
    const code = new TOTP({ secret: begun.secret }).generate({ timestamp: clock.now().getTime() });
    const confirmed = await other.browser.ask(factorEndpoints.confirmTotp, {
      params: { id: begun.id },
      input: { name: 'x', code },
    });
    expect(confirmed.answer.code).toBe('NOT_FOUND');
    const [theirs] = (await other.browser.ask(factorEndpoints.list)).answer.factors;
    const removed = await zane.browser.ask(factorEndpoints.remove, { params: { id: theirs?.id ?? '' } });
    expect(removed.answer.code).toBe('NOT_FOUND');
  });
});

describe('a passkey', () => {
  let zane: Person;
  let passkey: SoftwarePasskey;
  beforeAll(async () => {
    zane = await (await Person.make()).comeIn();
    passkey = await zane.addPasskey();
  });
  beforeEach(noDelay);

  const asked = async (ticket: string): Promise<string> =>
    (await zane.browser.ask(factorEndpoints.secondStepPasskey, { input: { ticket } })).answer.options;

  it('signs in once for what it was asked', async () => {
    const ticket = await zane.ticket();
    const options = await asked(ticket);
    expect(JSON.parse(options)).toMatchObject({ rpId: 'tilts.example', userVerification: 'required' });
    const answer = passkey.show(options);
    expect((await zane.browser.secondStep({ ticket, passkey: answer })).status).toBe(201);
    const next = await zane.ticket();
    expect((await zane.browser.secondStep({ ticket: next, passkey: answer })).answer.code).toBe('SECOND_STEP_FAILED');
  });

  it.each([
    ['at a look-alike’s address', { origin: 'https://tilts.example.evil.example' }],
    ['on a device that did not know its person', { userVerified: false }],
    ['by a copy, whose counter is behind', { counter: 1 }],
  ])('is refused %s', async (_, shows) => {
    const ticket = await zane.ticket();
    const { answer } = await zane.browser.secondStep({ ticket, passkey: passkey.show(await asked(ticket), shows) });
    expect(answer.code).toBe('SECOND_STEP_FAILED');
    await noDelay();
    const right = passkey.show(await asked(ticket), { counter: 50 + made++ });
    expect((await zane.browser.secondStep({ ticket, passkey: right })).status).toBe(201);
  });

  it('of another account is refused', async () => {
    const other = await (await Person.make()).comeIn();
    const theirs = await other.addPasskey();
    const ticket = await zane.ticket();
    const { answer } = await zane.browser.secondStep({ ticket, passkey: theirs.show(await asked(ticket)) });
    expect(answer.code).toBe('SECOND_STEP_FAILED');
  });

  it('may keep no counter, and answers for one ticket only all the same', async () => {
    const dace = await (await Person.make()).comeIn();
    const key = await dace.addPasskey();
    let old = '{}';
    for (let i = 0; i < 2; i++) {
      const ticket = await dace.ticket();
      expect((await dace.browser.secondStep({ ticket, passkey: old })).answer.code).toBe('SECOND_STEP_FAILED');
      const { answer } = await dace.browser.ask(factorEndpoints.secondStepPasskey, { input: { ticket } });
      old = key.show(answer.options, { counter: 0 });
      expect((await dace.browser.secondStep({ ticket, passkey: old })).status).toBe(201);
    }
  });

  it('is not added at another address, for another session’s question, twice, or without knowing its person', async () => {
    const dace = await (await Person.make()).comeIn();
    const begin = async (browser = dace.browser): Promise<string> =>
      (await browser.ask(factorEndpoints.beginPasskey)).answer.options;
    const add = async (answer: string): Promise<unknown> =>
      (await dace.browser.ask(factorEndpoints.addPasskey, { input: { name: 'x', answer } })).answer.code;
    const key = new SoftwarePasskey(ORIGIN);
    expect(await add(key.make(await begin(), { origin: 'https://evil.example' }))).toBe('PASSKEY_REFUSED');
    expect(await add(key.make(await begin(), { userVerified: false }))).toBe('PASSKEY_REFUSED');
    expect(await add(key.make(await begin((await (await Person.make()).comeIn()).browser)))).toBe('PASSKEY_REFUSED');
    expect(await add('{}')).toBe('PASSKEY_REFUSED');
    expect(await add('no answer')).toBe('PASSKEY_REFUSED');
    const answer = key.make(await begin());
    expect(await add(answer)).toBeUndefined();
    expect(await add(answer)).toBe('PASSKEY_REFUSED');
    // Of one account only, even with a question of its own.
    expect(await add(passkey.make(await begin()))).toBe('PASSKEY_REFUSED');
  });
});

describe('recovery codes', () => {
  it('open once each, in place of the second factor, and new ones end the old', async () => {
    const zane = await (await Person.withTotp()).comeIn();
    const codes = await zane.newCodes();
    expect(new Set(codes).size).toBe(10);
    const [first = '', second = '', third = ''] = codes;
    expect(first).toMatch(/^(\w{4}-){3}\w{4}$/);
    const step = async (recoveryCode: string): Promise<number> =>
      (await zane.browser.secondStep({ ticket: await zane.ticket(), recoveryCode })).status;
    expect(await step(first)).toBe(201);
    expect(await step(first)).toBe(401);
    await noDelay();
    expect(await step(second.toLowerCase().replaceAll('-', ' '))).toBe(201);
    expect((await zane.browser.ask(factorEndpoints.list)).answer.recoveryCodesLeft).toBe(8);
    const fresh = await zane.newCodes();
    expect(await step(third)).toBe(401);
    await noDelay();
    expect(await step(fresh[0] ?? '')).toBe(201);
  });

  it('of another account do not open', async () => {
    const zane = await Person.withTotp();
    const other = await (await Person.withTotp()).comeIn();
    const [theirs = ''] = await other.newCodes();
    const { answer } = await zane.browser.secondStep({ ticket: await zane.ticket(), recoveryCode: theirs });
    expect(answer.code).toBe('SECOND_STEP_FAILED');
  });

  it('are there only beside a second factor', async () => {
    const zane = await (await Person.make()).comeIn();
    expect((await zane.browser.ask(factorEndpoints.newRecoveryCodes)).answer.code).toBe('NOT_FOUND');
  });
});

describe('removing a second factor', () => {
  it('is free for most, and takes the recovery codes with the last', async () => {
    const zane = await (await Person.withTotp()).comeIn();
    await zane.newCodes();
    const [factor] = (await zane.browser.ask(factorEndpoints.list)).answer.factors;
    expect((await zane.browser.ask(factorEndpoints.remove, { params: { id: factor?.id ?? '' } })).status).toBe(204);
    expect((await zane.browser.ask(factorEndpoints.list)).answer).toMatchObject({ factors: [], recoveryCodesLeft: 0 });
    expect((await new Browser(app).signIn(zane.email)).status).toBe(201);
  });

  it('leaves a coordinator at least one, also when two are removed at once', async () => {
    const inga = await (await Person.withTotp('coordinator')).comeIn();
    const [first] = (await inga.browser.ask(factorEndpoints.list)).answer.factors;
    const remove = (id = ''): Promise<{ status: number }> =>
      inga.browser.ask(factorEndpoints.remove, { params: { id } });
    expect(await remove(first?.id)).toMatchObject({ status: 409, answer: { code: 'LAST_FACTOR' } });
    await inga.addPasskey();
    const { factors } = (await inga.browser.ask(factorEndpoints.list)).answer;
    const answers = await Promise.all(factors.map(({ id }) => remove(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  it('of somebody who lost everything is done by a function that nobody may call from outside', async () => {
    const zane = await (await Person.withTotp()).comeIn();
    await zane.newCodes();
    const forget = `SELECT forget_second_factors('${zane.id}')`;
    for (const role of ['tilts_app', 'tilts_door'])
      await expect(asRole(role, zane, forget)).rejects.toThrow('permission denied');
    const left = `SELECT count(*) AS left FROM (SELECT account_id FROM second_factor UNION ALL SELECT account_id FROM recovery_code) f WHERE account_id = '${zane.id}'`;
    expect(await asRole('tilts_resolver', zane, left)).toEqual([{ left: 11 }]);
    expect(await asRole('tilts_resolver', zane, forget, left)).toEqual([{ left: 0 }]);
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
    ['confirms one', `SELECT confirm_factor(gen_random_uuid(), 0, '')`, 'who just proved themselves'],
    ['removes one', `SELECT remove_factor(gen_random_uuid())`, 'who just proved themselves'],
    ['makes recovery codes', `SELECT replace_recovery_codes('{}')`, 'who just proved themselves'],
  ])('never %s', async (_, sql, refusal) => {
    // Signed in with the password, before the second factor was set up.
    const inga = await (await Person.make('coordinator')).comeIn();
    await setUpTotp(app.owner, app.seals, inga.id, { name: 'Telefons', secret: inga.secret });
    await expect(asRole('tilts_app', inga, sql)).rejects.toThrow(refusal);
  });

  it('never gives up a factor that counts, nor sees another person’s', async () => {
    const zane = await (await Person.withTotp()).comeIn();
    expect(
      await asRole('tilts_app', zane, 'WITH gone AS (DELETE FROM second_factor RETURNING id) SELECT id FROM gone'),
    ).toEqual([]);
    expect(await asRole('tilts_app', zane, 'SELECT DISTINCT account_id FROM second_factor')).toEqual([
      { account_id: zane.id },
    ]);
  });
});

describe('a coordinator', () => {
  it('with the password alone may only set up a second factor, and afterwards everything', async () => {
    const inga = await (await Person.make('coordinator')).comeIn();
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
    const inga = await (await Person.make('coordinator')).comeIn();
    await setUpTotp(app.owner, app.seals, inga.id, { name: 'Telefons', secret: inga.secret });
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
      asRole(
        'tilts_read',
        somebody,
        `SELECT caller('coordinator') AS one, proved_caller('coordinator') AS proved, caller() AS any`,
      );
    const half = await (await Person.make('coordinator')).comeIn();
    expect(await asked(half)).toEqual([{ one: null, proved: null, any: half.id }]);
    const whole = await (await Person.withTotp('coordinator')).comeIn();
    expect(await asked(whole)).toEqual([{ one: whole.id, proved: whole.id, any: whole.id }]);
    await app.ageProofs(11);
    expect(await asked(whole)).toEqual([{ one: whole.id, proved: null, any: whole.id }]);
  });
});

describe('proving oneself anew', () => {
  it('is asked ten minutes after signing in, and holds for ten minutes', async () => {
    const zane = await (await Person.make()).comeIn();
    const begin = async (): Promise<unknown> => (await zane.browser.ask(factorEndpoints.beginTotp)).answer.code;
    await app.ageProofs(9);
    expect(await begin()).toBeUndefined();
    await app.ageProofs(10);
    expect(await begin()).toBe('STEP_UP_NEEDED');
    const prove = async (password: string): Promise<number> =>
      (await zane.browser.ask(factorEndpoints.prove, { input: { password } })).status;
    expect(await prove('a wrong password')).toBe(403);
    expect(await begin()).toBe('STEP_UP_NEEDED');
    expect(await prove(TEST_PASSWORD)).toBe(204);
    expect(await begin()).toBeUndefined();
  });

  it('takes a code, a recovery code or a passkey once, and never the password beside them', async () => {
    const zane = await (await Person.withTotp()).comeIn();
    const passkey = await zane.addPasskey();
    const [recoveryCode = ''] = await zane.newCodes();
    const { browser } = zane;
    const prove = async (input: object): Promise<number> => {
      await noDelay();
      await app.ageProofs(20);
      return (await browser.ask(factorEndpoints.prove, { input })).status;
    };
    const options = async (): Promise<string> => (await browser.ask(factorEndpoints.provePasskey)).answer.options;
    clock.advance({ seconds: 30 });
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
    const elsewhere = new Browser(app);
    const ticket = await zane.ticket(elsewhere);
    const { answer } = await elsewhere.ask(factorEndpoints.secondStepPasskey, { input: { ticket } });
    expect(await prove({ passkey: passkey.show(answer.options, { counter: 0 }) })).toBe(403);
  });

  it('is delayed within this session only', async () => {
    const zane = await (await Person.make()).comeIn();
    const elsewhere = new Browser(app);
    await elsewhere.signIn(zane.email);
    const prove = (browser: Browser, password: string): Promise<{ status: number }> =>
      browser.ask(factorEndpoints.prove, { input: { password } });
    for (let i = 0; i < 3; i++) await prove(zane.browser, 'guess');
    expect(await prove(zane.browser, TEST_PASSWORD)).toMatchObject({ status: 429, answer: { code: 'SIGN_IN_LATER' } });
    expect((await prove(elsewhere, TEST_PASSWORD)).status).toBe(204);
  });
});
