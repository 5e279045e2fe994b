import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_VARIABLES, EnvironmentRefused, readEnvironment } from './environment.js';

const production = {
  NODE_ENV: 'production',
  DEMO: 'off',
  CONTROLLER_NAME: 'Pilsētas pašvaldība',
  DATA_DIR: '/srv/tilts/data',
  KEYS_DIR: '/srv/tilts/keys',
};

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readEnvironment(env);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentRefused) return error.problems;
    throw error;
  }
}

describe('environment', () => {
  it('has a working default for everything', () => {
    const environment = readEnvironment({});
    expect(environment).toMatchObject({ port: 3000, host: '127.0.0.1', demo: true, demoPassword: 'tilts-demo-2018' });
    expect(environment.publicUrl).toBe('http://localhost:3000');
    expect(environment.databaseUrl).toBeUndefined();
    expect(Object.isFrozen(environment)).toBe(true);
  });

  it('follows PORT in the default address and takes an empty value as not given', () => {
    expect(readEnvironment({ PORT: '4100', DATABASE_URL: '' }).publicUrl).toBe('http://localhost:4100');
  });

  it.each([
    ['PORT', 'many'],
    ['PORT', '70000'],
    ['DEMO', 'yes'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'mysql://somewhere'],
    ['PUBLIC_URL', 'tilts.example'],
    ['SMTP_URL', 'mail.example'],
    ['METRICS', 'yes'],
    ['STOP_DELAY', '-1'],
    ['STOP_DELAY', '600'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector.example'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '*'],
    ['TRUST_PROXY', '1'],
    ['TRUST_PROXY', '0.0.0.0/0'],
    ['TRUST_PROXY', '::/0'],
    ['TRUST_PROXY', '0.0.0.0'],
    ['TRUST_PROXY', '10.0.0.0/7'],
    ['TRUST_PROXY', '2000::/3'],
    ['TRUST_PROXY', '10.0.0.1/33'],
    ['TRUST_PROXY', 'proxy.example'],
  ])('refuses %s=%s and names the variable', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringContaining(name)]);
  });

  it('never repeats an address that may hold a password', () => {
    expect(problemsOf({ DATABASE_URL: 'mysql://owner:s3cret@db' }).join()).not.toContain('s3cret');
  });

  it('believes no proxy unless it is named', () => {
    expect(readEnvironment({}).trustProxy).toEqual([]);
    expect(readEnvironment({ TRUST_PROXY: 'off' }).trustProxy).toEqual([]);
    const named = '172.30.70.0/24, 10.9.0.2,loopback, 2001:db8::/32';
    expect(readEnvironment({ TRUST_PROXY: named }).trustProxy).toEqual(named.split(/, ?/));
  });

  it('tells figures only when asked, and never on the public port', () => {
    expect(readEnvironment({ METRICS_PORT: '9000' }).metrics).toBeUndefined();
    expect(readEnvironment({ METRICS: 'on' }).metrics).toEqual({ host: '127.0.0.1', port: 9464 });
    expect(problemsOf({ METRICS: 'on', METRICS_PORT: '3000' })).toEqual([expect.stringContaining('METRICS_PORT')]);
  });

  describe('a secret in a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tilts-secrets-'));
    const file = (text: string): string => {
      const path = join(folder, `secret-${text.length}`);
      writeFileSync(path, text);
      return path;
    };
    afterAll(() => rmSync(folder, { recursive: true }));

    it('is read, without the line end that an editor leaves', () => {
      const databaseUrl = 'postgres://owner:s3cret@db:5432/tilts';
      expect(readEnvironment({ DATABASE_URL_FILE: file(`${databaseUrl}\n`) }).databaseUrl).toBe(databaseUrl);
      expect(readEnvironment({ SMTP_URL_FILE: file('smtp://u:p@mail.example\n') }).smtpUrl).toBe(
        'smtp://u:p@mail.example',
      );
      expect(readEnvironment({ SMTP_URL_FILE: file('\n') }).smtpUrl).toBeUndefined();
      expect(problemsOf({ DATABASE_URL_FILE: file('\n') }).join()).toContain('DATABASE_URL_FILE is empty');
    });

    it('may be the password alone, whatever it is made of', () => {
      const { databaseUrl = '' } = readEnvironment({
        DATABASE_URL: 'postgres://owner@db:5432/tilts',
        DATABASE_PASSWORD_FILE: file('p@ss/w:rd%?#é'),
      });
      expect(decodeURIComponent(new URL(databaseUrl).password)).toBe('p@ss/w:rd%?#é');
      expect(new URL(databaseUrl).host).toBe('db:5432');
    });

    it.each([
      ['no file', { SMTP_URL_FILE: '/nowhere/smtp' }, 'SMTP_URL_FILE'],
      ['both ways', { SMTP_URL: 'smtp://a.example', SMTP_URL_FILE: '/nowhere' }, 'SMTP_URL_FILE'],
      ['a password for nobody', { DATABASE_PASSWORD: 'x' }, 'DATABASE_PASSWORD'],
      ['two passwords', { DATABASE_URL: 'postgres://o:a@db/t', DATABASE_PASSWORD: 'x' }, 'DATABASE_PASSWORD'],
    ])('is refused: %s', (_, env, name) => {
      expect(problemsOf(env as unknown as Record<string, string>)).toEqual([expect.stringContaining(name)]);
    });

    it('is never repeated in a problem', () => {
      expect(problemsOf({ DATABASE_URL_FILE: file('mysql://owner:s3cret@db') }).join()).not.toContain('s3cret');
    });
  });

  it('lists every problem at once', () => {
    expect(problemsOf({ PORT: 'x', DEMO: 'x', LOG_LEVEL: 'x' })).toHaveLength(3);
  });

  it('serves other machines only behind https, because of the __Host- cookie', () => {
    expect(problemsOf({ HOST: '0.0.0.0' })).toEqual([expect.stringContaining('HTTPS')]);
    expect(problemsOf({ HOST: '0.0.0.0', PUBLIC_URL: 'http://tilts.example' })).toHaveLength(1);
    expect(problemsOf({ HOST: '0.0.0.0', PUBLIC_URL: 'https://tilts.example' })).toEqual([]);
    expect(problemsOf({ HOST: '::1' })).toEqual([]);
  });

  it('never hides less in reports than the law of small numbers asks', () => {
    expect(readEnvironment({}).reportThreshold).toBe(5);
    expect(readEnvironment({ REPORT_THRESHOLD: '3' }).reportThreshold).toBe(3);
    for (const wrong of ['2', '0', '-5', '4.5', 'off']) expect(problemsOf({ REPORT_THRESHOLD: wrong })).toHaveLength(1);
  });

  describe('in production', () => {
    it('starts when everything is named', () => {
      expect(problemsOf(production)).toEqual([]);
    });

    it.each([
      ['demo data', { DEMO: 'on' }, 'DEMO'],
      ['demo data by default', { DEMO: '' }, 'DEMO'],
      ['the published password', { DEMO_PASSWORD: 'tilts-demo-2018' }, 'DEMO_PASSWORD'],
      ['keys beside the data', { KEYS_DIR: '/srv/tilts/data/keys' }, 'KEYS_DIR'],
      ['keys in the data by a relative path', { KEYS_DIR: '/srv/tilts/keys/../data' }, 'KEYS_DIR'],
    ])('refuses %s', (_what, change, name) => {
      expect(problemsOf({ ...production, ...change })).toEqual([expect.stringContaining(name)]);
    });

    it('refuses keys that a symbolic link puts beside the data', () => {
      const folder = mkdtempSync(join(tmpdir(), 'tilts-environment-'));
      try {
        mkdirSync(join(folder, 'data'));
        symlinkSync(join(folder, 'data'), join(folder, 'elsewhere'));
        const change = { DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'elsewhere', 'keys') };
        expect(problemsOf({ ...production, ...change })).toEqual([expect.stringContaining('KEYS_DIR')]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });

  it('is listed in .env.example, variable by variable', () => {
    const example = readFileSync(new URL('../../../../.env.example', import.meta.url), 'utf8');
    const listed = [...example.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]);
    expect(listed.sort()).toEqual([...ALL_VARIABLES].sort());
  });
});
