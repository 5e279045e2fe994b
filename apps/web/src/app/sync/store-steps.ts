import type { Me } from '@tilts/domain';
import type { DBSchema, IDBPTransaction, StoreNames } from 'idb';
import {
  isEntry,
  isFamily,
  type HeldDraft,
  type HeldFamily,
  type KeptEntry,
  type OfficeState,
  type Outbox,
  type OutboxAfter,
  type ReferenceStamps,
} from './kept';

// What stands in the store of a phone, and the steps of its transactions; used by local-store.ts only.

export interface Meta {
  device: string;
  /** The highest number that was given to a command. */
  numbered: number;
  /** Counts the changes of the outbox: who has read it at this number need not read it again. */
  revision: number;
  me: Me;
  office: OfficeState;
  referenceStamps: ReferenceStamps;
  /** The first download came to its end: what is not here does not exist. */
  complete: boolean;
  /** Rows that nobody could read, as they were found. */
  aside: unknown[];
}

export interface Schema extends DBSchema {
  meta: { key: keyof Meta; value: Meta[keyof Meta] };
  family: { key: string; value: HeldFamily };
  reference: { key: string; value: unknown };
  command: { key: number; value: KeptEntry };
  draft: { key: string; value: HeldDraft };
}
export type Writing = IDBPTransaction<Schema, StoreNames<Schema>[], 'readwrite'>;

export const noOffice: OfficeState = { generation: null, said: null, cursor: null, at: null };

export interface Known extends Outbox {
  revision: number;
}

export async function outboxIn(
  tx: IDBPTransaction<Schema, ('meta' | 'command')[]> | Writing,
  known: { revision: number; entries: readonly KeptEntry[] } | null,
): Promise<Known> {
  // Only read from here, whatever else the transaction may do.
  const reading = tx as IDBPTransaction<Schema, ('meta' | 'command')[]>;
  const of = async <K extends keyof Meta>(key: K) =>
    (await reading.objectStore('meta').get(key)) as Meta[K] | undefined;
  const revision = (await of('revision')) ?? 0;
  const entries =
    known?.revision === revision ? known.entries : (await reading.objectStore('command').getAll()).filter(isEntry);
  return { revision, entries, numbered: (await of('numbered')) ?? 0, office: (await of('office')) ?? noOffice };
}

export async function changeOutbox(
  tx: Writing,
  change: (before: Outbox) => OutboxAfter,
  known: { revision: number; entries: readonly KeptEntry[] } | null,
): Promise<Known> {
  const before = await outboxIn(tx, known);
  const { entries, office = before.office, numbered = before.numbered, fetchAnew = false } = change(before);
  const store = tx.objectStore('command');
  const were = new Map(before.entries.map((entry) => [entry.command.seq, entry]));
  const writes = entries.flatMap((entry): Promise<unknown>[] => {
    const { seq } = entry.command;
    const old = were.get(seq);
    were.delete(seq);
    if (old === entry) return [];
    // A number is never given twice: over what nobody knew of, it fails.
    return [old ? store.put(entry, seq) : store.add(entry, seq)];
  });
  // A thousand answers come at once: asked for together, and each is waited for.
  await Promise.all([...writes, ...[...were.keys()].map((seq) => store.delete(seq))]);
  const after = {
    entries,
    office,
    numbered: entries.reduce((most, { command }) => Math.max(most, command.seq), numbered),
    revision: before.revision + 1,
  };
  await putMeta(tx, 'revision', after.revision);
  if (after.numbered !== before.numbered) await putMeta(tx, 'numbered', after.numbered);
  if (office !== before.office) await putMeta(tx, 'office', office);
  if (fetchAnew) await forgetStamps(tx);
  return after;
}

export async function forgetStamps(tx: Writing): Promise<void> {
  await putMeta(tx, 'referenceStamps', {});
  for (let at = await tx.objectStore('family').openCursor(); at; at = await at.continue())
    await at.update({ ...at.value, stamp: '' });
}

/** What cannot be read stands in nobody's way any more. It is kept: perhaps somebody can make sense of it. A family comes anew. */
export async function layAside(tx: Writing): Promise<void> {
  const aside = (await metaOf(tx, 'aside')) ?? [];
  for (let at = await tx.objectStore('command').openCursor(); at; at = await at.continue())
    if (!isEntry(at.value)) {
      aside.push(at.value);
      await at.delete();
    }
  for (let at = await tx.objectStore('family').openCursor(); at; at = await at.continue())
    if (!isFamily(at.value)) await at.delete();
  await putMeta(tx, 'aside', aside);
}

export async function metaOf<K extends keyof Meta>(tx: Writing, key: K): Promise<Meta[K] | undefined> {
  // What stands under a key was put there by putMeta.
  return (await tx.objectStore('meta').get(key)) as Meta[K] | undefined;
}

export async function putMeta<K extends keyof Meta>(tx: Writing, key: K, value: Meta[K]): Promise<void> {
  await tx.objectStore('meta').put(value, key);
}
