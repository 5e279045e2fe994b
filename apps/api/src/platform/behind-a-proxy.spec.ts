import { Controller, Get, Module, Req } from '@nestjs/common';
import { accessEndpoints, type Problem } from '@tilts/domain';
import type { FastifyRequest } from 'fastify';
import { startTestApp, type TestApp } from '../test-app.js';
import { OpenToAll } from './serves.decorator.js';

/** Tells its caller what the app takes them for; only this spec has it. */
@Controller()
class MirrorController {
  @Get('mirror')
  @OpenToAll('only in this spec')
  look(@Req() request: FastifyRequest): object {
    return { host: request.host, protocol: request.protocol, ip: request.ip };
  }
}
@Module({ controllers: [MirrorController] })
class MirrorModule {}

const PUBLIC_URL = 'https://tilts.example';
/** What a stranger writes who would like to be the proxy. */
const spoofed = {
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  forwarded: 'for=203.0.113.9;host=evil.example;proto=https',
};
/** What Caddy writes. */
const forwarded = {
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-host': 'tilts.example',
  'x-forwarded-proto': 'https',
};

const opened: TestApp[] = [];
async function behind(settings: Record<string, string>): Promise<TestApp> {
  const app = await startTestApp({ features: [MirrorModule], settings });
  opened.push(app);
  return app;
}
afterAll(async () => {
  for (const app of opened) await app.close();
});

const seen = async (app: TestApp, headers: Record<string, string>): Promise<unknown> =>
  (await fetch(`${app.address}/api/mirror`, { headers })).json();

async function signIn(app: TestApp, headers: Record<string, string>): Promise<string> {
  await app.owner.query('DELETE FROM sign_in_delay');
  const answer = await fetch(app.address + '/api' + accessEndpoints.signIn.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ email: 'nobody@tilts.test', password: 'x' }),
  });
  return ((await answer.json()) as Problem).code;
}

describe('X-Forwarded-*', () => {
  it.each([
    ['when no proxy is named', {}],
    ['when another address is the proxy', { TRUST_PROXY: '10.9.0.0/16, 192.0.2.7' }],
  ])('changes nothing %s', async (_, settings) => {
    const app = await behind({ PUBLIC_URL, ...settings });
    const own = { host: new URL(app.address).host, protocol: 'http', ip: '127.0.0.1' };
    expect(await seen(app, spoofed)).toEqual(own);
    expect(await signIn(app, { ...spoofed, origin: 'https://evil.example' })).toBe('CROSS_ORIGIN');
  });

  it.each(['loopback', '127.0.0.0/8'])('is taken from the proxy that TRUST_PROXY names (%s)', async (proxy) => {
    const app = await behind({ PUBLIC_URL, TRUST_PROXY: proxy });
    expect(await seen(app, forwarded)).toEqual({ host: 'tilts.example', protocol: 'https', ip: '203.0.113.9' });
  });

  it('lets a proxy say who is behind it, and not who is behind those', async () => {
    const app = await behind({ PUBLIC_URL, TRUST_PROXY: 'loopback' });
    expect(await seen(app, { ...forwarded, 'x-forwarded-for': '198.51.100.1, 203.0.113.9' })).toMatchObject({
      ip: '203.0.113.9',
    });
  });
});

describe('with an https PUBLIC_URL', () => {
  it('only its own address is ours, whatever Host says', async () => {
    const app = await behind({ PUBLIC_URL });
    expect(await signIn(app, { origin: PUBLIC_URL })).toBe('SIGN_IN_FAILED');
    expect(await signIn(app, { origin: PUBLIC_URL, 'sec-fetch-site': 'same-origin' })).toBe('SIGN_IN_FAILED');
    // A name that somebody else lets point to us: the browser calls it the same origin.
    expect(await signIn(app, { origin: app.address })).toBe('CROSS_ORIGIN');
    expect(await signIn(app, { origin: app.address, 'sec-fetch-site': 'same-origin' })).toBe('CROSS_ORIGIN');
    expect(await signIn(app, { origin: 'http://tilts.example' })).toBe('CROSS_ORIGIN');
  });

  it('browsers are told to come over HTTPS only, and without it they are not', async () => {
    const [secure, plain] = [await behind({ PUBLIC_URL }), await behind({})];
    for (const path of ['/api/health', '/api/nothing', '/api/me']) {
      const promise = (await fetch(secure.address + path)).headers.get('strict-transport-security');
      expect(promise).toBe('max-age=31536000; includeSubDomains');
      expect((await fetch(plain.address + path)).headers.has('strict-transport-security')).toBe(false);
    }
  });
});
