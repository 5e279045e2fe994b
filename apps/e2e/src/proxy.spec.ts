import { request } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { request as plainRequest } from 'node:http';
import { chromium, type Browser } from '@playwright/test';
import { demoEmail } from '@tilts/testing';
import { demoPassword, signIn } from './pages/sign-in.js';
import { phone } from './screens.js';
import { expect, test } from './test.js';
import { Caddy } from './tilts/caddy.js';
import { Caller } from './tilts/caller.js';
import { logInterrupted } from './tilts/interrupted-visit.js';
import { OwnTilts } from './tilts/own-tilts.js';

// The proxy of docker-compose.yml, with the same Caddyfile, in front of two processes of the built Tilts: HTTPS in a real browser.
const program = Caddy.program();
if (!program)
  console.warn(
    '\n  SKIPPED: proxy.spec.ts needs Caddy. Install it (apt-get install caddy), or name it with CADDY_PATH.\n',
  );

test.describe('behind Caddy', () => {
  test.skip(!program, 'there is no Caddy on this machine; apt-get install caddy, or CADDY_PATH');
  test.describe.configure({ mode: 'serial' });

  let caddy: Caddy;
  let first: OwnTilts;
  let second: OwnTilts;
  let browser: Browser;

  test.beforeAll(async () => {
    test.setTimeout(120_000);
    caddy = await Caddy.at('tilts.test', program ?? '');
    const settings = { PUBLIC_URL: caddy.address, TRUST_PROXY: 'loopback', STOP_DELAY: '2' };
    first = await OwnTilts.inNewFolders(settings);
    second = await OwnTilts.beside(first);
    await first.start();
    await second.start();
    await caddy.start([first.port, second.port]);
    const found = test.info().project.use.launchOptions;
    browser = await chromium.launch({ ...found, args: [...(found?.args ?? []), ...caddy.browserArguments()] });
  });
  test.afterAll(async () => {
    await browser?.close();
    await caddy?.stop();
    await second?.stop();
    await first?.remove();
  });

  const ask = (path: string, more: Asked = {}): Promise<Told> => askOver(caddy, path, more);

  test('answers over HTTPS with every header, sends HTTP there, and tells nothing about itself', async () => {
    const { status, headers } = await ask('/api/health/ready');
    expect(status).toBe(200);
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    const page = await ask('/families', { headers: { 'accept-encoding': 'br' } });
    expect(page.status).toBe(200);
    expect(page.headers['cache-control']).toBe('no-cache');

    const plain = await new Promise<{ status: number; location: string | undefined }>((resolve, reject) => {
      const options = { host: '127.0.0.1', port: caddy.plainPort, path: '/today', headers: { host: 'tilts.test' } };
      plainRequest(options, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode ?? 0, location: answer.headers.location });
      })
        .once('error', reject)
        .end();
    });
    expect(plain.status).toBe(308);
    expect(plain.location).toMatch(/^https:\/\/tilts\.test(:\d+)?\/today$/);
  });

  test('takes the word of the proxy and of nobody else, and its own address only', async () => {
    const guess = { email: 'nobody@tilts.test', password: 'x' };
    const code = async (headers: Record<string, string>): Promise<string> =>
      (JSON.parse((await ask('/api/sessions', { method: 'POST', headers, input: guess })).text) as { code: string })
        .code;
    const spoofed = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      'x-forwarded-for': '198.51.100.1',
    };
    expect(await code({ ...spoofed, origin: 'https://evil.example' })).toBe('CROSS_ORIGIN');
    expect(await code({ ...spoofed, origin: caddy.address })).toBe('SIGN_IN_FAILED');
  });

  test('stops what is too big at the door, without asking Tilts', async () => {
    // Told before anything is sent: nothing of it was read.
    expect((await ask('/api/sessions', { method: 'POST', announced: 20_000_001 })).status).toBe(413);
    // Not announced: told as soon as it is too much, while it goes on.
    expect((await ask('/api/sessions', { method: 'POST', endless: 1_000_000 })).status).toBe(413);
    // What Tilts itself refuses reaches whoever sends it, and no process is taken for broken.
    const input = { email: 'x'.repeat(5_000_000), password: 'x' };
    const statuses = await Promise.all(
      Array.from({ length: 8 }, async () => (await ask('/api/sessions', { method: 'POST', input })).status),
    );
    expect([...new Set(statuses)]).toEqual([413]);
    expect((await ask('/api/health/ready')).status).toBe(200);
  });

  test('one process is killed while a visit is logged: the person loses nothing and goes on', async () => {
    test.setTimeout(120_000);
    const context = await browser.newContext({ ...phone, locale: 'lv-LV', timezoneId: 'Europe/Riga' });
    const page = await context.newPage();
    await page.goto(caddy.address);
    await signIn(page, demoEmail('mediator', 'VENTSPILS'));
    const cookie = (await context.cookies()).find(({ name }) => name === '__Host-tilts');
    expect(cookie).toMatchObject({ domain: 'tilts.test', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' });

    const caller = await Caller.signIn(second.address, demoEmail('mediator', 'VENTSPILS'));
    const family = (await caller.families()).find(({ status }) => status === 'active')?.id ?? '';
    const before = await caller.visitIds(family);
    await logInterrupted(page, `${caddy.address}/visits/new?family=${family}`, {
      between: () => first.kill(),
      before: async () => void (await first.start()),
      atSaving: () => first.kill(),
    });
    expect(await caller.visitIds(family), 'one visit more').toHaveLength(before.length + 1);

    // The session goes on at the other process, also when the page is opened anew.
    await page.goto(`${caddy.address}/today`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page).not.toHaveURL(/sign-in/);
    await context.close();
    await first.start();
  });

  test('a process that leaves in good order is missed by nobody', async () => {
    test.setTimeout(60_000);
    const statuses = new Map<number, number>();
    let asking = true;
    const worker = async (): Promise<void> => {
      while (asking) {
        const { status } = await ask('/api/me', { headers: { authorization: 'Bearer none' } });
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    const workers = [1, 2, 3, 4].map(worker);
    expect(await first.stop()).toBe(0);
    await first.start();
    asking = false;
    await Promise.all(workers);
    expect([...statuses.keys()]).toEqual([401]);
    expect(statuses.get(401)).toBeGreaterThan(50);
  });

  test('with nobody behind it, it says in a word that programs and people understand that it is for a moment', async () => {
    test.setTimeout(60_000);
    await Promise.all([first.kill(), second.kill()]);
    const api = await ask('/api/me');
    expect(api.status).toBe(503);
    expect(api.headers['content-type']).toContain('application/problem+json');
    expect(JSON.parse(api.text)).toMatchObject({ code: 'UNAVAILABLE', status: 503 });
    const page = await ask('/today');
    expect(page.status).toBe(503);
    expect(page.text).toContain('Tilts šobrīd nav pieejams');
    await first.start();
    await expect.poll(async () => (await ask('/api/health/ready')).status, { timeout: 15_000 }).toBe(200);
    const again = await ask('/api/sessions', {
      method: 'POST',
      input: { email: demoEmail('mediator', 'RIGA'), password: demoPassword },
    });
    expect(again.status).toBe(201);
  });
});

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  input?: object;
  /** A body of so many bytes that never comes. */
  announced?: number;
  /** A body of so many bytes, and no end of it. */
  endless?: number;
}
interface Told {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** A program that trusts the test's authority and finds the host on this machine. */
function askOver(
  caddy: Caddy,
  path: string,
  { method = 'GET', headers = {}, input, announced, endless }: Asked,
): Promise<Told> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port: caddy.port,
        servername: caddy.host,
        ca: caddy.authority,
        path,
        method,
        agent: false,
        headers: {
          host: `${caddy.host}:${caddy.port}`,
          ...((input ?? endless) && { 'content-type': 'application/json' }),
          ...(announced && { 'content-length': announced }),
          ...headers,
        },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.once('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(parts).toString() }),
        );
      },
    );
    asked.once('error', reject);
    if (announced) asked.flushHeaders();
    else if (endless) asked.write(' '.repeat(endless));
    else asked.end(input && JSON.stringify(input));
  });
}
