import { DomainError } from '@tilts/domain';
import type { RequestTransaction } from './request-transaction.js';

/** In one order everywhere, so that two who share some ids do not wait for each other in a ring. */
const lock = `
  SELECT pg_advisory_xact_lock(hashtextextended(i.id, 0)) FROM (SELECT unnest($1::text[]) AS id ORDER BY 1) i`;

/** A create that may arrive twice: a double tap, a lost answer, two tabs. */
export interface Creation<K> {
  /** The id that the client made. */
  id: string;
  /** What is kept under this id within the caller's reach. */
  find: () => Promise<K | undefined>;
  /** Whether what is kept says the same as what came in. */
  same: (kept: K) => boolean | Promise<boolean>;
  create: () => Promise<void>;
}

/** Answers a repeated create as the first time. The same id with other words is refused, and so is an id that is somebody else's. */
export async function createOnce<K>(
  transaction: RequestTransaction,
  { id, find, same, create }: Creation<K>,
): Promise<K> {
  const [made] = await createAllOnce<{ id: string }, K>(transaction, {
    said: [{ id }],
    find: async () => {
      const kept = await find();
      return new Map(kept === undefined ? [] : [[id, kept]]);
    },
    same,
    create,
  });
  if (made === undefined) throw new DomainError('NOT_FOUND');
  return made;
}

/** Several creates of one kind, each with its id. */
export interface Creations<S extends { id: string }, K> {
  said: readonly S[];
  /** What is kept under these ids within the caller's reach, by id. */
  find: (ids: readonly string[]) => Promise<ReadonlyMap<string, K>>;
  same: (kept: K, said: S) => boolean | Promise<boolean>;
  /** Those that are not there yet. */
  create: (missing: readonly S[]) => Promise<void>;
}

/** The same for several at once, answered in their order; what refuses one of them refuses them all. */
export async function createAllOnce<S extends { id: string }, K>(
  transaction: RequestTransaction,
  { said, find, same, create }: Creations<S, K>,
): Promise<K[]> {
  const ids = said.map(({ id }) => id);
  // Two at once: the second waits here and then finds what the first has made.
  // Both travel at once, and the second is not begun before the first is over.
  const [, kept] = await Promise.all([transaction.query(lock, [ids]), find(ids)]);
  for (const one of said) {
    const before = kept.get(one.id);
    if (before !== undefined && !(await same(before, one))) throw new DomainError('ID_TAKEN');
  }
  const missing = said.filter(({ id }) => !kept.has(id));
  if (missing.length > 0) {
    try {
      await create(missing);
    } catch (error) {
      // Taken by a row that the caller may not see: answers like any other missing thing.
      if (isUniqueViolation(error)) throw new DomainError('NOT_FOUND');
      throw error;
    }
  }
  const made = missing.length > 0 ? await find(ids) : kept;
  return ids.map((id) => {
    const one = made.get(id);
    if (one === undefined) throw new DomainError('NOT_FOUND');
    return one;
  });
}

function isUniqueViolation(error: unknown): boolean {
  const { code, driverError } = (error ?? {}) as { code?: string; driverError?: { code?: string } };
  return (driverError?.code ?? code) === '23505';
}
