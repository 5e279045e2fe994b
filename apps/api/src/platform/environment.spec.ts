import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENVIRONMENT_VARIABLES, EnvironmentRefused, readEnvironment } from './environment.js';

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
  ])('refuses %s=%s and names the variable', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringContaining(name)]);
  });

  it('never repeats an address that may hold a password', () => {
    expect(problemsOf({ DATABASE_URL: 'mysql://owner:s3cret@db' }).join()).not.toContain('s3cret');
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
      ['no controller', { CONTROLLER_NAME: ' ' }, 'CONTROLLER_NAME'],
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
    expect(listed.sort()).toEqual([...ENVIRONMENT_VARIABLES].sort());
  });
});
