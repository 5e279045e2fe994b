import { factorEndpoints, mediatorEndpoints, newId } from '@tilts/domain';
import { Browser } from '../testing/browser.js';
import { SecondFactors, type Person } from '../testing/second-factors.js';
import type { SoftwarePasskey } from '../testing/software-passkey.js';

let world: SecondFactors;
beforeAll(async () => {
  world = await SecondFactors.start();
});
afterAll(() => world.app.close());

describe('signing in with a second factor', () => {
  it('gives a ticket and no session for the password, and a session for the code', async () => {
    const zane = await world.withTotp();
    const first = await zane.browser.signIn(zane.email);
    expect(first.answer).toMatchObject({ status: 401, code: 'SECOND_FACTOR_ASKED' });
    expect(first.answer.params).toEqual({ ticket: expect.any(String) as string, totp: 'yes', passkey: 'no' });
    expect(zane.browser.cookies.has('__Host-tilts')).toBe(false);
    expect(await zane.levels()).toEqual([]);

    const { status, answer } = await zane.browser.secondStep({
      ticket: String(first.answer.params['ticket']),
      code: zane.code().replace(/^.../, '$& '),
    });
    expect(status).toBe(201);
    expect(answer.me).toMatchObject({ email: zane.email, secondFactor: 'set', mustSetSecondFactor: false });
    expect(await zane.levels()).toEqual(['second']);
  });

  it('keeps the level when the session is renewed', async () => {
    const inga = await (await world.withTotp('coordinator')).comeIn();
    expect((await inga.browser.refresh()).status).toBe(200);
    expect((await inga.browser.ask(mediatorEndpoints.projects)).status).toBe(200);
  });

  it('tells nobody without the password that there is a second factor', async () => {
    const answers = await Promise.all(
      [(await world.withTotp()).email, (await world.somebody()).email, 'nobody@tilts.test'].map(
        async (email) => (await new Browser(world.app).signIn(email, 'a wrong password')).answer,
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify({ ...answer, requestId: '' }))).size).toBe(1);
    expect(answers[0]?.code).toBe('SIGN_IN_FAILED');
  });

  it('takes a code once, and none from before it', async () => {
    const zane = await world.withTotp();
    const code = zane.code();
    expect((await zane.browser.secondStep({ ticket: await zane.ticket(), code })).status).toBe(201);
    for (const old of [code, zane.code(-30)]) {
      const again = await zane.browser.secondStep({ ticket: await zane.ticket(), code: old });
      expect(again.answer).toMatchObject({ status: 401, code: 'SECOND_STEP_FAILED' });
      await world.noDelay();
    }
    expect((await zane.browser.secondStep({ ticket: await zane.ticket(), code: zane.code(30) })).status).toBe(201);
  });

  it('takes of one code sent by two at once only one', async () => {
    const zane = await world.withTotp();
    const browsers = [new Browser(world.app), new Browser(world.app)];
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
    const zane = await world.withTotp();
    const { answer } = await zane.browser.secondStep({ ticket: await zane.ticket(), code: zane.code(seconds) });
    expect(answer.code).toBe('SECOND_STEP_FAILED');
  });

  it('refuses another person’s code, an empty step and letters', async () => {
    const zane = await world.withTotp();
    const other = await world.withTotp();
    const ticket = await zane.ticket();
    for (const step of [
      { code: other.code() },
      {},
      { code: 'abcdef' },
      { recoveryCode: 'AAAA-AAAA-AAAA-AAAA' },
      { passkey: '{}' },
    ]) {
      expect((await zane.browser.secondStep({ ticket, ...step })).answer.code).toBe('SECOND_STEP_FAILED');
      await world.noDelay();
    }
    // The ticket outlived the mistakes.
    expect((await zane.browser.secondStep({ ticket, code: zane.code() })).status).toBe(201);
  });

  it('takes a ticket once, for five minutes, and only in its own browser', async () => {
    const zane = await world.withTotp();
    const ticket = await zane.ticket();
    const thief = new Browser(world.app);
    expect((await thief.secondStep({ ticket, code: zane.code() })).answer.code).toBe('SECOND_STEP_OVER');
    const other = await world.withTotp();
    await other.ticket(thief);
    expect((await thief.secondStep({ ticket, code: zane.code() })).answer.code).toBe('SECOND_STEP_OVER');
    expect((await zane.browser.secondStep({ ticket, code: zane.code() })).status).toBe(201);
    expect((await zane.browser.secondStep({ ticket, code: zane.code(30) })).answer.code).toBe('SECOND_STEP_OVER');

    const late = await zane.ticket();
    await world.app.owner.query(`UPDATE sign_in_ticket SET expires_at = now() - interval '1 second'`);
    expect((await zane.browser.secondStep({ ticket: late, code: zane.code(30) })).answer.code).toBe('SECOND_STEP_OVER');
    expect((await zane.browser.ask(factorEndpoints.secondStepPasskey, { input: { ticket: late } })).answer.code).toBe(
      'SECOND_STEP_OVER',
    );
  });

  it('delays guesses more and more, counted before they are made, whatever ticket they come with', async () => {
    const zane = await world.withTotp();
    const ticket = await zane.ticket();
    const guesses = await Promise.all(
      Array.from({ length: 8 }, () => zane.browser.secondStep({ ticket, code: '000000' })),
    );
    expect(guesses.filter(({ answer }) => answer.code === 'SECOND_STEP_FAILED').length).toBeLessThanOrEqual(2);
    const { status, answer } = await zane.browser.secondStep({ ticket: await zane.ticket(), code: zane.code() });
    expect(status).toBe(429);
    expect(answer.code).toBe('SIGN_IN_LATER');
    // Never for good: an hour at most.
    await world.app.owner.query(`UPDATE sign_in_delay SET failures = 40, not_before = now() - interval '1 second'`);
    await zane.browser.secondStep({ ticket, code: '000000' });
    const late = await zane.browser.secondStep({ ticket, code: '000000' });
    expect(Number(late.answer.params['seconds'])).toBeGreaterThan(3_590);
    expect(Number(late.answer.params['seconds'])).toBeLessThanOrEqual(3_600);
  });

  it('has no way around it in the database either', async () => {
    const zane = await world.withTotp();
    const [known] = await world.app.owner.query<{ hash: string }[]>(
      'SELECT password_hash AS hash FROM credential WHERE account_id = $1',
      [zane.id],
    );
    const start = `SELECT access_start_session('${newId()}', '${zane.id}', '${known?.hash ?? ''}', '?', '\\x01', '\\x02', '1 day', '1 day')`;
    await expect(world.asRole('tilts_door', null, start)).rejects.toThrow('has a second factor');
  });
});

describe('a passkey', () => {
  let zane: Person;
  let passkey: SoftwarePasskey;
  beforeAll(async () => {
    zane = await (await world.somebody()).comeIn();
    passkey = await zane.addPasskey();
  });
  beforeEach(() => world.noDelay());

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
    await world.noDelay();
    const right = passkey.show(await asked(ticket), { counter: Date.now() % 1_000_000_000 });
    expect((await zane.browser.secondStep({ ticket, passkey: right })).status).toBe(201);
  });

  it('of another account is refused', async () => {
    const other = await (await world.somebody()).comeIn();
    const theirs = await other.addPasskey();
    const ticket = await zane.ticket();
    const { answer } = await zane.browser.secondStep({ ticket, passkey: theirs.show(await asked(ticket)) });
    expect(answer.code).toBe('SECOND_STEP_FAILED');
  });

  it('may keep no counter, and answers for one ticket only all the same', async () => {
    const dace = await (await world.somebody()).comeIn();
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
});

describe('recovery codes', () => {
  it('open once each, in place of the second factor, and new ones end the old', async () => {
    const zane = await (await world.withTotp()).comeIn();
    const codes = await zane.newCodes();
    expect(new Set(codes).size).toBe(10);
    const [first = '', second = '', third = ''] = codes;
    expect(first).toMatch(/^(\w{4}-){3}\w{4}$/);
    const step = async (recoveryCode: string): Promise<number> =>
      (await zane.browser.secondStep({ ticket: await zane.ticket(), recoveryCode })).status;
    expect(await step(first)).toBe(201);
    expect(await step(first)).toBe(401);
    await world.noDelay();
    expect(await step(second.toLowerCase().replaceAll('-', ' '))).toBe(201);
    expect((await zane.browser.ask(factorEndpoints.list)).answer.recoveryCodesLeft).toBe(8);
    const fresh = await zane.newCodes();
    expect(await step(third)).toBe(401);
    await world.noDelay();
    expect(await step(fresh[0] ?? '')).toBe(201);
  });

  it('of another account do not open', async () => {
    const zane = await world.withTotp();
    const other = await (await world.withTotp()).comeIn();
    const [theirs = ''] = await other.newCodes();
    const { answer } = await zane.browser.secondStep({ ticket: await zane.ticket(), recoveryCode: theirs });
    expect(answer.code).toBe('SECOND_STEP_FAILED');
  });
});
