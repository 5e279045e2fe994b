import {
  accessEndpoints,
  factorEndpoints,
  newId,
  type Endpoint,
  type Problem,
  type SessionStarted,
} from '@tilts/domain';
import { TEST_PASSWORD, type TestApp } from '../test-app.js';

/** What came back: the answer of a success, or the problem. */
export interface Got<O> {
  status: number;
  answer: O & Problem;
  headers: Headers;
  ms: number;
}

/** A browser as far as signing in is concerned: it keeps cookies and sends them back, and shows the token that it was given. */
export class Browser {
  readonly cookies = new Map<string, string>();
  token: string | undefined;

  constructor(private readonly app: Pick<TestApp, 'address'>) {}

  async post<O = SessionStarted>(path: string, body: unknown, method = 'POST'): Promise<Got<O>> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const began = performance.now();
    const response = await fetch(`${this.app.address}/api${path}`, {
      method,
      headers: {
        ...(method === 'POST' && { 'content-type': 'application/json' }),
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        cookie,
        'user-agent': 'Mozilla/5.0 (Linux; Android 9) Chrome/126.0 Mobile Safari/537.36',
      },
      ...(method === 'POST' && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const answer = (text ? JSON.parse(text) : {}) as O & Problem;
    return { status: response.status, answer, headers: response.headers, ms: performance.now() - began };
  }

  ask<I extends object, O>(
    endpoint: Endpoint<I, string, O>,
    { input = {}, params = {} }: { input?: Partial<I>; params?: Record<string, string> } = {},
  ): Promise<Got<O>> {
    const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? newId());
    return this.post<O>(path, input, endpoint.method);
  }

  /** The first step; a second one is asked for by `SECOND_FACTOR_ASKED`. */
  async signIn(email: string, password = TEST_PASSWORD): Promise<Got<SessionStarted>> {
    return this.keep(await this.ask(accessEndpoints.signIn, { input: { email, password } }));
  }

  async secondStep(input: {
    ticket: string;
    code?: string;
    passkey?: string;
    recoveryCode?: string;
  }): Promise<Got<SessionStarted>> {
    return this.keep(await this.ask(factorEndpoints.secondStep, { input }));
  }

  async refresh(attempt = newId()): Promise<Got<SessionStarted>> {
    return this.keep(await this.ask(accessEndpoints.refresh, { input: { attempt } }));
  }

  private keep(got: Got<SessionStarted>): Got<SessionStarted> {
    if (got.status < 400) this.token = got.answer.accessToken;
    return got;
  }
}
