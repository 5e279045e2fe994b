/* global BUILD, Response, caches, clients, location, self */
// The service worker: keeps whole builds of the app on the device and opens pages from them without a network. It sees no data: what is
// asked of /api passes it by. `write-worker.mjs` writes `const BUILD = {…}` in front of these lines: `id`, which the page has too;
// `schema` of the commands that this build writes; `files`, each path with the hash of its content, the first `first` of them those of the pages
// that come first.
//
// One build is one cache, and any worker opens pages from any build that is whole here: which one is a note of the pages, so that a newer
// build comes when they say so (app/shell/app-update.ts), never by a reload. Without a note it is the worker's own. Names of scripts carry
// the hash of their content, so a page that is still open finds its own in the cache of the build before.
// docs/decisions/0036-an-own-service-worker.md: why it is not the one of Angular.

const BUILDS = 'tilts-build-';
const MINE = BUILDS + BUILD.id;
/** Written last into the cache of a build: without it the build is not whole. */
const WHOLE = '/build.json';
const START = '/index.html';
/**
 * Where pages leave notes. `/chosen`: the build that was asked for. `/hold`: the schema of commands that the office has not got yet; a build
 * that writes another one is not opened over them.
 */
const NOTES = 'tilts-notes';

self.addEventListener('install', (event) => event.waitUntil(fill()));

self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

self.addEventListener('message', (event) => {
  const { say, build } = event.data;
  const answer = (words) => event.ports[0]?.postMessage(words);
  if (say === 'which') answer({ id: BUILD.id, schema: BUILD.schema });
  // Of a build that cannot be mended. Its pages come from the server next, or from a newer build that is here.
  if (say === 'forget') event.waitUntil(caches.delete(BUILDS + build).then(answer));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || /^\/api(\/|$)/.test(pathname)) return;
  // As the server has it: an address without an ending is a page, whichever it is.
  const isFile = /\.[^/]*$/.test(pathname);
  if (isFile && pathname !== location.pathname) event.respondWith(file(request, pathname));
  else if (!isFile && request.mode === 'navigate') event.respondWith(page(request));
});

/** Fetches what is not there yet: a download that was cut goes on, and what did not change since an older build is taken from it. */
async function fill() {
  const older = await wholeBuilds();
  for (const name of await caches.keys())
    if (name.startsWith(BUILDS) && name !== MINE && !older.some((build) => build.name === name))
      await caches.delete(name);
  const cache = await caches.open(MINE);
  const there = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  const keep = async ([path, hash]) => {
    if (there.has(path)) return;
    const same = older.find(({ files }) => files[path] === hash);
    await cache.put(path, (await same?.cache.match(path)) ?? (await download(path, hash)));
  };
  // What comes next is waited for. Then two at a time: a browser without HTTP/2 has six ways, and what somebody reads goes first.
  const files = Object.entries(BUILD.files);
  await some(files.slice(0, BUILD.first), 4, keep);
  await some(files.slice(BUILD.first), 2, keep);
  if (!(await caches.has(MINE))) throw new Error('Somebody emptied the store meanwhile');
  await cache.put(WHOLE, Response.json(BUILD));
}

async function some(items, atOnce, work) {
  const waiting = items[Symbol.iterator]();
  const next = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}

/** The browser compares the hash: neither a proxy's page nor another build's file is ever kept as one of ours. */
async function download(path, hash) {
  const answer = await fetch(path, { integrity: hash, priority: 'low' });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

/** No page is open any more, so what this worker brought is what opens next, unless unsent work holds it. */
async function takeOver() {
  const older = (await wholeBuilds()).filter(({ name }) => name !== MINE);
  const hold = await noted('/hold');
  const kept = [older.at(-1), older.findLast(({ schema }) => schema === Number(hold))];
  for (const build of older) if (!kept.includes(build)) await caches.delete(build.name);
  await (await caches.open(NOTES)).delete('/chosen');
  await clients.claim();
}

async function page(request) {
  const [chosen, hold] = await Promise.all([noted('/chosen'), noted('/hold')]);
  const mine = { name: MINE, ...BUILD };
  let build = mine;
  if (chosen !== null || (hold !== null && Number(hold) !== mine.schema)) {
    const builds = await wholeBuilds();
    build = builds.find(({ id }) => id === chosen) ?? mine;
    if (hold !== null && build.schema !== Number(hold))
      build = builds.findLast(({ schema }) => schema === Number(hold)) ?? build;
  }
  return (await caches.match(START, { cacheName: build.name })) ?? fetch(request);
}

async function file(request, path) {
  const kept = (await caches.match(path, { cacheName: MINE })) ?? (await caches.match(path));
  if (kept) return kept;
  const answer = await fetch(request);
  // A single file was lost: it is put back for the next time without a network.
  if (path in BUILD.files && (await caches.has(MINE))) {
    const again = await download(path, BUILD.files[path]).catch(() => null);
    if (again) await (await caches.open(MINE)).put(path, again);
  }
  return answer;
}

/** Oldest first. */
async function wholeBuilds() {
  const builds = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith(BUILDS)) continue;
    const cache = await caches.open(name);
    const whole = await cache.match(WHOLE);
    if (whole) builds.push({ name, cache, ...(await whole.json()) });
  }
  return builds;
}

async function noted(what) {
  const note = await caches.match(what, { cacheName: NOTES });
  return note ? note.text() : null;
}
