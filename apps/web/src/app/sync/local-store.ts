import { newId, referenceKey, syncEndpoints, type Me } from '@tilts/domain';
import { openDB, type IDBPDatabase, type StoreNames } from 'idb';
import { CallProblem } from '../platform/exchange';
import {
  isDraft,
  isEntry,
  isFamily,
  type Fetched,
  type HeldDraft,
  type HeldFamily,
  type Kept,
  type KeptEntry,
  type Outbox,
  type OutboxAfter,
} from './kept';
import {
  changeOutbox,
  forgetStamps,
  layAside,
  metaOf,
  noOffice,
  outboxIn,
  putMeta,
  type Known,
  type Meta,
  type Schema,
  type Writing,
} from './store-steps';

const version = 1;
const stores = ['meta', 'family', 'reference', 'command', 'draft'] as const;
/** Stays: what is unsent may have to leave in a rescue file when its person cannot sign in any more. */
const rescueKeyHere = referenceKey(syncEndpoints.rescueKey);
export const storeName = (accountId: string): string => `tilts-${accountId}`;

/**
 * What a phone keeps between visits: families, lists, commands, drafts. The one module that touches IndexedDB. What it was told to keep is
 * kept when its strict transaction is complete, never before; two tabs may write at once.
 */
export class LocalStore {
  readonly #db: IDBPDatabase<Schema>;
  readonly #lost: (why: CallProblem) => void;
  #known: { revision: number; entries: readonly KeptEntry[] } | null = null;
  #hasLeft = false;
  /** The disk was full when it should have been kept. */
  #unkept: Me | null = null;
  #isClosed = false;

  private constructor(db: IDBPDatabase<Schema>, lost: (why: CallProblem) => void) {
    this.#db = db;
    this.#lost = lost;
  }

  /**
   * Throws PHONE_NEWER when a newer Tilts has written here, and PHONE_BROKEN when it cannot be opened; nothing is touched then. `lost` is
   * told when the store goes away later.
   */
  static async open(accountId: string, lost: (why: CallProblem) => void = () => undefined): Promise<LocalStore> {
    const holder: { db?: IDBPDatabase<Schema> } = {};
    try {
      holder.db = await inTime(
        openDB<Schema>(storeName(accountId), version, {
          upgrade: (made) => {
            for (const name of stores) made.createObjectStore(name);
          },
          blocking: () => {
            holder.db?.close();
            lost(new CallProblem('PHONE_NEWER', 0));
          },
          terminated: () => lost(new CallProblem('PHONE_BROKEN', 0)),
        }),
      );
    } catch (problem) {
      throw ofDevice(problem);
    }
    return new LocalStore(holder.db, lost);
  }

  close(): void {
    this.#isClosed = true;
    this.#db.close();
  }

  /**
   * The number by which the office knows this device: the one of the first time. Where nothing is left of what it numbered, it is another
   * device from then on: its numbers begin anew, and the office sees what is missing of the old one.
   */
  async device(remembered: string | null): Promise<string> {
    const known = await this.#guarded(() => this.#db.get('meta', 'device') as Promise<string | undefined>);
    if (known) return known;
    return this.#write(['meta', 'command'], async (tx) => {
      const device = await metaOf(tx, 'device');
      if (device) return device;
      const isLeft = (await tx.objectStore('command').count()) > 0;
      const own = isLeft && remembered ? remembered : newId();
      await putMeta(tx, 'device', own);
      return own;
    });
  }

  async read(): Promise<Kept> {
    return this.#guarded(async () => {
      const tx = this.#db.transaction(stores);
      const of = async <K extends keyof Meta>(key: K) => (await tx.objectStore('meta').get(key)) as Meta[K] | undefined;
      const [families, referenceKeys, reference, commands, last, drafts] = await Promise.all([
        tx.objectStore('family').getAll(),
        tx.objectStore('reference').getAllKeys(),
        tx.objectStore('reference').getAll(),
        tx.objectStore('command').getAll(),
        tx.objectStore('command').openKeyCursor(null, 'prev'),
        tx.objectStore('draft').getAll(),
      ]);
      const entries = commands.filter(isEntry);
      this.#known = { revision: (await of('revision')) ?? 0, entries };
      const whole = families.filter(isFamily);
      return {
        families: new Map(whole.map((family) => [family.bundle.family.id, family])),
        reference: Object.fromEntries(reference.map((answer, i) => [referenceKeys[i] ?? '', answer])),
        referenceStamps: (await of('referenceStamps')) ?? {},
        entries,
        numbered: (await of('numbered')) ?? 0,
        office: (await of('office')) ?? noOffice,
        drafts: drafts.filter(isDraft),
        complete: (await of('complete')) ?? false,
        damaged: whole.length < families.length || entries.length < commands.length,
        highest: last?.key ?? 0,
      };
    });
  }

  async readOutbox(): Promise<Outbox> {
    return this.#guarded(() => outboxIn(this.#db.transaction(['meta', 'command']), this.#known));
  }

  async readFamilies(ids: readonly string[]): Promise<HeldFamily[]> {
    return this.#guarded(async () => {
      const { store } = this.#db.transaction('family');
      const found = await Promise.all(ids.map((id) => store.get(id)));
      return found.filter((family) => family !== undefined).filter(isFamily);
    });
  }

  async readDrafts(): Promise<HeldDraft[]> {
    return this.#guarded(async () => (await this.#db.getAll('draft')).filter(isDraft));
  }

  /** Changes the outbox by a pure function, in one step: numbers are taken and results are kept here and nowhere else. */
  async outbox(change: (before: Outbox) => OutboxAfter): Promise<Outbox> {
    return this.#changing(['meta', 'command', 'family'], (tx) => changeOutbox(tx, change, this.#known));
  }

  /** Undefined when the step did not touch the outbox. */
  async fetched(step: Fetched): Promise<Outbox | undefined> {
    return this.#changing(['meta', 'family', 'reference', 'command'], async (tx) => {
      if (!(await metaOf(tx, 'me'))) {
        // Somebody signed out in another tab, and this one has not heard it yet: nothing of a family stays behind.
        if (!this.#unkept) throw new CallProblem('PHONE_BROKEN', 0);
        await putMeta(tx, 'me', this.#unkept);
      }
      const family = tx.objectStore('family');
      for (const one of step.families ?? []) await family.put(one, one.bundle.family.id);
      for (const id of step.gone ?? []) await family.delete(id);
      for (const [key, answer] of Object.entries(step.reference ?? {}))
        await tx.objectStore('reference').put(answer, key);
      if (step.referenceStamps)
        await putMeta(tx, 'referenceStamps', { ...(await metaOf(tx, 'referenceStamps')), ...step.referenceStamps });
      if (step.complete !== undefined) await putMeta(tx, 'complete', step.complete);
      const { cursor, entries } = step;
      if (cursor === undefined && !entries) return undefined;
      const change = (before: Outbox): OutboxAfter => ({
        entries: entries?.(before.entries) ?? before.entries,
        office: cursor === undefined ? before.office : { ...before.office, cursor },
      });
      return changeOutbox(tx, change, this.#known);
    });
  }

  /** From here on everything is fetched anew; what is shown stays until it is replaced. */
  async fetchAllAnew(): Promise<void> {
    await this.#write(['meta', 'family'], async (tx) => {
      await putMeta(tx, 'office', { ...((await metaOf(tx, 'office')) ?? noOffice), cursor: null });
      await forgetStamps(tx);
    });
  }

  async layAside(): Promise<void> {
    await this.#write(['meta', 'command', 'family'], layAside);
  }

  async drafts(change: (drafts: readonly HeldDraft[]) => readonly HeldDraft[]): Promise<HeldDraft[]> {
    return this.#write(['draft'], async (tx) => {
      const store = tx.objectStore('draft');
      const before = (await store.getAll()).filter(isDraft);
      const after = [...change(before)];
      for (const one of after) if (!before.includes(one)) await store.put(one, one.draft.id);
      for (const { draft } of before) if (!after.some((one) => one.draft.id === draft.id)) await store.delete(draft.id);
      return after;
    });
  }

  async keepMe(me: Me): Promise<void> {
    if (JSON.stringify(await this.me()) === JSON.stringify(me)) return;
    this.#unkept = me;
    await this.#write(['meta'], (tx) => putMeta(tx, 'me', me));
    this.#unkept = null;
  }

  async me(): Promise<Me | null> {
    return this.#guarded(async () => ((await this.#db.get('meta', 'me')) as Me | undefined) ?? null);
  }

  /**
   * Signed out: families and lists leave. What was done or typed here and is not at the office yet stays. Nothing is written, so that a
   * full disk does not hold it up.
   */
  async leave(): Promise<void> {
    const leaving = this.#write(['meta', 'family', 'reference', 'draft'], async (tx) => {
      await tx.objectStore('family').clear();
      const reference = tx.objectStore('reference');
      for (const key of await reference.getAllKeys()) if (key !== rescueKeyHere) await reference.delete(key);
      const drafts = tx.objectStore('draft');
      for (let at = await drafts.openCursor(); at; at = await at.continue())
        if (isDraft(at.value) && at.value.unsent === null) await at.delete();
      for (const key of ['me', 'referenceStamps', 'complete'] as const) await tx.objectStore('meta').delete(key);
    });
    // What was just being fetched is not kept any more.
    this.#hasLeft = true;
    await leaving;
  }

  /** What was read of the outbox is known from now on, but only when it is really there. */
  async #changing<T extends Known | undefined>(
    names: StoreNames<Schema>[],
    work: (tx: Writing) => Promise<T>,
  ): Promise<T> {
    const after = await this.#write(names, work);
    if (after) this.#known = { revision: after.revision, entries: after.entries };
    return after;
  }

  async #write<T>(names: StoreNames<Schema>[], work: (tx: Writing) => Promise<T>): Promise<T> {
    if (this.#hasLeft) throw new CallProblem('PHONE_BROKEN', 0);
    return this.#guarded(async () => {
      // Strict: on the disk before it is said to be done, not in a buffer of the system.
      const tx = this.#db.transaction(names, 'readwrite', { durability: 'strict' });
      try {
        const done = await work(tx);
        await tx.done;
        return done;
      } catch (problem) {
        await undo(tx);
        // A full disk aborts the transaction; the request that was waiting then only hears that it was aborted.
        throw tx.error ?? problem;
      }
    });
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (problem) {
      const said = ofDevice(problem);
      // Systems take a store away from an app that was put aside, without a word: only opening it anew helps.
      if (isGone(problem) && !this.#isClosed) this.#lost(new CallProblem('PHONE_BROKEN', 0));
      throw said;
    }
  }
}

async function undo(tx: Writing): Promise<void> {
  try {
    tx.abort();
  } catch {
    // What went wrong has aborted it already.
  }
  await tx.done.catch(() => undefined);
}

/** Milliseconds. Some browsers never say that another tab holds up the opening. */
const patience = 10_000;

async function inTime(opening: Promise<IDBPDatabase<Schema>>): Promise<IDBPDatabase<Schema>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), patience);
  });
  const db = await Promise.race([opening, late]).finally(() => clearTimeout(timer));
  if (db) return db;
  void opening.then((opened) => opened.close()).catch(() => undefined);
  throw new CallProblem('PHONE_BROKEN', 0);
}

/** What a browser says when its store does not do: it is full, written by a newer Tilts, or broken. */
function ofDevice(problem: unknown): unknown {
  const name = typeof problem === 'object' && problem !== null && 'name' in problem ? problem.name : '';
  if (name === 'QuotaExceededError') return new CallProblem('PHONE_FULL', 0);
  if (name === 'VersionError') return new CallProblem('PHONE_NEWER', 0);
  return problem instanceof DOMException ? new CallProblem('PHONE_BROKEN', 0) : problem;
}

function isGone(problem: unknown): boolean {
  return problem instanceof DOMException && ['InvalidStateError', 'UnknownError'].includes(problem.name);
}
