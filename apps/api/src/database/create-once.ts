import { DomainError } from '@tilts/domain';
import type { RequestTransaction } from './request-transaction.js';

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
  // Two at once: the second waits here and then finds what the first has made.
  await transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))', [id]);
  const kept = await find();
  if (kept !== undefined) {
    if (await same(kept)) return kept;
    throw new DomainError('ID_TAKEN');
  }
  try {
    await create();
  } catch (error) {
    // Taken by a row that the caller may not see: answers like any other missing thing.
    if (isUniqueViolation(error)) throw new DomainError('NOT_FOUND');
    throw error;
  }
  const made = await find();
  if (made === undefined) throw new DomainError('NOT_FOUND');
  return made;
}

function isUniqueViolation(error: unknown): boolean {
  const { code, driverError } = (error ?? {}) as { code?: string; driverError?: { code?: string } };
  return (driverError?.code ?? code) === '23505';
}
