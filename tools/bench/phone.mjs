/// <reference lib="dom" />
/* global caches, document, indexedDB, navigator, requestAnimationFrame, scrollTo */
// `node tools/bench/phone.mjs` after a build: what a mediator with an old phone waits for, in a real browser. The line is link.mjs, an old
// phone is a processor four times slower, and before the app stands the proxy of the installation, when there is a Caddy on this machine.
// Nothing here fails a test: times mean little on a shared machine, so the floor stands beside them.
//   --turns 3     more or fewer turns (5)
//   --only list   one of: first, reopen, list
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { fromRanges, inColumns, newId } from '@tilts/domain';
import { demoEmail } from '@tilts/testing';
import { findChromium } from '../chromium.mjs';
import { ask, median } from './cost.mjs';
import { openLink } from './link.mjs';
import { hasProxy, HOST, openProxy } from './proxy.mjs';

const PASSWORD = 'tilts-demo-2018';
const LINE = { kbitPerSecond: 400, roundTripMs: 400 };
const FAMILIES = 200;
const VISITS = 10_000;
const screen = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const phone = { ...screen, locale: 'lv-LV', timezoneId: 'Europe/Riga', serviceWorkers: /** @type {const} */ ('allow') };
const logLink = 'main a[href^="/visits/new?family="]';
const signInButton = 'app-sign-in-page button[type=submit]';
/** Milliseconds: nobody types an address and a password faster. */
const TYPING = 10_000;
/** Milliseconds, from the project's performance goals. */
const bars = { signIn: 6_000, today: 6_000, reopened: 500, listed: 300 };

const { values: given } = parseArgs({
  options: { turns: { type: 'string', default: '5' }, only: { type: 'string' } },
});
const turns = Number(given.turns);
const wants = (what) => !given.only || given.only === what;
const stops = [];
const figures = [];
const note = (what, unit, values, bar) => {
  figures.push({ what, unit, values, bar });
  console.log(
    `  ${what}: ${Math.round(median(values))} ${unit} (${values.map((value) => Math.round(value)).join(', ')})`,
  );
};

try {
  const app = await startApp();
  const launch = await findChromium();
  if (wants('first')) await measureFirst(app, launch);
  if (wants('reopen') || wants('list')) {
    const few = await equipped(app, launch, demoEmail('mediator', 'VALMIERA'));
    if (wants('reopen')) await measureReopened(few, launch, 'what a demo mediator has');
    if (wants('list')) {
      await workALot(app, demoEmail('mediator', 'JELGAVA'));
      const many = await equipped(app, launch, demoEmail('mediator', 'JELGAVA'));
      await measureReopened(many, launch, `${VISITS.toLocaleString('en')} visits`);
      await measureList(many, launch);
    }
  }
  print();
} finally {
  for (const stop of stops.reverse()) await stop();
}

/** A first visit ever: empty browser, slow line, slow processor. Then signing in, until Today can be used. */
async function measureFirst(app, launch) {
  const near = { address: () => `http://localhost:${app.port}`, launch, carried: () => 0, next: async () => undefined };
  const far = hasProxy() ? await behindProxy(launch) : await behindLink(app, launch);
  for (const [name, way, slower, bar] of /** @type {const} */ ([
    ['no line, no slower processor (the floor)', near, 1, undefined],
    [`400 kbit/s, 400 ms, ${hasProxy() ? 'HTTPS and HTTP/2 (Caddy)' : 'HTTP/1.1'}, CPU ÷ 4`, far, 4, bars],
  ])) {
    const [signIn, today, bytes] = [[], [], []];
    const browser = await chromium.launch(way.launch);
    for (let turn = 0; turn < turns; turn += 1) {
      await way.next();
      const context = await browser.newContext(phone);
      const page = await context.newPage();
      await slow(page, slower);
      const begun = performance.now();
      await page.goto(way.address(), { waitUntil: 'commit' });
      await page.locator(signInButton).waitFor({ timeout: 60_000 });
      signIn.push(performance.now() - begun);
      bytes.push(way.carried() / 1024);
      await page.locator('input[type=email]').fill(demoEmail('mediator', 'VALMIERA'));
      await page.locator('input[type=password]').fill(PASSWORD);
      if (bar) await page.waitForTimeout(TYPING);
      const sent = performance.now();
      await page.locator(signInButton).click();
      await page.locator(logLink).first().waitFor({ timeout: 60_000 });
      today.push(performance.now() - sent);
      await context.close();
    }
    await browser.close();
    note(`first visit, sign-in page usable; ${name}`, 'ms', signIn, bar?.signIn);
    if (bar) note('  carried to the phone until then', 'KiB', bytes);
    const typed = bar ? `, after ${TYPING / 1_000} s of typing` : '';
    note(`from the tap on „sign in” until Today is usable${typed}; ${name}`, 'ms', today, bar?.today);
  }
}

async function behindLink(app, launch) {
  let link;
  stops.push(() => link?.close());
  const next = async () => {
    await link?.close();
    link = await openLink(app.port, LINE);
  };
  return { address: () => `http://localhost:${link.port}`, launch, carried: () => link.carried.down, next };
}

/** The address is told to the app, so the line stays the same for all turns; what was on its way to a page that is closed must be through. */
async function behindProxy(launch) {
  const [port, plainPort] = [await freePort(), await freePort()];
  const link = await openLink(port, LINE);
  stops.push(() => link.close());
  const address = `https://${HOST}:${link.port}`;
  const app = await startApp({ PUBLIC_URL: address, TRUST_PROXY: 'loopback' });
  const proxy = await openProxy({ port, plainPort, upstream: app.port });
  stops.push(() => proxy.close());
  const next = async () => {
    await new Promise((through) => setTimeout(through, 5_000));
    link.forget();
  };
  const args = [...launch.args, ...proxy.browserArguments];
  return { address: () => address, launch: { ...launch, args }, carried: () => link.carried.down, next };
}

/** The browser is closed and opened without a network: from the tap on the icon (the navigation) until Today can be used. */
async function measureReopened({ folder, address }, launch, what) {
  for (const slower of [1, 4]) {
    const taken = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const context = await chromium.launchPersistentContext(folder, { ...launch, ...phone, offline: true });
      const page = context.pages()[0] ?? (await context.newPage());
      await slow(page, slower);
      await page.addInitScript(watchFor, logLink);
      await page.goto(address, { waitUntil: 'commit' });
      taken.push(await seen(page));
      await context.close();
    }
    note(`reopened without a network, Today usable; CPU ÷ ${slower}; ${what}`, 'ms', taken, bars.reopened);
  }
}

/** All visits from the phone's own store: opened from a page of the app, then to the last one of them, then found by a word. */
async function measureList({ folder, address }, launch) {
  for (const slower of [1, 4]) {
    const [opened, last, nodes, heap] = [[], [], [], []];
    for (let turn = 0; turn < turns; turn += 1) {
      const context = await chromium.launchPersistentContext(folder, { ...launch, ...phone, offline: true });
      const page = context.pages()[0] ?? (await context.newPage());
      await page.goto(`${address}/families`);
      await page.locator('a[href="/visits"]').first().waitFor();
      await slow(page, slower);
      opened.push(await page.evaluate(openList));
      last.push(await page.evaluate(toTheEnd));
      nodes.push(await page.evaluate(() => document.querySelectorAll('*').length));
      const cdp = await context.newCDPSession(page);
      await cdp.send('HeapProfiler.collectGarbage');
      heap.push((await cdp.send('Runtime.getHeapUsage')).usedSize / 1_048_576);
      await context.close();
    }
    note(
      `list of ${VISITS.toLocaleString('en')} visits, from the tap to its rows; CPU ÷ ${slower}`,
      'ms',
      opened,
      bars.listed,
    );
    note(`  the same, to the last of them; CPU ÷ ${slower}`, 'ms', last);
    note('  elements on the page', 'nodes', nodes, 1_500);
    note('  memory of the page with the whole copy', 'MiB', heap);
  }
}

/** A phone on which everything is that a mediator needs without a network: the copy and the app itself. */
async function equipped(app, launch, email) {
  const folder = mkdtempSync(join(tmpdir(), 'tilts-phone-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
  const address = `http://localhost:${app.port}`;
  const context = await chromium.launchPersistentContext(folder, { ...launch, ...phone });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(address);
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(PASSWORD);
  const begun = performance.now();
  await page.locator(signInButton).click();
  await page.locator(logLink).first().waitFor({ timeout: 60_000 });
  await until(page, isComplete);
  console.log(`  everything of ${email} is on the phone after ${Math.round(performance.now() - begun)} ms`);
  await until(page, isKept);
  await context.close();
  return { folder, address };
}

/** Families and visits as a phone hands them in. */
async function workALot(app, email) {
  const signedIn = await ask(app.port, { method: 'POST', path: '/api/sessions', body: { email, password: PASSWORD } });
  const { accessToken: token, me } = JSON.parse(signedIn);
  const get = async (path) => JSON.parse(await ask(app.port, { path, token }));
  const [own] = (await get('/api/families')).items;
  const deviceId = newId();
  let seq = 0;
  const hand = async (inputs, operation) => {
    const commands = inputs.map((input) => {
      seq += 1;
      const content = JSON.stringify({ input, params: {} });
      return { id: newId(), seq, schema: 1, operation, content, base: null, madeAt: new Date().toISOString() };
    });
    const batch = { deviceId, numbered: seq, generation: null, commands };
    const body = inColumns(batch);
    const answer = JSON.parse(await ask(app.port, { method: 'POST', path: '/api/sync/commands', token, body }));
    const refused = fromRanges(answer, batch).results.find(({ outcome }) => outcome !== 'applied');
    if (refused) throw new Error(`Refused: ${JSON.stringify(refused)}`);
  };
  const { aFamily, aVisit } = await import('@tilts/testing');
  const families = Array.from({ length: FAMILIES }, (_, n) =>
    aFamily({ municipalityId: own.municipalityId, name: `Ģimene ${n}` }),
  );
  await hand(families, 'POST /families');
  const today = Date.now();
  for (let at = 0; at < VISITS; at += 500) {
    const visits = Array.from({ length: 500 }, (_, i) => {
      const n = at + i;
      const day = new Date(today - (n % 300) * 86_400_000).toISOString().slice(0, 10);
      return aVisit(families[n % FAMILIES], { day, note: `Pārrunājām ${n}. reizi, un vienojāmies par nākamo soli.` });
    });
    await hand(visits, 'POST /visits');
  }
  console.log(`  ${me.name} has ${FAMILIES} families and ${VISITS} visits more`);
}

/** Runs in the page before everything else: notes when that can be seen, by the page's own clock, which begins with the tap. */
function watchFor(selector) {
  const look = () => {
    if (document.querySelector(selector)?.getClientRects().length)
      Object.assign(globalThis, { seenAt: performance.now() });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function seen(page) {
  await page.waitForFunction(() => 'seenAt' in globalThis, undefined, { timeout: 60_000, polling: 20 });
  return page.evaluate(() => /** @type {{ seenAt?: number }} */ (globalThis).seenAt);
}

/** Runs in the page. From the tap to the frame in which its rows stand. */
function openList() {
  return new Promise((done) => {
    const begun = performance.now();
    /** @type {HTMLElement | null} */ (document.querySelector('a[href="/visits"]'))?.click();
    const look = () => {
      if (document.querySelectorAll('cdk-virtual-scroll-viewport .row a').length > 3)
        setTimeout(() => done(performance.now() - begun));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** Runs in the page. As a thumb would: to the end of what is there, until nothing comes any more. */
function toTheEnd() {
  return new Promise((done) => {
    const begun = performance.now();
    let [height, since] = [0, performance.now()];
    const look = () => {
      const now = document.documentElement.scrollHeight;
      if (now !== height) [height, since] = [now, performance.now()];
      scrollTo(0, now);
      if (performance.now() - since > 1_500) done(since - begun);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** Runs in the page. The first download came to its end, as the store has it. */
async function isComplete() {
  const [database] = (await indexedDB.databases()).filter(({ name }) => name?.startsWith('tilts-'));
  if (!database?.name) return false;
  const name = database.name;
  return new Promise((done) => {
    const opened = indexedDB.open(name, database.version);
    opened.onerror = () => done(false);
    opened.onsuccess = () => {
      const asked = opened.result.transaction('meta').objectStore('meta').get('complete');
      asked.onerror = () => done(false);
      asked.onsuccess = () => {
        opened.result.close();
        done(asked.result === true);
      };
    };
  });
}

/** Runs in the page. The whole app is on the phone, and answers this page. */
async function isKept() {
  return navigator.serviceWorker.controller !== null && (await caches.match('/build.json')) !== undefined;
}

async function until(page, is) {
  for (let tries = 0; !(await page.evaluate(is)); tries += 1) {
    if (tries > 1_500) throw new Error(`Never ${is.name}`);
    await page.waitForTimeout(100);
  }
}

async function slow(page, rate) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate });
}

async function startApp(settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tilts-bench-'));
  // As root the database runs under another account, which must pass through.
  chmodSync(folder, 0o711);
  stops.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
  const port = await freePort();
  const { PATH, HOME, LANG } = process.env;
  const folders = { DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys') };
  const env = { PATH, HOME, LANG, PORT: String(port), ...folders, DEMO: 'on', LOG_LEVEL: 'fatal', ...settings };
  const main = join(import.meta.dirname, '..', '..', 'apps', 'api', 'dist', 'main.js');
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  stops.push(
    () =>
      new Promise((ended) => {
        if (child.exitCode !== null) return ended(undefined);
        child.once('exit', ended);
        child.kill('SIGTERM');
      }),
  );
  for (let tries = 0; ; tries += 1) {
    if (child.exitCode !== null || tries > 900) throw new Error('The app did not start');
    const isReady = await ask(port, { path: '/api/health/ready' }).then(
      () => true,
      () => false,
    );
    if (isReady) return { port };
    await new Promise((later) => setTimeout(later, 100));
  }
}

function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => found(port));
    });
  });
}

function print() {
  console.log('\n| what | median | lowest–highest | bar |\n| --- | ---: | --- | --- |');
  for (const { what, unit, values, bar } of figures) {
    const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => Math.round(value));
    console.log(
      `| ${what.trim()} | ${Math.round(median(values))} ${unit} | ${low}–${high} | ${bar ? `≤ ${bar}` : ''} |`,
    );
  }
}
