import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deploymentFaults } from './deployment.mjs';
import { workspace } from './files.mjs';
import { withPlanted } from './planted.mjs';

const READ = [
  'docker-compose.yml',
  'Dockerfile',
  '.dockerignore',
  'Caddyfile',
  'package.json',
  'package-lock.json',
  '.npmrc',
  'deploy/tilts',
  'deploy/tilts@.service',
  'deploy/settings.example',
  'tools/link-node.mjs',
  'apps/api/src/platform/environment.ts',
  'apps/api/src/platform/secret-variables.ts',
  'apps/api/src/platform/health.endpoints.ts',
  ...['main', 'backup', 'restore', 'rotate-keys', 'coordinator-link', 'end-sessions'].map(
    (name) => `apps/api/src/${name}.ts`,
  ),
  ...['domain', 'i18n', 'testing', 'ui'].map((lib) => `libs/${lib}/package.json`),
];
const files = Object.fromEntries(READ.map((path) => [path, readFileSync(join(workspace, path), 'utf8')]));
const sources = Object.fromEntries(
  ['libs/domain', 'libs/i18n', 'libs/testing', 'apps/web'].map((project) => [`${project}/src/index.ts`, '']),
);

const faultsWith = (path, from, to) => {
  const text = files[path].replace(from, to);
  if (text === files[path]) throw new Error(`${path} holds no ${from}`);
  return withPlanted({ ...files, ...sources, [path]: text }, deploymentFaults);
};

describe('the deployment', () => {
  it('says the same as the code', () => {
    expect(deploymentFaults(workspace)).toEqual([]);
    expect(withPlanted({ ...files, ...sources }, deploymentFaults)).toEqual([]);
  });

  const compose = 'docker-compose.yml';
  it.each([
    [compose, 'TRUST_PROXY: 172', 'TRUSTED_PROXY: 172', 'compose: app: TRUSTED_PROXY is unknown to Tilts'],
    [compose, /TRUST_PROXY: .*/, '', 'compose: app: TRUST_PROXY is missing'],
    [compose, 'TRUST_PROXY: 172.30', 'TRUST_PROXY: 10.30', 'compose: app: TRUST_PROXY is not the network'],
    [
      compose,
      'DATABASE_PASSWORD_FILE: /run',
      'DATABASE_PASSWORD: /run',
      'compose: app: DATABASE_PASSWORD stands in the environment',
    ],
    [
      compose,
      'postgres://tilts_owner@',
      'postgres://tilts_owner:secret@',
      'compose: app: DATABASE_URL holds a password',
    ],
    [
      compose,
      'POSTGRES_PASSWORD_FILE: /run/secrets/database_password',
      'POSTGRES_PASSWORD: secret',
      'compose: database: POSTGRES_PASSWORD stands in the environment',
    ],
    [
      compose,
      'secrets: [database_password, smtp_url]',
      'secrets: [database_password]',
      'compose: app: SMTP_URL_FILE: nobody gives /run/secrets/smtp_url',
    ],
    [compose, '  smtp_url: { file: ./secrets/smtp_url }', '', 'compose: app: SMTP_URL_FILE: nobody gives'],
    [compose, 'postgres:17.10-bookworm', 'postgres:latest', 'compose: database: postgres:latest is not pinned'],
    [compose, 'caddy:2.10.2-alpine', 'caddy', 'compose: proxy: caddy is not pinned'],
    [
      compose,
      /build: \.\n {4}restart: unless-stopped\n {4}read_only: true/,
      'build: .',
      'compose: app: the root file system can be written',
    ],
    [compose, "user: '10001:10001'", "user: 'root'", 'compose: app: runs as another user than the image'],
    [compose, /tmpfs: .*/, '', 'compose: app: no /tmp in memory'],
    [compose, /tmpfs: .*/, "tmpfs: ['/tmp']\n    ports: ['3000:3000']", 'compose: app: is reachable without the proxy'],
    [compose, "PORT: '3000'", "PORT: '3001'", 'compose: app: PORT is not what the image exposes'],
    [compose, '- keys:/var/lib/tilts/keys', '- keys:/keys', 'compose: app: KEYS_DIR would be lost with the container'],
    [
      compose,
      '- keys:/var/lib/tilts/keys',
      '- ./keys:/var/lib/tilts/keys',
      'compose: app: may write into ./keys of the server',
    ],
    [compose, '  rows:\n\nsecrets', '\nsecrets', 'compose: database: the volume rows is not declared'],
    [compose, './Caddyfile:', './Caddy.file:', 'compose: proxy: ./Caddy.file is not there'],
    [compose, 'networks: [front]', 'networks: [front, rows]', 'compose: proxy and database share the network rows'],
    [compose, 'internal: true', 'internal: false', "compose: the database's network rows leads outside"],
    [
      compose,
      "volumes: ['rows:",
      "ports: ['5432:5432']\n    volumes: ['rows:",
      'compose: database: is reachable from outside',
    ],
    [
      compose,
      'database: { condition: service_healthy }',
      'database: { condition: service_started }',
      'compose: app: does not wait until database is well',
    ],
    [
      compose,
      /healthcheck:\n {6}test: \['CMD', 'pg_isready'[^}]*retries: 20/,
      'labels: []',
      'compose: database: has no health check',
    ],
    [compose, 'cap_drop: [ALL]', 'cap_drop: []', 'compose: proxy: keeps capabilities'],
    [compose, "security_opt: ['no-new-privileges:true']", 'security_opt: []', 'compose: proxy: may gain privileges'],
    [compose, /TILTS_TLS: .*/, '', 'Caddyfile: nobody gives TILTS_TLS'],
    [compose, 'TILTS_TLS:', 'TILTS_MAIL: x\n      TILTS_TLS:', 'compose: proxy: the Caddyfile asks for no TILTS_MAIL'],
    ['Caddyfile', 'name app', 'name api', 'Caddyfile: there is no service api'],
    ['Caddyfile', 'port 3000', 'port 8080', 'Caddyfile: app does not listen on 8080'],
    ['Caddyfile', '/api/health/ready', '/api/ready', 'Caddyfile: there is no operation /ready'],
    ['Dockerfile', 'USER 10001:10001', 'USER root', 'Dockerfile: runs as root'],
    ['Dockerfile', 'EXPOSE 3000', 'EXPOSE 8080', 'Dockerfile: EXPOSE is not PORT'],
    [
      'Dockerfile',
      'FROM node:24.21.0-bookworm-slim AS build',
      'FROM node:24 AS build',
      'Dockerfile: node:24 is not pinned',
    ],
    [
      'Dockerfile',
      'FROM node:24.21.0-bookworm-slim AS build',
      'FROM node:24.20.0 AS build',
      'Dockerfile: built on another image than it runs on',
    ],
    [
      'Dockerfile',
      'COPY libs/ui/package.json',
      'COPY libs/parts/package.json',
      'Dockerfile: libs/parts/package.json is not there',
    ],
    [
      'Dockerfile',
      '/srv/tilts/apps/web/dist',
      '/srv/tilts/apps/site/dist',
      'Dockerfile: nothing builds apps/site/dist',
    ],
    ['Dockerfile', 'npm run build', 'npm run compile', 'Dockerfile: there is no npm run compile'],
    ['Dockerfile', 'KEYS_DIR=', 'KEY_DIR=', 'Dockerfile: KEY_DIR is unknown to Tilts'],
    ['Dockerfile', 'STOPSIGNAL SIGTERM', 'STOPSIGNAL SIGKILL', 'Dockerfile: is stopped by another signal'],
    [
      'Dockerfile',
      'ENTRYPOINT ["node", "apps/api/dist/main.js"]',
      'ENTRYPOINT node apps/api/dist/main.js',
      'Dockerfile: needs a shell to run',
    ],
    [
      'Dockerfile',
      'apps/api/dist/main.js',
      'apps/api/dist/server.js',
      'Dockerfile: nothing builds apps/api/dist/server.js',
    ],
    ['Dockerfile', '/api/health', '/', 'Dockerfile: its health check asks something else'],
    ['.dockerignore', '\nkeys\n', '\n', '.dockerignore: keys would get into the image'],
    ['deploy/settings.example', 'TRUST_PROXY', 'TRUSTED', 'deploy/settings.example: TRUSTED is unknown to Tilts'],
    [
      'deploy/tilts@.service',
      'dist/main.js',
      'dist/start.js',
      'deploy/tilts@.service: nothing builds apps/api/dist/start.js',
    ],
    ['deploy/tilts', 'rotate-keys |', 'turn-keys |', 'deploy/tilts: nothing builds turn-keys'],
  ])('planted in %s: %s → %s', (path, from, to, found) => {
    expect(faultsWith(path, from, to)).toContainEqual(expect.stringContaining(found));
  });
});
