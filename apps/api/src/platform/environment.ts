import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { DEFAULT_REPORT_THRESHOLD, LOWEST_REPORT_THRESHOLD } from '@tilts/domain';
import { readSecret, SECRET_VARIABLES } from './secret-variables.js';
import { readTrustProxy } from './trust-proxy.js';

/** Everything that the surroundings may decide about one running Tilts; read here and nowhere else. */
export interface Environment {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** What people type into the browser; letters and mails link to it. No slash at the end. */
  readonly publicUrl: string;
  /** Addresses of the proxy in front: only its word about the caller's host, protocol and address is taken. Empty: nobody's. */
  readonly trustProxy: readonly string[];
  readonly dataDir: string;
  readonly keysDir: string;
  /** The owner's login on a PostgreSQL server; without it the embedded server in `dataDir` is used. */
  readonly databaseUrl: string | undefined;
  readonly demo: boolean;
  readonly demoPassword: string;
  /** Who answers for the data (GDPR Art. 4(7)); read aloud to every family before anything is written down. */
  readonly controllerName: string | undefined;
  /** Without it mails are written into `<dataDir>/outbox`. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  readonly logLevel: LogLevel;
  /** Where figures about the running are told (operations/metrics-server.ts), never on the public port; undefined: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** Opens and closes key bundles when nobody sits at a terminal. */
  readonly backupPassphrase: string | undefined;
  /** The OpenTelemetry collector that gets traces; without it none are made. */
  readonly tracesUrl: string | undefined;
  /** Seconds between „not ready” and closing the doors, in which a proxy learns to send people elsewhere. */
  readonly stopDelay: number;
  /** Figures of families and persons from 1 to below this are hidden in reports. */
  readonly reportThreshold: number;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const ENVIRONMENT_VARIABLES = [
  'NODE_ENV',
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'TRUST_PROXY',
  'DATA_DIR',
  'KEYS_DIR',
  'DATABASE_URL',
  'DATABASE_PASSWORD',
  'DEMO',
  'DEMO_PASSWORD',
  'CONTROLLER_NAME',
  'SMTP_URL',
  'MAIL_FROM',
  'LOG_LEVEL',
  'REPORT_THRESHOLD',
  'STOP_DELAY',
  'METRICS',
  'METRICS_HOST',
  'METRICS_PORT',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'BACKUP_PASSPHRASE',
] as const;

/** Every name that is read: each secret may also be given as a file, by its name and `_FILE`. */
export const ALL_VARIABLES: readonly string[] = [
  ...ENVIRONMENT_VARIABLES,
  ...SECRET_VARIABLES.map((name) => `${name}_FILE`),
];

export const DEFAULT_DEMO_PASSWORD = 'tilts-demo-2018';
const LOOPBACK_HOSTS = ['127.0.0.1', '::1', 'localhost'];

/** The start is refused; lists every reason at once, so that nobody repairs them one start at a time. */
export class EnvironmentRefused extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`Tilts cannot start with these settings:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'EnvironmentRefused';
  }
}

export function readEnvironment(env: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const problems: string[] = [];
  // An empty value (`DATABASE_URL=` in an .env file) means "not given".
  const given = (name: (typeof ENVIRONMENT_VARIABLES)[number]): string | undefined => env[name]?.trim() || undefined;

  const secret = (name: (typeof SECRET_VARIABLES)[number]): string | undefined => readSecret(env, name, problems);

  const production = given('NODE_ENV') === 'production';
  const host = given('HOST') ?? '127.0.0.1';
  const port = readPort('PORT', given('PORT') ?? '3000', problems);
  const demo = readSwitch('DEMO', given('DEMO') ?? 'on', problems);
  const environment: Environment = {
    production,
    host,
    port,
    publicUrl: readUrl('PUBLIC_URL', given('PUBLIC_URL'), ['http:', 'https:'], problems) ?? `http://localhost:${port}`,
    dataDir: resolve(given('DATA_DIR') ?? 'data'),
    keysDir: resolve(given('KEYS_DIR') ?? 'keys'),
    databaseUrl: withPassword(
      readUrl('DATABASE_URL', secret('DATABASE_URL'), ['postgres:', 'postgresql:'], problems),
      secret('DATABASE_PASSWORD'),
      problems,
    ),
    demo,
    demoPassword: given('DEMO_PASSWORD') ?? DEFAULT_DEMO_PASSWORD,
    controllerName: given('CONTROLLER_NAME'),
    smtpUrl: readUrl('SMTP_URL', secret('SMTP_URL'), ['smtp:', 'smtps:'], problems),
    mailFrom: given('MAIL_FROM') ?? 'Tilts <tilts@localhost>',
    logLevel: readLogLevel(given('LOG_LEVEL') ?? 'info', problems),
    reportThreshold: readReportThreshold(given('REPORT_THRESHOLD'), problems),
    backupPassphrase: secret('BACKUP_PASSPHRASE'),
    trustProxy: readTrustProxy(given('TRUST_PROXY'), problems),
    stopDelay: readStopDelay(given('STOP_DELAY') ?? '0', problems),
    metrics: readSwitch('METRICS', given('METRICS') ?? 'off', problems)
      ? {
          host: given('METRICS_HOST') ?? '127.0.0.1',
          port: readPort('METRICS_PORT', given('METRICS_PORT') ?? '9464', problems),
        }
      : undefined,
    tracesUrl: readUrl(
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      given('OTEL_EXPORTER_OTLP_ENDPOINT'),
      ['http:', 'https:'],
      problems,
    ),
  };

  if (!LOOPBACK_HOSTS.includes(host) && !environment.publicUrl.startsWith('https://')) {
    problems.push(
      `HOST=${host} can be reached from other machines, so PUBLIC_URL must be the https:// address of the proxy in front: ` +
        'the sign-in cookie (__Host-) is accepted by browsers only over HTTPS or from the same machine.',
    );
  }
  if (environment.metrics && environment.metrics.port === port && port !== 0)
    problems.push(`METRICS_PORT must not be PORT: what is measured is not for the public.`);
  if (production) problems.push(...refusedInProduction(environment, given('DEMO_PASSWORD')));
  if (problems.length > 0) throw new EnvironmentRefused(problems);
  return Object.freeze(environment);
}

function refusedInProduction(environment: Environment, demoPassword: string | undefined): string[] {
  const problems: string[] = [];
  if (environment.demo)
    problems.push('DEMO must be "off" in production: invented families must not stand beside real ones.');
  if (demoPassword === DEFAULT_DEMO_PASSWORD) {
    problems.push('DEMO_PASSWORD is the published default; leave it out in production.');
  }
  if (isInside(environment.keysDir, environment.dataDir)) {
    problems.push(
      'KEYS_DIR must not be inside DATA_DIR in production: whoever copies the data (a backup, a stolen disk) must not get the keys with it.',
    );
  }
  return problems;
}

function readPort(name: string, text: string, problems: string[]): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) problems.push(`${name} must be a number from 0 to 65535, not "${text}".`);
  return port;
}

function readReportThreshold(text: string | undefined, problems: string[]): number {
  if (text === undefined) return DEFAULT_REPORT_THRESHOLD;
  const threshold = Number(text);
  if (!/^\d+$/.test(text) || threshold < LOWEST_REPORT_THRESHOLD) {
    problems.push(`REPORT_THRESHOLD must be a whole number, never below ${LOWEST_REPORT_THRESHOLD}, not "${text}".`);
  }
  return threshold;
}

function readSwitch(name: string, text: string, problems: string[]): boolean {
  if (text !== 'on' && text !== 'off') problems.push(`${name} must be "on" or "off", not "${text}".`);
  return text !== 'off';
}

function readStopDelay(text: string, problems: string[]): number {
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds > 60) problems.push(`STOP_DELAY must be seconds from 0 to 60, not "${text}".`);
  return seconds;
}

function readLogLevel(text: string, problems: string[]): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text);
  if (!level) problems.push(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, not "${text}".`);
  return level ?? 'info';
}

/** The value itself stays out of the message: an address may hold a password. */
function readUrl(name: string, text: string | undefined, protocols: string[], problems: string[]): string | undefined {
  if (text === undefined) return undefined;
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
    problems.push(
      `${name} must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}.`,
    );
    return undefined;
  }
  return text.replace(/\/+$/, '');
}

/** The password apart from the address: one secret file then serves the database server and Tilts. */
function withPassword(url: string | undefined, password: string | undefined, problems: string[]): string | undefined {
  if (password === undefined) return url;
  if (url === undefined) {
    problems.push('DATABASE_PASSWORD is given without DATABASE_URL: it belongs to the login that is named there.');
    return undefined;
  }
  const whole = new URL(url);
  if (whole.password !== '') problems.push('DATABASE_PASSWORD is given, and DATABASE_URL holds one too: take one out.');
  whole.password = encodeURIComponent(password);
  return whole.href;
}

function isInside(inner: string, outer: string): boolean {
  const path = relative(realPath(outer), realPath(inner));
  return path === '' || (path !== '..' && !path.startsWith('../') && !isAbsolute(path));
}

/** Follows symbolic links as far as the path exists: on the first start neither folder is there yet. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return parent === path ? path : join(realPath(parent), basename(path));
}
