// Dockerfile, docker-compose.yml, Caddyfile and the unit of systemd say the same as the code: names of settings, ports, paths, files.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const PINNED = /:\d+\.\d+(\.\d+)?(-[\w.-]+)?$/;
/** Without these a compose file would start something that refuses, or that keeps what is yours in the container. */
const NEEDED = [
  'NODE_ENV',
  'DEMO',
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'TRUST_PROXY',
  'DATABASE_URL',
  'DATABASE_PASSWORD_FILE',
  'DATA_DIR',
  'KEYS_DIR',
];

/** What does not fit, in words; empty when all does. */
export function deploymentFaults(root) {
  const tree = {
    root,
    text: (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : ''),
    has: (path) => existsSync(join(root, path)),
  };
  const settings = settingsOf(tree);
  const compose = parse(tree.text('docker-compose.yml'));
  const image = imageOf(tree.text('Dockerfile'));
  return [
    ...(compose.services.app ? appFaults(compose, settings, image) : ['compose: no service app']),
    ...everyServiceFaults(tree, compose, image),
    ...networkFaults(compose),
    ...proxyFaults(tree, compose),
    ...imageFaults(tree, image, settings),
    ...bareFaults(tree, settings),
  ];
}

/** The names that environment.ts reads, and which of them are secrets. */
function settingsOf({ text }) {
  const listed = (path, list) => {
    const [, body = ''] = new RegExp(`${list} = \\[([^\\]]*)\\]`).exec(text(path)) ?? [];
    return [...body.matchAll(/'([A-Z_]+)'/g)].map(([, name]) => name);
  };
  const secrets = listed('apps/api/src/platform/secret-variables.ts', 'SECRET_VARIABLES');
  const open = listed('apps/api/src/platform/environment.ts', 'ENVIRONMENT_VARIABLES');
  return { secrets, known: new Set([...open, ...secrets, ...secrets.map((name) => `${name}_FILE`)]) };
}

function appFaults(compose, { secrets, known }, image) {
  const { app } = compose.services;
  const given = app.environment ?? {};
  const names = Object.keys(given);
  const url = String(given.DATABASE_URL ?? '');
  return [
    ...names.filter((name) => !known.has(name)).map((name) => `compose: app: ${name} is unknown to Tilts`),
    ...NEEDED.filter((name) => !names.includes(name)).map((name) => `compose: app: ${name} is missing`),
    ...names
      .filter((name) => secrets.includes(name) && name !== 'DATABASE_URL')
      .map((name) => `compose: app: ${name} stands in the environment instead of a file`),
    ...(/\/\/[^/@]*:[^/@]+@/.test(url) ? ['compose: app: DATABASE_URL holds a password'] : []),
    ...(app.read_only === true ? [] : ['compose: app: the root file system can be written']),
    ...(String(app.user ?? '') === image.user ? [] : ['compose: app: runs as another user than the image']),
    ...(app.tmpfs?.some((mount) => mount.startsWith('/tmp')) ? [] : ['compose: app: no /tmp in memory']),
    ...(app.ports ? ['compose: app: is reachable without the proxy'] : []),
    ...(String(given.PORT) === image.port ? [] : ['compose: app: PORT is not what the image exposes']),
    ...['DATA_DIR', 'KEYS_DIR']
      .filter((name) => !app.volumes?.some((volume) => volume.split(':')[1] === given[name]))
      .map((name) => `compose: app: ${name} would be lost with the container`),
    ...(app.volumes ?? [])
      .filter((volume) => !image.folders.includes(volume.split(':')[1]))
      .map((volume) => `compose: app: the image does not give ${volume.split(':')[1]} to its user`),
  ];
}

function everyServiceFaults({ has }, compose, image) {
  return Object.entries(compose.services).flatMap(([name, service]) => {
    const say = (words) => `compose: ${name}: ${words}`;
    const volumes = (service.volumes ?? []).map((volume) => volume.split(':'));
    const mounted = volumes.filter(([source]) => source.startsWith('.') || source.startsWith('/'));
    const files = Object.entries(service.environment ?? {}).filter(([key]) => key.endsWith('_FILE'));
    return [
      ...(service.build || PINNED.test(service.image ?? '') ? [] : [say(`${service.image} is not pinned`)]),
      ...(service.cap_drop?.includes('ALL') ? [] : [say('keeps capabilities')]),
      ...(service.security_opt?.includes('no-new-privileges:true') ? [] : [say('may gain privileges')]),
      ...(service.privileged || service.network_mode ? [say('stands outside its walls')] : []),
      ...(service.healthcheck || (service.build && image.healthcheck) ? [] : [say('has no health check')]),
      ...Object.entries(service.depends_on ?? {})
        .filter(([, { condition }]) => condition !== 'service_healthy')
        .map(([other]) => say(`does not wait until ${other} is well`)),
      ...volumes
        .filter((volume) => !mounted.includes(volume) && !(volume[0] in (compose.volumes ?? {})))
        .map(([source]) => say(`the volume ${source} is not declared`)),
      ...mounted.filter(([, , mode]) => mode !== 'ro').map(([source]) => say(`may write into ${source} of the server`)),
      ...mounted
        .filter(([source]) => /\.\w+$|file$/.test(source) && !has(source))
        .map(([source]) => say(`${source} is not there`)),
      ...Object.entries(service.environment ?? {})
        .filter(([key, value]) => /PASSWORD|SECRET|PASSPHRASE/.test(key) && !key.endsWith('_FILE') && value)
        .map(([key]) => say(`${key} stands in the environment instead of a file`)),
      ...files
        .filter(([, path]) => {
          const secret = String(path).replace('/run/secrets/', '');
          return !service.secrets?.includes(secret) || !compose.secrets?.[secret]?.file;
        })
        .map(([key, path]) => say(`${key}: nobody gives ${path}`)),
    ];
  });
}

/** The proxy cannot reach the database, the database nobody outside, and only the proxy's own network is believed. */
function networkFaults({ services, networks }) {
  const of = (name) => services[name]?.networks ?? [];
  const front = of('proxy').filter((network) => of('app').includes(network));
  const subnets = front.flatMap((network) => networks?.[network]?.ipam?.config?.map(({ subnet }) => subnet) ?? []);
  return [
    ...(front.length === 0 ? ['compose: the proxy does not reach the app'] : []),
    ...of('database')
      .filter((network) => of('proxy').includes(network))
      .map((network) => `compose: proxy and database share the network ${network}`),
    ...of('database')
      .filter((network) => networks?.[network]?.internal !== true)
      .map((network) => `compose: the database's network ${network} leads outside`),
    ...(services.database?.ports ? ['compose: database: is reachable from outside'] : []),
    ...(subnets.includes(services.app?.environment?.TRUST_PROXY)
      ? []
      : ['compose: app: TRUST_PROXY is not the network that it shares with the proxy']),
  ];
}

function proxyFaults({ text }, { services }) {
  const caddy = text('Caddyfile');
  const given = services.proxy?.environment ?? {};
  const asked = [...caddy.matchAll(/\{\$([A-Z_]+)(:[^}]*)?\}/g)].map(([, name, fallback]) => ({ name, fallback }));
  const [, name, port] = /dynamic a \{\s*name (\S+)\s*port (\d+)/.exec(caddy) ?? [];
  const [, health = ''] = /health_uri \/api(\S+)/.exec(caddy) ?? [];
  return [
    ...asked
      .filter(({ name: asks, fallback }) => fallback === undefined && !(asks in given))
      .map(({ name: asks }) => `Caddyfile: nobody gives ${asks}`),
    ...Object.keys(given)
      .filter((gives) => !asked.some(({ name: asks }) => asks === gives))
      .map((gives) => `compose: proxy: the Caddyfile asks for no ${gives}`),
    ...(name in services ? [] : [`Caddyfile: there is no service ${name}`]),
    ...(port === String(services[name]?.environment?.PORT) ? [] : [`Caddyfile: ${name} does not listen on ${port}`]),
    ...(text('apps/api/src/platform/health.endpoints.ts').includes(`path: '${health}'`)
      ? []
      : [`Caddyfile: there is no operation ${health}`]),
  ];
}

/** The last stage is what runs. */
function imageOf(text) {
  const lines = text.replace(/\\\n/g, ' ').split('\n');
  const starts = lines.flatMap((line, i) => (/^FROM /.test(line) ? [i] : []));
  const last = lines.slice(starts.at(-1));
  const rest = (word) =>
    last
      .find((line) => line.startsWith(`${word} `))
      ?.slice(word.length + 1)
      .trim() ?? '';
  return {
    bases: starts.map((i) => lines[i].split(/\s+/)[1]),
    copies: lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
      .flatMap((line) => line.split(/\s+/).slice(1, -1)),
    built: lines
      .filter((line) => line.includes('--from=build'))
      .map((line) => line.split(/\s+/)[2].replace('/srv/tilts/', '')),
    scripts: lines.flatMap((line) => [...line.matchAll(/npm run ([\w-]+)/g)].map(([, script]) => script)),
    user: rest('USER'),
    port: rest('EXPOSE'),
    stop: rest('STOPSIGNAL'),
    entry: rest('ENTRYPOINT'),
    environment: Object.fromEntries(
      rest('ENV')
        .split(/\s+/)
        .map((pair) => pair.split('=')),
    ),
    healthcheck: last.join('\n').match(/HEALTHCHECK[\s\S]*?CMD (.*)/)?.[1],
    folders: [...last.join('\n').matchAll(/ (\/var\/lib\/[\w/]+)/g)].map(([, folder]) => folder),
  };
}

function imageFaults({ has, text }, image, { known }) {
  const [uid] = image.user.split(':');
  const ignored = text('.dockerignore').split('\n');
  const scripts = JSON.parse(text('package.json') || '{}').scripts ?? {};
  const [, main = ''] = /"([^"]+\/dist\/[^"]+)\.js"/.exec(image.entry) ?? [];
  return [
    ...image.bases.filter((base) => !PINNED.test(base)).map((base) => `Dockerfile: ${base} is not pinned`),
    ...(new Set(image.bases).size > 1 ? ['Dockerfile: built on another image than it runs on'] : []),
    ...image.copies.filter((path) => path !== '.' && !has(path)).map((path) => `Dockerfile: ${path} is not there`),
    ...image.built
      .filter((path) => !path.endsWith('/dist') || !has(path.replace(/\/dist$/, '/src')))
      .map((path) => `Dockerfile: nothing builds ${path}`),
    ...image.scripts.filter((script) => !scripts[script]).map((script) => `Dockerfile: there is no npm run ${script}`),
    ...(Number(uid) > 0 ? [] : ['Dockerfile: runs as root']),
    ...(image.port === image.environment.PORT ? [] : ['Dockerfile: EXPOSE is not PORT']),
    ...Object.keys(image.environment)
      .filter((name) => !known.has(name))
      .map((name) => `Dockerfile: ${name} is unknown to Tilts`),
    ...['DATA_DIR', 'KEYS_DIR']
      .filter((name) => !image.folders.includes(image.environment[name]))
      .map((name) => `Dockerfile: ${name} does not belong to its user`),
    ...(image.stop === 'SIGTERM' ? [] : ['Dockerfile: is stopped by another signal than the one Tilts answers']),
    ...(image.entry.startsWith('[') && image.healthcheck?.startsWith('[') ? [] : ['Dockerfile: needs a shell to run']),
    ...(has(`${main.replace('/dist/', '/src/')}.ts`) ? [] : [`Dockerfile: nothing builds ${main}.js`]),
    ...(image.healthcheck?.includes('/api/health') ? [] : ['Dockerfile: its health check asks something else']),
    ...['.git', '.env', '**/node_modules', '**/dist', 'data', 'keys', 'secrets', 'backups', 'key-bundles']
      .filter((path) => !ignored.includes(path))
      .map((path) => `.dockerignore: ${path} would get into the image`),
  ];
}

/** Without Docker: the unit of systemd, its settings, the command. */
function bareFaults({ text, has }, { known }) {
  const names = [...text('deploy/settings.example').matchAll(/^#? ?([A-Z_]+)=/gm)].map(([, name]) => name);
  const [, main = ''] = /ExecStart=\S+ \/opt\/tilts\/(\S+)\.js/.exec(text('deploy/tilts@.service')) ?? [];
  const commands = [...text('deploy/tilts').matchAll(/^ {2}([\w-]+(?: \| [\w-]+)*)\)/gm)].flatMap(([, list]) =>
    list.split(' | '),
  );
  return [
    ...names.filter((name) => !known.has(name)).map((name) => `deploy/settings.example: ${name} is unknown to Tilts`),
    ...(has(`${main.replace('/dist/', '/src/')}.ts`) ? [] : [`deploy/tilts@.service: nothing builds ${main}.js`]),
    ...commands.filter((name) => !has(`apps/api/src/${name}.ts`)).map((name) => `deploy/tilts: nothing builds ${name}`),
  ];
}
