import { add, newId, numberCommand, type Command } from '@tilts/domain';
import type { Outbox } from './kept';
import { LocalStore, storeName } from './local-store';
import { aBundle, aMediator } from './testing/office';
import { freshDisk, whileFull, whileKilledBeforeCommit } from './testing/store';

const asked = (note: string) => ({ operation: 'POST /visits', params: {}, input: { id: newId(), note } });

/** Writes down one thing that was done, as the phone does. */
function writeDown(store: LocalStore, note: string): Promise<Outbox> {
  return store.outbox(({ entries, numbered }) => ({
    entries: add(entries, numberCommand(asked(note), numbered + 1, '2026-11-23T10:00:00.000Z')),
  }));
}

const numbers = ({ entries }: Outbox): number[] => entries.map(({ command }) => command.seq).sort((a, b) => a - b);
const text = ({ content }: Command): string => content;

describe('The store of a phone', () => {
  let account: string;
  beforeEach(() => {
    freshDisk();
    account = newId();
  });

  it('gives each number once, however many tabs write at the same time', async () => {
    const tabs = await Promise.all([LocalStore.open(account), LocalStore.open(account)]);
    await Promise.all(Array.from({ length: 20 }, (_, i) => writeDown(tabs[i % 2] as LocalStore, `note ${i}`)));
    for (const tab of tabs) {
      const outbox = await tab.readOutbox();
      expect(numbers(outbox)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
      expect(new Set(outbox.entries.map(({ command }) => text(command))).size).toBe(20);
      expect(outbox.numbered).toBe(20);
    }
  });

  it('writes every word strictly: on the disk before it is said to be there', async () => {
    const store = await LocalStore.open(account);
    const durabilities: string[] = [];
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...given) {
      if (given[1] === 'readwrite') durabilities.push(given[2]?.durability ?? 'default');
      return transaction.apply(this, given);
    };
    try {
      await writeDown(store, 'a');
      await store.keepMe(aMediator());
      await store.fetched({ families: [{ stamp: '1', bundle: aBundle() }], cursor: 'c' });
      await store.drafts(() => []);
    } finally {
      IDBDatabase.prototype.transaction = transaction;
    }
    expect(durabilities.length).toBeGreaterThanOrEqual(4);
    expect(new Set(durabilities)).toEqual(new Set(['strict']));
  });

  it.each([undefined, 'numbered'])('holds after a kill exactly what it had said to hold (%s)', async (last) => {
    const store = await LocalStore.open(account);
    await writeDown(store, 'first');
    await whileKilledBeforeCommit(() => expect(writeDown(store, 'killed')).rejects.toThrow(), last);
    const again = await LocalStore.open(account);
    expect(numbers(await again.readOutbox())).toEqual([1]);
    const after = await writeDown(again, 'second');
    expect(numbers(after)).toEqual([1, 2]);
    // The tab that was cut off in the middle does not believe what it had in mind.
    const { entries } = await writeDown(store, 'third');
    expect(entries.map(({ command }) => (JSON.parse(text(command)) as { input: { note: string } }).input.note)).toEqual(
      ['first', 'second', 'third'],
    );
  });

  it('says that the disk is full, and holds what it held', async () => {
    const store = await LocalStore.open(account);
    await writeDown(store, 'first');
    await whileFull(() => expect(writeDown(store, 'too much')).rejects.toMatchObject({ code: 'PHONE_FULL' }));
    expect(numbers(await writeDown(store, 'second'))).toEqual([1, 2]);
  });

  it('keeps a family with its stamp in one step, or neither', async () => {
    const store = await LocalStore.open(account);
    await store.keepMe(aMediator());
    const [old, changed] = [aBundle({}, '1'), aBundle({}, '2')];
    await store.fetched({ families: [{ stamp: '1', bundle: old }], cursor: 'one' });
    await whileKilledBeforeCommit(() =>
      expect(store.fetched({ families: [{ stamp: '2', bundle: changed }], cursor: 'two' })).rejects.toThrow(),
    );
    const kept = await (await LocalStore.open(account)).read();
    expect([[...kept.families.keys()], kept.office.cursor]).toEqual([[old.family.id], 'one']);
  });

  it('is left alone by an older Tilts', async () => {
    await new Promise<void>((done, failed) => {
      const request = indexedDB.open(storeName(account), 7);
      request.onupgradeneeded = () => request.result.createObjectStore('fromTheFuture').put('words', 1);
      request.onsuccess = () => (request.result.close(), done());
      request.onerror = () => failed(request.error);
    });
    await expect(LocalStore.open(account)).rejects.toMatchObject({ code: 'PHONE_NEWER' });
    const words = await new Promise((done) => {
      const request = indexedDB.open(storeName(account));
      request.onsuccess = () => {
        const got = request.result.transaction('fromTheFuture').objectStore('fromTheFuture').get(1);
        got.onsuccess = () => done(got.result);
      };
    });
    expect(words).toBe('words');
  });

  it('lets a newer Tilts in another tab have it, and says so', async () => {
    const lost: string[] = [];
    await LocalStore.open(account, ({ code }) => lost.push(code));
    await new Promise<void>((done) => {
      const request = indexedDB.open(storeName(account), 7);
      request.onsuccess = () => done();
    });
    expect(lost).toEqual(['PHONE_NEWER']);
  });

  it('passes over what nobody can read, says so, and throws nothing away', async () => {
    const store = await LocalStore.open(account);
    await writeDown(store, 'first');
    await new Promise<void>((done) => {
      const request = indexedDB.open(storeName(account));
      request.onsuccess = () => {
        const tx = request.result.transaction(['command', 'family'], 'readwrite');
        tx.objectStore('command').put({ rust: true }, 2);
        tx.objectStore('family').put({ stamp: '1', bundle: { half: 'a family' } }, 'x');
        tx.oncomplete = () => done();
      };
    });
    const again = await LocalStore.open(account);
    const kept = await again.read();
    expect([kept.damaged, kept.entries.length, kept.families.size]).toEqual([true, 1, 0]);
    // The number under the unreadable one is not written over: it fails loudly.
    await expect(writeDown(again, 'second')).rejects.toThrow();
    expect(numbers(await again.outbox(({ entries }) => ({ entries, numbered: 2 })))).toEqual([1]);
    expect(numbers(await writeDown(again, 'third'))).toEqual([1, 3]);
  });

  it('gives up families and lists when somebody signs out, and never what is unsent', async () => {
    const store = await LocalStore.open(account);
    await store.keepMe(aMediator());
    await writeDown(store, 'unsent');
    const draft = { kind: 'visit' as const, familyId: null, content: '{}', savedAt: '2026-11-23T10:00:00.000Z' };
    await store.drafts(() => [
      { draft: { ...draft, id: 'typed' }, unsent: 'kept' },
      { draft: { ...draft, id: 'at the office' }, unsent: null },
    ]);
    await store.fetched({ families: [{ stamp: '1', bundle: aBundle() }], reference: { list: 1 }, complete: true });
    await store.leave();
    const kept = await store.read();
    expect([kept.families.size, kept.reference, kept.complete, await store.me()]).toEqual([0, {}, false, null]);
    expect(kept.drafts.map(({ draft }) => draft.id)).toEqual(['typed']);
    expect(numbers(kept)).toEqual([1]);
  });

  it('keeps nothing of a family that comes after somebody has signed out in another tab', async () => {
    const [tab, other] = await Promise.all([LocalStore.open(account), LocalStore.open(account)]);
    await tab.keepMe(aMediator());
    await other.fetched({ families: [{ stamp: '1', bundle: aBundle() }] });
    await tab.leave();
    await expect(other.fetched({ families: [{ stamp: '1', bundle: aBundle() }] })).rejects.toMatchObject({
      code: 'PHONE_BROKEN',
    });
    expect((await (await LocalStore.open(account)).read()).families.size).toBe(0);
  });

  it('says that it went away when the system took it, and not when it was closed', async () => {
    const lost: string[] = [];
    const [store, closed] = [
      await LocalStore.open(account, ({ code }) => lost.push(code)),
      await LocalStore.open(account, ({ code }) => lost.push(code)),
    ];
    closed.close();
    await expect(writeDown(closed, 'late')).rejects.toMatchObject({ code: 'PHONE_BROKEN' });
    expect(lost).toEqual([]);
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = () => {
      throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
    };
    try {
      await expect(writeDown(store, 'words')).rejects.toMatchObject({ code: 'PHONE_BROKEN' });
    } finally {
      IDBDatabase.prototype.transaction = transaction;
    }
    expect(lost).toEqual(['PHONE_BROKEN']);
  });

  it('gives up families on a full disk too', async () => {
    const store = await LocalStore.open(account);
    await store.keepMe(aMediator());
    await store.fetched({ families: [{ stamp: '1', bundle: aBundle() }], cursor: 'c', complete: true });
    await whileFull(() => store.leave());
    const kept = await (await LocalStore.open(account)).read();
    expect([kept.families.size, kept.complete]).toEqual([0, false]);
  });

  it('is the same device for as long as anything of what it numbered is here', async () => {
    const store = await LocalStore.open(account);
    const device = await store.device('remembered');
    expect(device).not.toBe('remembered');
    expect(await (await LocalStore.open(account)).device('remembered')).toBe(device);
    const other = await LocalStore.open(newId());
    await writeDown(other, 'of a device whose number was lost');
    expect(await other.device('remembered')).toBe('remembered');
  });
});
