// `npm run bench`: what the app costs beside the least that the same work can cost. Both servers stand beside each other on one
// database and are asked in turns; CPU (server and PostgreSQL) is compared, since times mean nothing on a shared machine.
//   npm run bench                  a tenth of a country, then a whole one (several minutes)
//   npm run bench -- --tenth       only a tenth
//   npm run bench -- --rounds 9    more turns (5)
//   npm run bench -- --only list   one kind of work: list, family, inbox, create, report or sync
import { fork, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { built } from './built.mjs';
import { ask, costOf, median } from './cost.mjs';
import { fill } from './data.mjs';
import { measurePush, printPush } from './sync.mjs';

const PASSWORD = 'measured and not kept';
/** Times the floor, from the project's performance goals; the report has a goal of its own, in milliseconds. */
const bars = { list: 2.5, family: 2, inbox: 2, create: 3 };
const REPORT_BAR_MS = 50;

const { values: given } = parseArgs({
  options: { tenth: { type: 'boolean' }, rounds: { type: 'string', default: '5' }, only: { type: 'string' } },
});
if (process.platform !== 'linux') {
  console.error('The bench reads what processes cost from /proc, so it runs on Linux only.');
  process.exit(1);
}
const rounds = Number(given.rounds);

const results = [];
for (const share of given.tenth ? [0.1] : [0.1, 1]) results.push(await measure(share));
for (const { share, amounts, rows, push } of results) {
  print(share, amounts, rows);
  if (push) printPush(push.together, push.single);
}

async function measure(share) {
  const folder = mkdtempSync(join(tmpdir(), 'tilts-bench-'));
  // As root the database runs under another account, which must pass through.
  chmodSync(folder, 0o711);
  const stops = [() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })];
  const stopAll = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  const interrupted = () => void stopAll().then(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    return await inFolder(folder, share, stops);
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    await stopAll();
  }
}

async function inFolder(folder, share, stops) {
  const api = await built('database/embedded-database.js');
  const { migrate } = await built('database/migrate.js');
  const { recogniseKeys } = await built('database/key-check.js');
  const { createAccount } = await built('access/accounts.js');
  const { Seals } = await built('database/seals.js');
  const { embeddedPasswordFile, loadSecrets } = await built('platform/secrets.js');
  const { newId } = await import('@tilts/domain');

  const say = (text) => console.log(`  ${text} …`);
  console.log(`\n${share === 1 ? 'A whole country' : `${share * 100} % of a country`}`);
  const [dataDir, keysDir] = [join(folder, 'data'), join(folder, 'keys')];
  const database = await api.startEmbeddedDatabase({
    dataDir,
    passwordFile: embeddedPasswordFile(keysDir),
    durability: 'full',
    onStep: say,
  });
  stops.push(() => database.stop());
  const secrets = loadSecrets(keysDir, { mayCreate: true });
  await migrate(database.ownerUrl, secrets.appPassword);
  await recogniseKeys(database.ownerUrl, secrets.sealing);

  const superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
  // What the database tidies by itself would land in whatever is measured just then.
  await superuser.query('ALTER SYSTEM SET autovacuum = off');
  await superuser.query('SELECT pg_reload_conf()');
  const begun = Date.now();
  const world = await fill({
    superuser,
    seals: new Seals(secrets.sealing),
    createAccount,
    password: PASSWORD,
    share,
    say,
  });
  say(`filled in ${Math.round((Date.now() - begun) / 1000)} s`);
  const postmaster = Number(
    (await superuser.query(`SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid`)).rows[0].pid,
  );
  await superuser.end();

  const app = await startApp({ dataDir, keysDir, databaseUrl: database.ownerUrl, stops });
  const floor = await startFloor({ url: database.superuserUrl, keysDir, stops });
  const servers = { app: { ...app, postmaster }, floor: { ...floor, postmaster } };

  const city = world.cities[0];
  const [mediator] = city.mediators;
  const own = world.families.filter((family) => family.mediatorId === mediator);
  const familyAt = (n) => own[n % own.length];
  const signIn = async (email) =>
    JSON.parse(await ask(app.port, { method: 'POST', path: '/api/sessions', body: { email, password: PASSWORD } }))
      .accessToken;
  const tokens = {};
  const renew = async () => {
    tokens.mediator = await signIn('mediator0@tilts.test');
    tokens.social = await signIn('social0@tilts.test');
    tokens.evaluator = await signIn('evaluator@tilts.test');
  };
  const visit = (n) => {
    const family = familyAt(n);
    const help = { id: newId(), needArea: 'SOC', kind: 'fillForm', personIds: [family.persons[0]] };
    // prettier-ignore
    return { id: newId(), familyId: family.id, day: new Date().toISOString().slice(0, 10), time: '10:00', minutes: 30, channel: 'homeVisit', place: 'home', capacity: 'mediator', reached: true, metPersonIds: [family.persons[0]], needAreas: ['SOC'], assistance: [help], note: 'Pārrunājām un vienojāmies.', outcomes: [] };
  };
  const period = { from: world.from, to: world.to };
  const lastDay = (month) =>
    new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);
  const get = (server, path, token) => ask(servers[server].port, { path, ...(token && { token }) });
  const works = {
    list: {
      count: 200,
      app: () => get('app', '/api/visits?limit=50', tokens.mediator),
      floor: () => get('floor', `/list?mediator=${mediator}`),
    },
    family: {
      count: 300,
      app: async (n) => {
        await get('app', `/api/families/${familyAt(n).id}`, tokens.mediator);
        await get('app', `/api/persons?familyId=${familyAt(n).id}`, tokens.mediator);
      },
      floor: async (n) => {
        await get('floor', `/family?id=${familyAt(n).id}`);
        await get('floor', `/persons?id=${familyAt(n).id}`);
      },
    },
    inbox: {
      count: 200,
      app: () => get('app', '/api/referrals?board=waiting&limit=50', tokens.social),
      floor: () => get('floor', `/inbox?institution=${city.institutionId}`),
    },
    create: {
      count: 200,
      app: (n) => ask(app.port, { method: 'POST', path: '/api/visits', token: tokens.mediator, body: visit(n) }),
      floor: (n) => ask(floor.port, { method: 'POST', path: '/create', body: { mediator, visit: visit(n) } }),
    },
    report: {
      count: 2,
      callers: 1,
      app: () =>
        get(
          'app',
          `/api/reports/outcomes?project=${world.project}&from=${period.from}&to=${period.to}`,
          tokens.evaluator,
        ),
      floor: () => get('floor', `/report?project=${world.project}&from=${period.from}-01&to=${lastDay(period.to)}`),
    },
  };

  const rows = [];
  for (const [name, work] of Object.entries(works)) {
    if (given.only && name !== given.only) continue;
    say(`measuring ${name}`);
    await renew();
    const turn = async (which, count = work.count) => costOf(servers[which], count, work[which], work.callers);
    // Plans are made and code is warm before anything counts.
    for (const which of ['app', 'floor']) await turn(which, name === 'report' ? 1 : work.count);
    const costs = { app: [], floor: [], ratio: [] };
    for (let round = 0; round < rounds; round += 1) {
      const [first, second] = round % 2 ? ['floor', 'app'] : ['app', 'floor'];
      const cost = { [first]: await turn(first), [second]: await turn(second) };
      for (const which of ['app', 'floor']) costs[which].push(cost[which]);
      costs.ratio.push(cost.app.all / cost.floor.all);
    }
    const [ratios, medianOf] = [costs.ratio, (which, part) => median(costs[which].map((cost) => cost[part]))];
    rows.push({
      name,
      app: medianOf('app', 'all'),
      floor: medianOf('floor', 'all'),
      // Where the app's part goes: into its own process, and into the database.
      own: medianOf('app', 'own'),
      database: medianOf('app', 'database'),
      ratio: median(ratios),
      spread: [Math.min(...ratios), Math.max(...ratios)],
    });
  }
  if (given.only && given.only !== 'sync') return { share, amounts: world.amounts, rows };
  say('measuring sync');
  await renew();
  for (let warm = 0; warm < 2; warm += 1) await costOf(servers.app, works.create.count, works.create.app);
  const single = (await costOf(servers.app, works.create.count, works.create.app)).all;
  const together = await measurePush({
    app: servers.app,
    signIn: () => signIn('mediator0@tilts.test'),
    families: own,
    rounds,
  });
  return { share, amounts: world.amounts, rows, push: { together, single } };
}

async function startApp({ dataDir, keysDir, databaseUrl, stops }) {
  const port = await freePort();
  const { PATH, HOME, LANG } = process.env;
  // prettier-ignore
  const env = { PATH, HOME, LANG, PORT: String(port), DATA_DIR: dataDir, KEYS_DIR: keysDir, DATABASE_URL: databaseUrl, DEMO: 'off', CONTROLLER_NAME: 'Mērījums', LOG_LEVEL: 'info' };
  const main = join(import.meta.dirname, '..', '..', 'apps', 'api', 'dist', 'main.js');
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  stops.push(() => end(child));
  for (let tries = 0; ; tries += 1) {
    if (child.exitCode !== null || tries > 600) throw new Error('The app did not start');
    if (
      await ask(port, { path: '/api/health' }).then(
        () => true,
        () => false,
      )
    )
      return { port, pid: child.pid };
    await new Promise((later) => setTimeout(later, 100));
  }
}

async function startFloor({ url, keysDir, stops }) {
  const child = fork(join(import.meta.dirname, 'floor.mjs'), {
    env: { PATH: process.env.PATH, FLOOR_DATABASE: url, FLOOR_KEYS: keysDir },
  });
  stops.push(() => end(child));
  const port = await new Promise((found, fail) => {
    child.once('message', (/** @type {{ port: number }} */ message) => found(message.port));
    child.once('exit', () => fail(new Error('The floor did not start')));
  });
  return { port, pid: child.pid };
}

function end(child) {
  return new Promise((ended) => {
    if (child.exitCode !== null || child.signalCode !== null) return ended();
    child.once('exit', ended);
    child.kill('SIGTERM');
    if (child.connected) child.disconnect();
  });
}

function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => found(port));
    });
  });
}

function print(share, amounts, rows) {
  if (rows.length === 0) return;
  const size = Object.entries(amounts).map(([what, n]) => `${n.toLocaleString('en')} ${what}`);
  console.log(`\n${share === 1 ? 'A whole country' : `${share * 100} % of a country`}: ${size.join(', ')}`);
  console.log(
    `CPU of server and PostgreSQL for one piece of work, median of ${rounds} turns, ${cpus().length} cores\n`,
  );
  console.log(
    '| work | app ms | Node | PostgreSQL | floor ms | app ÷ floor | lowest–highest | bar | |\n| --- | ---: | ---: | ---: | ---: | ---: | --- | --- | --- |',
  );
  for (const { name, app, own, database, floor, ratio, spread } of rows) {
    const bar = bars[name];
    const [goal, reached] = bar ? [`≤ ${bar} ×`, ratio <= bar] : [`≤ ${REPORT_BAR_MS} ms`, app <= REPORT_BAR_MS];
    const lowHigh = spread.map((one) => one.toFixed(2)).join('–');
    console.log(
      `| ${name} | ${app.toFixed(2)} | ${own.toFixed(2)} | ${database.toFixed(2)} | ${floor.toFixed(2)} | ${ratio.toFixed(2)} | ${lowHigh} | ${goal} | ${reached ? 'reached' : 'not reached'} |`,
    );
  }
}
