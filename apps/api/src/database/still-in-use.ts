import { DomainError } from '@tilts/domain';

const FOREIGN_KEY_VIOLATION = '23503';

/** Deletes what nothing refers to. The references themselves hold the row, also those that the caller may not see. */
export async function unlessInUse<T>(remove: () => Promise<T>): Promise<T> {
  try {
    return await remove();
  } catch (error) {
    const { code, driverError } = (error ?? {}) as { code?: string; driverError?: { code?: string } };
    if ((driverError?.code ?? code) === FOREIGN_KEY_VIOLATION) throw new DomainError('STILL_IN_USE');
    throw error;
  }
}
