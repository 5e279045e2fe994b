import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Module } from '@nestjs/common';
import { accessEndpoints, csv, endpoint, newId, Reference, Text, type Problem } from '@tilts/domain';
import { startTestApp, TEST_PASSWORD, type Answer, type TestApp } from '../test-app.js';
import { Serves } from './serves.decorator.js';
import { findWebBuild } from './web-build.js';

class Horse {
  @Reference()
  id: string;
  @Text({ max: 20 })
  name: string;
}
class NewHorse {
  @Text({ max: 20 })
  name: string;
}
const horses = {
  read: endpoint({ method: 'GET', path: '/horses/{id}', permission: 'family:read', summary: '', output: Horse }),
  create: endpoint({
    method: 'POST',
    path: '/horses',
    permission: 'family:write',
    summary: '',
    input: NewHorse,
    output: Horse,
  }),
  list: endpoint({ method: 'GET', path: '/horses.csv', permission: 'family:read', summary: '', output: csv }),
};
const known = newId();

/** A feature that only this spec has. */
@Controller()
class HorsesController {
  @Serves(horses.read)
  async read({ params }: { params: { id: string } }): Promise<Horse> {
    if (params.id !== known) throw new Error(`No horse for ${SECRETS_IN_WORDS.join(' ')}`);
    return { id: known, name: 'Bērtā', note: 'undeclared' } as Horse;
  }
  @Serves(horses.create)
  async create({ input }: { input: NewHorse }): Promise<Horse> {
    return { id: known, name: input.name };
  }
  @Serves(horses.list)
  async list(): Promise<string> {
    return 'vārds\r\nBērtā\r\n';
  }
}
@Module({ controllers: [HorsesController] })
class HorsesModule {}

const SECRETS_IN_WORDS = ['Lāsma Ozola', 'hemmelig-password', '26123456'];
const NONCE = 'nonce0123456789abcdef';

let app: TestApp;
let folder: string;
const log: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tilts-web-'));
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><title>Tilts</title><app-root ngCspNonce="${NONCE}"></app-root>`,
  );
  writeFileSync(join(folder, 'main-9JgfF-i9.js'), `console.log(${JSON.stringify('x'.repeat(5_000))})`);
  writeFileSync(join(folder, 'main-9JgfF-i9.js.br'), 'not really brotli');
  writeFileSync(join(folder, 'robots.txt'), 'User-agent: *\nDisallow: /\n');
  app = await startTestApp({
    features: [HorsesModule],
    web: findWebBuild(folder),
    log: { write: (line: string) => void log.push(line) },
  });
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(app.address + path, { headers });
const send = (path: string, headers: Record<string, string>, body = '{}', method = 'POST'): Promise<Response> =>
  fetch(app.address + path, { method, headers, ...(method === 'POST' && { body }) });
const problem = async (response: Response): Promise<Problem> => (await response.json()) as Problem;
const json = { 'content-type': 'application/json' };

/** A request line exactly as written; fetch would tidy it. */
function raw(path: string): Promise<{ status: number; headers: Headers; text: string }> {
  return new Promise((resolve, reject) => {
    httpRequest(`${app.address}/`, { path }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const headers = new Headers(
          Object.entries(response.headers).map(([name, value]) => [name, String(value)] as [string, string]),
        );
        resolve({ status: response.statusCode ?? 0, headers, text: Buffer.concat(parts).toString() });
      });
    })
      .on('error', reject)
      .end();
  });
}

it('a request that never ends is waited for two minutes, not for ever', () => {
  const { requestTimeout } = app.nest.getHttpServer() as unknown as { requestTimeout: number };
  expect(requestTimeout).toBe(120_000);
});

describe('a refusal of much', () => {
  // A proxy that cannot hand on the whole body takes the process for broken, tells its person so, and sends it nobody for a while.
  it.each([
    ['too large', [], 413],
    ['too large, and not said before', ['transfer-encoding: chunked'], 413],
    ['of another site', ['origin: https://evil.example'], 403],
  ])('reaches who sends all of it before they listen: %s', async (_, headers, status) => {
    expect(await sendsAllThenListens('/api/sessions', headers, 80)).toBe(`HTTP/1.1 ${status}`);
  });

  /** The first words of the answer, or why it never came. */
  function sendsAllThenListens(path: string, headers: readonly string[], parts: number): Promise<string> {
    const part = 'x'.repeat(0x20000);
    const isChunked = headers.some((header) => header.startsWith('transfer-encoding'));
    const length = isChunked ? [] : [`content-length: ${part.length * parts}`];
    const head = [`POST ${path} HTTP/1.1`, 'host: localhost', 'connection: close', 'content-type: application/json'];
    return new Promise((resolve) => {
      const socket = connect(Number(new URL(app.address).port), '127.0.0.1').pause();
      socket.once('data', (said: Buffer) => {
        resolve(said.toString().slice(0, 'HTTP/1.1 200'.length));
        socket.destroy();
      });
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      socket.write([...head, ...headers, ...length, '', ''].join('\r\n'));
      const rest = (left: number): unknown =>
        left === 0 ? socket.resume() : socket.write(isChunked ? `20000\r\n${part}\r\n` : part, () => rest(left - 1));
      rest(parts);
    });
  }
});

describe('every answer', () => {
  it.each([
    ['an operation', () => get('/api/health'), 200],
    ['a page', () => get('/families'), 200],
    ['a file', () => get('/main-9JgfF-i9.js'), 200],
    ['the document', () => get('/api/docs'), 200],
    ['nothing there', () => get('/api/nothing'), 404],
    ['no session', () => get('/api/me'), 401],
    ['a mistake of ours', () => app.as.mediator('JELGAVA').send(horses.read, { params: { id: newId() } }), 500],
    ['another type', () => send('/api/sessions', { 'content-type': 'text/plain' }), 415],
    ['a form', () => send('/api/sessions', { 'content-type': 'application/x-www-form-urlencoded' }, 'email=a'), 415],
    ['too much', () => send('/api/sessions', json, JSON.stringify({ email: 'x'.repeat(300_000) })), 413],
    ['broken JSON', () => send('/api/sessions', json, '{"email":'), 400],
    ['poisoned JSON', () => send('/api/sessions', json, '{"__proto__":{"role":"coordinator"}}'), 400],
    ['no JSON at all', () => send('/api/sessions', json, ''), 400],
    ['a list for a record', () => send('/api/sessions', json, '[]'), 400],
    ['another method', () => send('/api/me', {}, '', 'DELETE'), 405],
    ['an address that is none', () => raw('/%'), 404],
    ['a way out of the folder', () => raw('/../../package.json'), 404],
  ])('has every header: %s', async (_, ask: () => Promise<Response | Omit<Answer, 'bytes'>>, status: number) => {
    const { headers, ...answer } = await ask();
    expect((answer as { status?: number }).status ?? status).toBe(status);
    const policy = headers.get('content-security-policy') ?? '';
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${NONCE}'`,
      "require-trusted-types-for 'script'",
      "frame-ancestors 'none'",
      "manifest-src 'self'",
      "worker-src 'self'",
    ])
      expect(policy).toContain(part);
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    if (status >= 400) expect(headers.get('content-type')).toContain('application/problem+json');
  });

  it('of a problem says what is wrong in codes, and by which number to find it', async () => {
    const response = await send('/api/sessions', { ...json, 'x-request-id': 'mine' }, '{"email":"x","colour":"red"}');
    const answer = await problem(response);
    expect(answer).toEqual({
      type: '/api/docs#INVALID_INPUT',
      title: expect.stringMatching(/\w/) as string,
      status: 422,
      code: 'INVALID_INPUT',
      params: {},
      fields: expect.arrayContaining([
        { field: 'colour', code: 'unknown' },
        expect.objectContaining({ field: 'password', code: 'required' }),
      ]) as object[],
      requestId: response.headers.get('x-request-id') ?? '',
    });
    expect(answer.requestId).not.toBe('mine');
  });

  it('of the API stays in no cache', async () => {
    for (const path of ['/api/health', '/api/me', '/api/nothing'])
      expect((await get(path)).headers.get('cache-control')).toBe('no-store');
  });
});

describe('an operation', () => {
  it('lets no undeclared field leave', async () => {
    expect(await app.as.mediator('JELGAVA').call(horses.read, { params: { id: known } })).toEqual({
      id: known,
      name: 'Bērtā',
    });
  });

  it('tells nobody what went wrong inside', async () => {
    const answer = await app.as.mediator('JELGAVA').refused(horses.read, { params: { id: newId() } });
    expect(answer).toMatchObject({ code: 'INTERNAL', params: {}, fields: [] });
  });

  it('answers the same to whom it is forbidden as where nothing is', async () => {
    const forbidden = await app.as.evaluator().send(horses.read, { params: { id: known } });
    const missing = await app.as.evaluator().fetch('GET', '/api/nothing');
    const shape = ({ status, headers, text }: Answer): unknown => ({
      status,
      size: text.length,
      body: { ...(JSON.parse(text) as Problem), requestId: '' },
      headers: [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name)),
    });
    expect(shape(forbidden)).toEqual(shape(missing));
    expect(forbidden.status).toBe(404);
  });

  it('gives a table a neutral name and a mark that spreadsheets read', async () => {
    const { headers, text } = await app.as.mediator('JELGAVA').send(horses.list);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe('attachment; filename="report.csv"');
    expect(Buffer.from(text).subarray(0, 8).toString('hex')).toBe('76c48172'.padEnd(16, '64730d0a'));
  });

  it('writes one audit row in its own transaction, and none when it fails', async () => {
    const mediator = app.as.mediator('DOBELE');
    await mediator.call(horses.read, { params: { id: known } });
    await mediator.call(horses.create, { input: { name: 'Bērtā' } });
    await mediator.refused(horses.read, { params: { id: newId() } });
    const rows = await app.owner.query(
      'SELECT operation, kind, role, subject_ids FROM audit_event WHERE account_id = $1 AND operation LIKE $2 ORDER BY at',
      [await mediator.id(), '%/horses%'],
    );
    expect(rows).toEqual([
      { operation: 'GET /horses/{id}', kind: 'read', role: 'mediator', subject_ids: [known] },
      { operation: 'POST /horses', kind: 'write', role: 'mediator', subject_ids: [known] },
    ]);
  });
});

describe('other sites', () => {
  const signIn = (headers: Record<string, string>): Promise<Response> =>
    send('/api/sessions', { ...json, ...headers }, JSON.stringify({ email: 'nobody@tilts.test', password: 'x' }));
  it.each([
    [{ 'sec-fetch-site': 'cross-site' }, 'CROSS_ORIGIN'],
    [{ 'sec-fetch-site': 'same-site' }, 'CROSS_ORIGIN'],
    [{ 'sec-fetch-site': 'none' }, 'CROSS_ORIGIN'],
    [{ origin: 'https://elsewhere.example' }, 'CROSS_ORIGIN'],
    [{ origin: 'null' }, 'CROSS_ORIGIN'],
    [{ 'sec-fetch-site': 'same-origin' }, 'SIGN_IN_FAILED'],
    [{}, 'SIGN_IN_FAILED'],
  ])('with %j: %s', async (headers, code) => {
    await app.owner.query('DELETE FROM sign_in_delay');
    expect((await problem(await signIn(headers as Record<string, string>))).code).toBe(code);
  });

  it('are told from ours by the host', async () => {
    await app.owner.query('DELETE FROM sign_in_delay');
    expect((await problem(await signIn({ origin: app.address }))).code).toBe('SIGN_IN_FAILED');
  });
});

describe('the web app', () => {
  it('is served for every address of a page, always fresh', async () => {
    for (const path of ['/', '/families/7', '/first/1~abc', '/a/b?c=d.e']) {
      const response = await get(path);
      expect({ path, status: response.status, cache: response.headers.get('cache-control') }).toEqual({
        path,
        status: 200,
        cache: 'no-cache',
      });
      expect(await response.text()).toContain('<app-root');
    }
  });

  it('is not served for what is missing', async () => {
    for (const path of ['/missing.js', '/api', '/api/', '/api/families.html'])
      expect((await get(path)).status).toBe(404);
    expect((await send('/families', json)).status).toBe(404);
  });

  it('keeps files with a hash for ever, and travels as the build compressed it', async () => {
    const plain = await get('/robots.txt');
    expect(plain.headers.get('cache-control')).toBe('no-cache');
    const file = await fetch(`${app.address}/main-9JgfF-i9.js`, { headers: { 'accept-encoding': 'identity' } });
    expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const compressed = await new Promise<string | undefined>((resolve, reject) => {
      httpRequest(`${app.address}/main-9JgfF-i9.js`, { headers: { 'accept-encoding': 'br' } }, (response) => {
        response.resume();
        resolve(response.headers['content-encoding']);
      })
        .on('error', reject)
        .end();
    });
    expect(compressed).toBe('br');
  });

  it('asks search engines to stay away', async () => {
    expect(await (await get('/robots.txt')).text()).toContain('Disallow: /');
  });
});

describe('the log', () => {
  it('knows what was asked and how it went, and no person', async () => {
    const mediator = app.as.mediator('VALMIERA');
    const [name = '', password = '', phone = ''] = SECRETS_IN_WORDS;
    await mediator.send(horses.create, { input: { name } });
    await mediator.refused(horses.read, { params: { id: newId() } });
    await app.as.nobody().send(accessEndpoints.signIn, { input: { email: 'lasma.ozola@tilts.test', password } });
    await get(`/api/families?q=${encodeURIComponent(name)}&phone=${phone}`, {
      cookie: `__Host-tilts=${password}`,
      authorization: `Bearer ${password}`,
    });
    await get(`/${encodeURIComponent(name)}/${phone}`);
    await raw(`/%${phone}`);

    const { token } = await (mediator as unknown as { signIn(): Promise<{ token: string }> }).signIn();
    const text = log.join('');
    const planted = [
      ...SECRETS_IN_WORDS,
      encodeURIComponent(name),
      'lasma.ozola',
      TEST_PASSWORD,
      token,
      'mediator.valmiera',
      await mediator.id(),
    ];
    for (const secret of planted) expect(text).not.toContain(secret);
    const lines = log.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toContainEqual(
      expect.objectContaining({
        msg: 'answered',
        method: 'POST',
        route: '/api/horses',
        status: 201,
        reqId: expect.any(String) as string,
      }),
    );
    expect(lines).toContainEqual(
      expect.objectContaining({ msg: 'failed', kind: 'Error', stack: expect.stringContaining('at ') as string }),
    );
  });
});
