import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import * as kinds from 'fake-indexeddb';

/** A browser with an empty disk: IndexedDB as its standard says. jsdom has none. */
export function freshDisk(): void {
  const all = Object.fromEntries(Object.entries(kinds).filter(([name]) => name.startsWith('IDB')));
  Object.assign(globalThis, all, { indexedDB: new IDBFactory(), IDBKeyRange });
  globalThis.setImmediate ??= soon() as unknown as typeof setImmediate;
  localStorage.clear();
}

/** In the next turn. A timer of jsdom would make a disk of a thousand steps slow. */
function soon(): (work: () => void) => void {
  if (typeof MessageChannel === 'undefined') return (work) => setTimeout(work);
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  (port1 as unknown as { unref?: () => void }).unref?.();
  return (work) => {
    waiting.push(work);
    port2.postMessage(null);
  };
}

/** While this runs, the disk takes nothing more. */
export async function whileFull<T>(work: () => Promise<T>): Promise<T> {
  const { put, add } = IDBObjectStore.prototype;
  const full = function (this: IDBObjectStore): never {
    throw new DOMException('The disk is full', 'QuotaExceededError');
  };
  Object.assign(IDBObjectStore.prototype, { put: full, add: full });
  try {
    return await work();
  } finally {
    Object.assign(IDBObjectStore.prototype, { put, add });
  }
}

/**
 * While this runs, the browser is killed before any write is complete: what was asked for is not on the disk afterwards. `last`: the key of
 * the last thing that is written, so that everything but the end had been done.
 */
export async function whileKilledBeforeCommit<T>(work: () => Promise<T>, last?: string): Promise<T> {
  const { put, add } = IDBObjectStore.prototype;
  const killed = (original: typeof put) =>
    function (this: IDBObjectStore, ...given: Parameters<typeof put>): IDBRequest<IDBValidKey> {
      const request = original.apply(this, given);
      const kill = (): void => this.transaction.abort();
      if (last === undefined) kill();
      else if (given[1] === last) request.addEventListener('success', kill);
      return request;
    };
  Object.assign(IDBObjectStore.prototype, { put: killed(put), add: killed(add) });
  try {
    return await work();
  } finally {
    Object.assign(IDBObjectStore.prototype, { put, add });
  }
}

/**
 * While this runs, one single write goes wrong, the one with that number: `full`: the disk takes it no more; `killed`: nothing of its
 * transaction is on the disk afterwards. Answers how many there were.
 */
export async function whileOneWriteFails(
  number: number,
  how: 'full' | 'killed',
  work: () => Promise<void>,
): Promise<number> {
  const { put, add } = IDBObjectStore.prototype;
  let count = 0;
  const failing = (original: typeof put) =>
    function (this: IDBObjectStore, ...given: Parameters<typeof put>): IDBRequest<IDBValidKey> {
      const isIt = count === number;
      count += 1;
      if (isIt && how === 'full') throw new DOMException('The disk is full', 'QuotaExceededError');
      const request = original.apply(this, given);
      if (isIt) this.transaction.abort();
      return request;
    };
  Object.assign(IDBObjectStore.prototype, { put: failing(put), add: failing(add) });
  try {
    await work();
    return count;
  } finally {
    Object.assign(IDBObjectStore.prototype, { put, add });
  }
}

/** One at a time among all tabs, as Web Locks are; jsdom has none. */
export function tabLocks(): void {
  const before = new Map<string, Promise<unknown>>();
  const request = (name: string, work: () => Promise<unknown>): Promise<unknown> => {
    const mine = (before.get(name) ?? Promise.resolve()).then(work, work);
    before.set(
      name,
      mine.catch(() => undefined),
    );
    return mine;
  };
  Object.defineProperty(navigator, 'locks', { configurable: true, value: { request } });
}
