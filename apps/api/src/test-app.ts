import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamicModule, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { accessEndpoints, newId, type Endpoint, type Problem, type Role } from '@tilts/domain';
import { demoEmail, type CityKey } from '@tilts/testing';
import type { DestinationStream } from 'pino';
import type { DataSource } from 'typeorm';
import { testDatabase } from '../../../tools/test-database/test-database.js';
import { createAccount } from './access/accounts.js';
import { createApp } from './create-app.js';
import { Clock } from './database/clock.js';
import { makeDataSource } from './database/data-source.js';
import { Seals } from './database/seals.js';
import { institutionId } from './directory/directory-rows.js';
import { municipalityId } from './municipalities/municipality-seed.js';
import { readEnvironment } from './platform/environment.js';
import { makeLog } from './platform/log.js';
import type { SealingKeys } from './platform/sealing-keys.js';
import type { Secrets } from './platform/secrets.js';
import type { WebBuild } from './platform/web-build.js';

interface Options {
  clock?: Clock;
  poolSize?: number;
  web?: WebBuild;
  /** Features that only this spec has. */
  features?: readonly (Type | DynamicModule)[];
  /** Where the log goes; nowhere when it is left out. */
  log?: DestinationStream;
  /** Other sealing keys than one of its own. */
  sealing?: SealingKeys;
  /** More settings, as the surroundings would give them. */
  settings?: Readonly<Record<string, string>>;
}

/** What a call carries: exactly what its endpoint declares. */
interface Given<I extends object> {
  /** Its rules do not travel. */
  input?: I | Omit<I, 'rules'>;
  params?: Record<string, string>;
}

/** The answer as it came over HTTP. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  bytes: Uint8Array;
}

/** The call was refused; `problem` says why. */
export class Refused extends Error {
  constructor(
    readonly problem: Problem,
    operation: string,
  ) {
    super(`${operation} was refused: ${problem.code} ${JSON.stringify({ ...problem.params, fields: problem.fields })}`);
  }
}

/** Somebody who uses the API over real HTTP. */
export class Somebody {
  constructor(
    private readonly address: string,
    readonly signIn: () => Promise<{ id: string; token: string | undefined }>,
  ) {}

  /** The account's id. */
  async id(): Promise<string> {
    return (await this.signIn()).id;
  }

  async call<I extends object, O>(endpoint: Endpoint<I, string, O>, given: Given<I> = {}): Promise<O> {
    const { status, text, bytes } = await this.send(endpoint, given);
    if (status >= 400) throw new Refused(JSON.parse(text) as Problem, `${endpoint.method} ${endpoint.path}`);
    if (status === 204) return undefined as O;
    if (endpoint.output === 'xlsx') return bytes as O;
    return (endpoint.output === 'csv' ? text : JSON.parse(text)) as O;
  }

  /** The problem that refuses this call; a call that is served fails the test. */
  async refused<I extends object>(endpoint: Endpoint<I, string, unknown>, given: Given<I> = {}): Promise<Problem> {
    const { status, text } = await this.send(endpoint, given);
    if (status < 400)
      throw new Error(`${endpoint.method} ${endpoint.path} was served: ${status} ${text.slice(0, 200)}`);
    return JSON.parse(text) as Problem;
  }

  async send<I extends object>(
    endpoint: Endpoint<I, string, unknown>,
    { input, params = {} }: Given<I> = {},
  ): Promise<Answer> {
    const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? newId()));
    const query = endpoint.method === 'GET' && input ? `?${queryOf(input).toString()}` : '';
    return this.fetch(endpoint.method, `/api${path}${query}`, endpoint.method === 'GET' ? undefined : input);
  }

  async fetch(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.exchange(method, path, body === undefined ? undefined : JSON.stringify(body));
  }

  /** A body that was packed with gzip. */
  async fetchPacked(path: string, packed: Uint8Array<ArrayBuffer>, type = 'application/json'): Promise<Answer> {
    return this.exchange('POST', `/api${path}`, packed, { 'content-encoding': 'gzip', 'content-type': type });
  }

  private async exchange(
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer> | undefined,
    more: Record<string, string> = {},
  ): Promise<Answer> {
    const { token } = await this.signIn();
    const response = await fetch(this.address + path, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body !== undefined && { body }),
    });
    const bytes = await response.bytes();
    return { status: response.status, headers: response.headers, bytes, text: new TextDecoder().decode(bytes) };
  }
}

/** Everybody who may speak to the API in a spec; the second of a city is asked for by `'second'`. */
export interface Everybody {
  mediator(city: CityKey, which?: 'first' | 'second'): Somebody;
  socialWorker(city: CityKey, which?: 'first' | 'second'): Somebody;
  evaluator(which?: 'first' | 'second'): Somebody;
  /** In a session with a second factor, as a coordinator's work needs it. */
  coordinator(which?: 'first' | 'second'): Somebody;
  /** Another coordinator, who signed in with the password alone. */
  coordinatorByPassword(): Somebody;
  nobody(): Somebody;
}

export interface TestApp {
  as: Everybody;
  address: string;
  /** The app itself, for what is no operation: leaving, watching. */
  nest: NestFastifyApplication;
  /** The owner's connection: to prepare what no operation makes, and to look past row security. */
  owner: DataSource;
  seals: Seals;
  secrets: Secrets;
  /** The project of every assignment that the test accounts have, from October 2017 without an end. */
  projectId: string;
  superuserUrl: string | undefined;
  /** Where mails are laid down. */
  dataDir: string;
  /** As if everybody had proved themselves so many minutes ago: 10 are enough for `STEP_UP_NEEDED`. */
  ageProofs(minutes: number): Promise<void>;
  close(): Promise<void>;
}

export const TEST_PASSWORD = 'a password for tests only';

/** A whole Tilts on a database of its own, listening on a free port of this machine. */
export async function startTestApp({
  clock,
  poolSize = 4,
  web,
  features,
  log,
  sealing,
  settings,
}: Options = {}): Promise<TestApp> {
  const database = await testDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'tilts-test-'));
  const key = randomBytes(32);
  const secrets: Secrets = {
    sealing: sealing ?? { current: 1, keys: new Map([[1, key]]) },
    tokenKey: randomBytes(32),
    cookieKey: randomBytes(32),
    appPassword: database.appPassword,
  };
  const app = await createApp(
    {
      environment: readEnvironment({ PORT: '0', DATA_DIR: dataDir, ...settings }),
      secrets,
      appUrl: database.appUrl,
      web,
      poolSize,
      ...(clock && { clock }),
      ...(features && { features }),
    },
    makeLog(log ? 'info' : 'silent', log),
  ).catch(async (error: unknown) => {
    await database.drop();
    throw error;
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = `http://127.0.0.1:${new URL(await app.getUrl()).port}`;
  const owner = await makeDataSource(database.ownerUrl, { poolSize: 2, name: 'tilts-test-owner' }).initialize();
  const seals = new Seals(secrets.sealing);
  const projectId = newId();
  await owner.query(
    `INSERT INTO project (id, name, name_en, starts_on) VALUES ($1, 'Pārbaudes projekts', 'Test project', '2017-10-01')`,
    [projectId],
  );

  return {
    as: everybody(address, owner, seals, projectId),
    address,
    nest: app,
    owner,
    seals,
    secrets,
    projectId,
    dataDir,
    superuserUrl: database.superuserUrl,
    ageProofs: async (minutes) => {
      await owner.query('UPDATE session SET proved_at = now() - make_interval(mins => $1)', [minutes]);
    },
    close: async () => {
      await app.close();
      await owner.destroy();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

type Which = 'first' | 'second' | 'byPassword';

function everybody(address: string, owner: DataSource, seals: Seals, projectId: string): Everybody {
  const known = new Map<string, Somebody>();
  const somebody = (role: Role, city: CityKey | undefined, which: Which = 'first'): Somebody => {
    const email = `${which === 'first' ? '' : `${which}.`}${demoEmail(role, city)}`;
    let found = known.get(email);
    if (!found)
      known.set(
        email,
        (found = new Somebody(
          address,
          onceOnly(() => comeIn(role, city, email)),
        )),
      );
    return found;
  };
  const comeIn = async (
    role: Role,
    city: CityKey | undefined,
    email: string,
  ): Promise<{ id: string; token: string }> => {
    const institution = role === 'socialWorker' && city ? institutionId(city, 'socialService') : null;
    const name = `${role} ${city ?? ''}`.trim();
    const id = await createAccount(owner, seals, {
      role,
      language: 'lv',
      institutionId: institution,
      name,
      email,
      password: TEST_PASSWORD,
    });
    if (role === 'mediator' && city) {
      await owner.query(
        `INSERT INTO assignment (id, mediator_id, municipality_id, project_id, starts_on, hours_per_week) VALUES ($1, $2, $3, $4, '2017-10-01', 12)`,
        [newId(), id, municipalityId(city), projectId],
      );
    }
    const stranger = new Somebody(address, () => Promise.resolve({ id: '', token: undefined }));
    const { accessToken } = await stranger.call(accessEndpoints.signIn, { input: { email, password: TEST_PASSWORD } });
    // Codes of an app serve once in half a minute; what a second factor is shows second-step.spec.ts.
    if (role === 'coordinator' && !email.startsWith('byPassword' satisfies Which))
      await owner.query(`UPDATE session SET level = 'second' WHERE account_id = $1`, [id]);
    return { id, token: accessToken };
  };
  return {
    mediator: (city, which) => somebody('mediator', city, which),
    socialWorker: (city, which) => somebody('socialWorker', city, which),
    evaluator: (which) => somebody('evaluator', undefined, which),
    coordinator: (which) => somebody('coordinator', undefined, which),
    coordinatorByPassword: () => somebody('coordinator', undefined, 'byPassword'),
    nobody: () => new Somebody(address, () => Promise.resolve({ id: '', token: undefined })),
  };
}

function onceOnly<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

function queryOf(input: object): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input) as [string, unknown][]) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  }
  return query;
}
