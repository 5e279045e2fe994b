import { setTimeout as sleep } from 'node:timers/promises';
import { factorEndpoints, type RecoveryCodes } from '@tilts/domain';
import { TOTP } from 'otpauth';
import { Browser, type Got } from '../testing/browser.js';
import { ORIGIN, SecondFactors } from '../testing/second-factors.js';
import { SoftwarePasskey } from '../testing/software-passkey.js';

let world: SecondFactors;
beforeAll(async () => {
  world = await SecondFactors.start();
});
afterAll(() => world.app.close());

describe('an authenticator app', () => {
  it('counts only after one of its codes proved that it took the secret', async () => {
    const zane = await (await world.somebody()).comeIn();
    const { answer: begun } = await zane.browser.ask(factorEndpoints.beginTotp);
    expect(begun.uri).toMatch(/^otpauth:\/\/totp\/Tilts:someone\d+%40tilts\.test\?.*secret=[A-Z2-7]{32}/);
    expect((await new Browser(world.app).signIn(zane.email)).status).toBe(201);

    const app1 = new TOTP({ secret: begun.secret });
    const confirm = (code: string): Promise<Got<RecoveryCodes>> =>
      zane.browser.ask(factorEndpoints.confirmTotp, {
        params: { id: begun.id },
        input: { name: 'Mans telefons', code },
      });
    expect((await confirm('000000')).answer.code).toBe('PROOF_FAILED');
    const confirmed = await confirm(app1.generate({ timestamp: world.clock.now().getTime() }));
    expect(confirmed.status).toBe(200);
    expect(confirmed.answer.recoveryCodes).toHaveLength(10);
    expect(await zane.levels()).toContain('second');
    const { answer } = await zane.browser.ask(factorEndpoints.list);
    expect(answer).toMatchObject({
      factors: [{ id: begun.id, kind: 'totp', name: 'Mans telefons' }],
      recoveryCodesLeft: 10,
    });
    expect((await new Browser(world.app).signIn(zane.email)).answer.code).toBe('SECOND_FACTOR_ASKED');
    // The code that confirmed it served already.
    zane.browser.token = undefined;
    const ticket = await zane.ticket();
    const again = { ticket, code: app1.generate({ timestamp: world.clock.now().getTime() }) };
    expect((await zane.browser.secondStep(again)).answer.code).toBe('SECOND_STEP_FAILED');
  });

  it('keeps its secret, its name and the recovery codes sealed', async () => {
    const zane = await (await world.somebody()).comeIn();
    const { answer: begun } = await zane.browser.ask(factorEndpoints.beginTotp);
    const { answer } = await zane.browser.ask(factorEndpoints.confirmTotp, {
      params: { id: begun.id },
      input: {
        name: 'Zanes telefons',
        code: new TOTP({ secret: begun.secret }).generate({ timestamp: world.clock.now().getTime() }),
      },
    });
    const hex = (word: string): string => Buffer.from(word).toString('hex');
    for (const table of ['second_factor', 'recovery_code', 'sign_in_ticket']) {
      const rows = JSON.stringify(await world.app.owner.query(`SELECT t::text AS row FROM ${table} t`));
      for (const word of [begun.secret, 'Zanes', answer.recoveryCodes[0]?.code ?? '-'])
        for (const written of [word, hex(word)]) expect(rows).not.toContain(written);
    }
  });

  it('of somebody else can neither be confirmed nor removed', async () => {
    const zane = await (await world.somebody()).comeIn();
    const other = await (await world.withTotp()).comeIn();
    const { answer: begun } = await zane.browser.ask(factorEndpoints.beginTotp);
    const code = new TOTP({ secret: begun.secret }).generate({ timestamp: world.clock.now().getTime() });
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
  it('is not added at another address, for another session’s question, twice, or without knowing its person', async () => {
    const theirs = await (await (await world.somebody()).comeIn()).addPasskey();
    const dace = await (await world.somebody()).comeIn();
    const begin = async (browser = dace.browser): Promise<string> =>
      (await browser.ask(factorEndpoints.beginPasskey)).answer.options;
    const add = async (answer: string): Promise<unknown> =>
      (await dace.browser.ask(factorEndpoints.addPasskey, { input: { name: 'x', answer } })).answer.code;
    const key = new SoftwarePasskey(ORIGIN);
    expect(await add(key.make(await begin(), { origin: 'https://evil.example' }))).toBe('PASSKEY_REFUSED');
    expect(await add(key.make(await begin(), { userVerified: false }))).toBe('PASSKEY_REFUSED');
    expect(await add(key.make(await begin((await (await world.somebody()).comeIn()).browser)))).toBe('PASSKEY_REFUSED');
    expect(await add('{}')).toBe('PASSKEY_REFUSED');
    expect(await add('no answer')).toBe('PASSKEY_REFUSED');
    const answer = key.make(await begin());
    expect(await add(answer)).toBeUndefined();
    expect(await add(answer)).toBe('PASSKEY_REFUSED');
    // Of one account only, even with a question of its own.
    expect(await add(theirs.make(await begin()))).toBe('PASSKEY_REFUSED');
  });
});

describe('recovery codes', () => {
  it('are there only beside a second factor', async () => {
    const zane = await (await world.somebody()).comeIn();
    expect((await zane.browser.ask(factorEndpoints.newRecoveryCodes)).answer.code).toBe('NOT_FOUND');
  });
});

describe('removing a second factor', () => {
  it('is free for most, and takes the recovery codes with the last', async () => {
    const zane = await (await world.withTotp()).comeIn();
    await zane.newCodes();
    const [factor] = (await zane.browser.ask(factorEndpoints.list)).answer.factors;
    expect((await zane.browser.ask(factorEndpoints.remove, { params: { id: factor?.id ?? '' } })).status).toBe(204);
    expect((await zane.browser.ask(factorEndpoints.list)).answer).toMatchObject({ factors: [], recoveryCodesLeft: 0 });
    expect((await new Browser(world.app).signIn(zane.email)).status).toBe(201);
  });

  it('leaves a coordinator at least one, also when two are removed at once', async () => {
    const inga = await (await world.withTotp('coordinator')).comeIn();
    const [first] = (await inga.browser.ask(factorEndpoints.list)).answer.factors;
    const remove = (id = ''): Promise<{ status: number }> =>
      inga.browser.ask(factorEndpoints.remove, { params: { id } });
    expect(await remove(first?.id)).toMatchObject({ status: 409, answer: { code: 'LAST_FACTOR' } });
    await inga.addPasskey();
    const { factors } = (await inga.browser.ask(factorEndpoints.list)).answer;
    const answers = await Promise.all(factors.map(({ id }) => remove(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  it('waits for another removal that has not ended, so that two are not both „not the last”', async () => {
    const inga = await (await world.withTotp('coordinator')).comeIn();
    await inga.addPasskey();
    const [one, two] = (await inga.browser.ask(factorEndpoints.list)).answer.factors;
    const remove = (id = ''): string => `SELECT remove_factor('${id}') AS outcome`;
    const [first, second] = [await world.open(inga), await world.open(inga)];
    try {
      expect((await first.query(remove(one?.id))).rows).toEqual([{ outcome: 'removed' }]);
      const waiting = second.query(remove(two?.id));
      expect(await Promise.race([waiting, sleep(300, 'still waiting')])).toBe('still waiting');
      await first.query('COMMIT');
      expect((await waiting).rows).toEqual([{ outcome: 'last' }]);
    } finally {
      await Promise.all([first.end(), second.end()]);
    }
  });

  it('of somebody who lost everything is done by a function that nobody may call from outside', async () => {
    const zane = await (await world.withTotp()).comeIn();
    await zane.newCodes();
    const forget = `SELECT forget_second_factors('${zane.id}')`;
    for (const role of ['tilts_app', 'tilts_door'])
      await expect(world.asRole(role, zane, forget)).rejects.toThrow('permission denied');
    const left = `SELECT count(*) AS left FROM (SELECT account_id FROM second_factor UNION ALL SELECT account_id FROM recovery_code) f WHERE account_id = '${zane.id}'`;
    expect(await world.asRole('tilts_resolver', zane, left)).toEqual([{ left: 11 }]);
    expect(await world.asRole('tilts_resolver', zane, forget, left)).toEqual([{ left: 0 }]);
  });
});
