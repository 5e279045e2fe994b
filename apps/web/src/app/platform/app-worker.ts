import { isDevMode } from '@angular/core';
import { ask } from './newer-build';

/** A build of the app, as its service worker (worker/worker.js) tells of it. */
export interface Build {
  id: string;
  /** Of the commands that it writes. */
  schema: number;
}

const address = '/worker.js';
const notes = 'tilts-notes';

/** Undefined where there is none: an old browser, a page without HTTPS, a build for development, a browser that refuses. */
export async function registerWorker(): Promise<ServiceWorkerRegistration | undefined> {
  if (isDevMode() || !isSecureContext || !('serviceWorker' in navigator)) return undefined;
  try {
    await navigator.serviceWorker.register(trusted(address), { scope: '/' });
    return await navigator.serviceWorker.getRegistration('/');
  } catch {
    return undefined;
  }
}

export async function buildOf(worker: ServiceWorker | null): Promise<Build | undefined> {
  return worker ? ((await ask(worker, { say: 'which' })) as Build | undefined) : undefined;
}

/** From now on pages open from this build. No worker must be replaced for that, which takes a browser up to half a minute (seen). */
export async function choose(build: Build): Promise<void> {
  await note('/chosen', build.id);
}

/** Read by the worker whenever a page is opened, also when no page of ours is there to be asked. */
export async function noteHold(schema: number | null): Promise<void> {
  if ('caches' in globalThis) await note('/hold', schema);
}

export async function notedHold(): Promise<number | null> {
  const found = 'caches' in globalThis ? await caches.match('/hold', { cacheName: notes }) : undefined;
  return found ? Number(await found.text()) : null;
}

async function note(what: '/chosen' | '/hold', words: string | number | null): Promise<void> {
  const cache = await caches.open(notes);
  if (words === null) await cache.delete(what);
  else await cache.put(what, new Response(String(words)));
}

// TypeScript does not know Trusted Types yet. The policy takes one address and no other.
interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): unknown };
}
let policy: ReturnType<Policies['createPolicy']> | undefined;

function trusted(url: typeof address): string {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  policy ??= policies?.createPolicy('tilts-worker', {
    createScriptURL: (wanted) => {
      if (wanted !== address) throw new TypeError(`No worker: ${wanted}`);
      return wanted;
    },
  });
  return (policy?.createScriptURL(url) ?? url) as string;
}
