import { accessEndpoints, newId, type Me, type Problem } from '@tilts/domain';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../test-app.js';
import { Browser } from '../testing/browser.js';
import { createAccount } from './accounts.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

let made = 0;
async function newAccount(): Promise<string> {
  const email = `person${++made}@tilts.test`;
  await createAccount(app.owner, app.seals, {
    role: 'mediator',
    language: 'lv',
    name: 'Zane Kļava',
    email,
    password: TEST_PASSWORD,
  });
  return email;
}

async function me(token: string): Promise<{ status: number; me: Me & Problem }> {
  const response = await fetch(`${app.address}/api/me`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, me: (await response.json()) as Me & Problem };
}

/** As if so many seconds had passed for every refresh token. */
const letPass = (seconds: number): Promise<unknown> =>
  app.owner.query(`UPDATE refresh_token SET used_at = used_at - make_interval(secs => $1)`, [seconds]);

describe('signing in', () => {
  it('gives a token for memory, a cookie for the browser, and says who one is', async () => {
    const email = await newAccount();
    const browser = new Browser(app);
    const { status, answer, headers } = await browser.signIn(email.toUpperCase());
    expect(status).toBe(201);
    expect(answer.me).toMatchObject({
      name: 'Zane Kļava',
      email,
      role: 'mediator',
      language: 'lv',
      workPlaces: [],
      institution: null,
    });
    expect(answer.expiresIn).toBeLessThanOrEqual(300);
    const cookie = headers.getSetCookie().find((line) => line.startsWith('__Host-tilts='));
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(attribute);
    expect(cookie).not.toContain('Domain');
    expect((await me(answer.accessToken)).me.id).toBe(answer.me.id);
  });

  it('keeps neither the token nor the name where the database can be read', async () => {
    const browser = new Browser(app);
    const email = await newAccount();
    await browser.signIn(email);
    const tables = ['account', 'credential', 'session', 'refresh_token', 'sign_in_delay'];
    for (const table of tables) {
      const rows = JSON.stringify(await app.owner.query(`SELECT t::text AS row FROM ${table} t`));
      for (const secret of ['Zane', email, browser.cookies.get('__Host-tilts') ?? '', TEST_PASSWORD])
        expect(rows).not.toContain(secret);
    }
  });

  it('answers an unknown and a known account alike, in words and in time', async () => {
    const known: number[] = [];
    const unknown: number[] = [];
    const bodies = new Set<string>();
    for (let i = 0; i < 5; i++) {
      const right = await new Browser(app).signIn(await newAccount(), 'wrong password');
      const wrong = await new Browser(app).signIn(`nobody${i}@tilts.test`, 'wrong password');
      known.push(right.ms);
      unknown.push(wrong.ms);
      for (const { status, answer } of [right, wrong])
        bodies.add(JSON.stringify([status, { ...answer, requestId: '' }]));
    }
    expect([...bodies]).toEqual([expect.stringContaining('SIGN_IN_FAILED')]);
    const median = (times: number[]): number => times.sort((a, b) => a - b)[2] ?? 0;
    expect(median(unknown) / median(known)).toBeGreaterThan(0.5);
    expect(median(unknown) / median(known)).toBeLessThan(2);
  });

  it('delays more and more, alike for an account that nobody has, and never for good', async () => {
    const email = 'nobody.at.all@tilts.test';
    const waits: number[] = [];
    for (let i = 0; i < 6; i++) {
      const { answer } = await new Browser(app).signIn(email, 'guess');
      if (answer.code === 'SIGN_IN_LATER') {
        waits.push(Number(answer.params['seconds']));
        await app.owner.query(`UPDATE sign_in_delay SET not_before = now() - interval '1 second'`);
      }
    }
    expect(waits).toEqual([1, 2]);
    await app.owner.query(`UPDATE sign_in_delay SET failures = 40, not_before = now() - interval '1 second'`);
    await new Browser(app).signIn(email, 'guess');
    const late = await new Browser(app).signIn(email, 'guess');
    expect(late.status).toBe(429);
    expect(Number(late.answer.params['seconds'])).toBeGreaterThan(290);
    expect(Number(late.answer.params['seconds'])).toBeLessThanOrEqual(300);
    expect(late.headers.get('retry-after')).toBe(String(late.answer.params['seconds']));
  });

  it('lets tries that are sent at once through no faster', async () => {
    const email = await newAccount();
    const answers = await Promise.all(Array.from({ length: 8 }, () => new Browser(app).signIn(email, 'guess')));
    expect(answers.filter(({ answer }) => answer.code === 'SIGN_IN_FAILED').length).toBeLessThanOrEqual(2);
  });

  it('does not let a stranger slow down the device that its owner knows', async () => {
    const email = await newAccount();
    const phone = new Browser(app);
    await phone.signIn(email);
    for (let i = 0; i < 4; i++) await new Browser(app).signIn(email, 'guess');
    expect((await new Browser(app).signIn(email)).answer.code).toBe('SIGN_IN_LATER');
    expect((await phone.signIn(email)).status).toBe(201);
    // The mark of the phone helps with this account only.
    const other = await newAccount();
    for (let i = 0; i < 4; i++) await new Browser(app).signIn(other, 'guess');
    expect((await phone.signIn(other)).answer.code).toBe('SIGN_IN_LATER');
  });
});

describe('staying signed in', () => {
  it('uses a refresh token once and gives the next', async () => {
    const browser = new Browser(app);
    await browser.signIn(await newAccount());
    const first = browser.cookies.get('__Host-tilts');
    const renewed = await browser.refresh();
    expect(renewed.status).toBe(200);
    expect(browser.cookies.get('__Host-tilts')).not.toBe(first);
    expect((await browser.refresh()).status).toBe(200);
  });

  it('takes the same try again for a lost answer, within a minute', async () => {
    const browser = new Browser(app);
    await browser.signIn(await newAccount());
    const first = browser.cookies.get('__Host-tilts') ?? '';
    const attempt = newId();
    await browser.refresh(attempt);
    const successor = browser.cookies.get('__Host-tilts');
    browser.cookies.set('__Host-tilts', first);
    expect((await browser.refresh(attempt)).status).toBe(200);
    expect(browser.cookies.get('__Host-tilts')).toBe(successor);
    expect((await browser.refresh()).status).toBe(200);
  });

  it.each([
    ['another try', (attempt: string) => attempt.replace(/.$/, (last) => (last === '0' ? '1' : '0')), 0],
    ['the same try after a minute', (attempt: string) => attempt, 61],
  ])('ends the whole session when a used token comes back with %s', async (_, again, seconds) => {
    const browser = new Browser(app);
    const { answer, status } = await browser.signIn(await newAccount());
    expect(status).toBe(201);
    const stolen = browser.cookies.get('__Host-tilts') ?? '';
    const attempt = newId();
    await browser.refresh(attempt);
    await letPass(seconds);
    const thief = new Browser(app);
    thief.cookies.set('__Host-tilts', stolen);
    expect((await thief.refresh(again(attempt))).answer.code).toBe('SESSION_OVER');
    expect((await browser.refresh()).answer.code).toBe('SESSION_OVER');
    expect(await me(answer.accessToken)).toMatchObject({ status: 401, me: { code: 'SESSION_OVER' } });
  });

  it('needs a cookie, and one that we made', async () => {
    const browser = new Browser(app);
    expect((await browser.refresh()).answer.code).toBe('SIGN_IN_NEEDED');
    browser.cookies.set('__Host-tilts', 'invented');
    expect((await browser.refresh()).answer.code).toBe('SESSION_OVER');
    expect(browser.cookies.has('__Host-tilts')).toBe(false);
  });
});

describe('access tokens', () => {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

  it('are refused when they are not signed by us', async () => {
    const { answer } = await new Browser(app).signIn(await newAccount());
    const [, payload = ''] = answer.accessToken.split('.');
    for (const token of [
      '',
      'x.y.z',
      `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`,
      answer.accessToken.slice(0, -2),
      `${answer.accessToken}.`,
    ])
      expect((await me(token)).me.code).toBe('SIGN_IN_NEEDED');
  });

  it('name a session and no person', async () => {
    const { answer } = await new Browser(app).signIn(await newAccount());
    const payload = JSON.parse(Buffer.from(answer.accessToken.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >;
    expect(Object.keys(payload).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'role', 'sid']);
    expect(Number(payload['exp']) - Number(payload['iat'])).toBeLessThanOrEqual(300);
  });
});

describe('my own sessions', () => {
  it('can be seen and ended one by one, at once', async () => {
    const email = await newAccount();
    const here = new Browser(app);
    const mine = (await here.signIn(email)).answer.accessToken;
    const other = (await new Browser(app).signIn(email)).answer.accessToken;
    const call = (method: string, path: string, token = mine): Promise<Response> =>
      fetch(`${app.address}/api${path}`, { method, headers: { authorization: `Bearer ${token}` } });
    const { items } = (await (await call('GET', '/sessions')).json()) as {
      items: { id: string; current: boolean; device: string; startedAt: string }[];
    };
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({
      device: 'Chrome · Android',
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
    const notHere = items.find(({ current }) => !current);
    expect((await call('DELETE', `/sessions/${notHere?.id}`)).status).toBe(204);
    expect((await me(other)).me.code).toBe('SESSION_OVER');

    const out = await call('DELETE', '/sessions/current');
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie().join()).toMatch(/__Host-tilts=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/);
    expect((await me(mine)).me.code).toBe('SESSION_OVER');
    expect((await here.refresh()).answer.code).toBe('SESSION_OVER');
    const audited = await app.owner.query<{ operation: string }[]>(
      `SELECT operation FROM audit_event WHERE operation = 'DELETE /sessions/{id}'`,
    );
    expect(audited.length).toBeGreaterThanOrEqual(2);
  });

  it('are only mine', async () => {
    const stranger = app.as.mediator('JELGAVA');
    await stranger.call(accessEndpoints.me);
    const { items } = await stranger.call(accessEndpoints.sessions);
    const { accessToken } = (await new Browser(app).signIn(await newAccount())).answer;
    const response = await fetch(`${app.address}/api/sessions/${items[0]?.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(((await response.json()) as Problem).code).toBe('NOT_FOUND');
    expect((await stranger.call(accessEndpoints.sessions)).items).toHaveLength(1);
  });
});

describe('my profile', () => {
  it('tells where a mediator works and for whom a social worker does', async () => {
    expect((await app.as.mediator('RIGA').call(accessEndpoints.me)).workPlaces).toEqual([
      { municipalityId: expect.any(String) as string, name: 'Rīga' },
    ]);
    expect((await app.as.socialWorker('RIGA').call(accessEndpoints.me)).institution).toEqual(expect.any(String));
  });

  it('changes the language', async () => {
    const somebody = app.as.evaluator();
    expect((await somebody.call(accessEndpoints.changeMe, { input: { language: 'en' } })).language).toBe('en');
    expect((await somebody.call(accessEndpoints.me)).language).toBe('en');
    expect((await somebody.refused(accessEndpoints.changeMe, { input: { language: 'xx' } })).fields).toEqual([
      { field: 'language', code: 'notAChoice' },
    ]);
  });
});
