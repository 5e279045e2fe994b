import { DomainError, type ErrorCode } from '@tilts/domain';

/** What stands against a wish, in the words of account-functions.sql and of hand_over. */
const refusals: Record<string, ErrorCode> = {
  notThere: 'NOT_FOUND',
  changedMeanwhile: 'CHANGED_MEANWHILE',
  ended: 'ACCOUNT_ENDED',
  inUse: 'ACCOUNT_IN_USE',
  notInUse: 'ACCOUNT_NOT_IN_USE',
  hasFamilies: 'ACCOUNT_HAS_FAMILIES',
  lastCoordinator: 'LAST_COORDINATOR',
  notAssigned: 'RECEIVER_NOT_ASSIGNED',
  nothing: 'NOTHING_TO_HAND_OVER',
};

/** Refuses what the database did not do; the transaction then takes back what it did until there. */
export function refuseUnlessDone(outcome: string | undefined): void {
  if (outcome === 'done') return;
  if (outcome === 'emailTaken') throw new DomainError('INVALID_INPUT', {}, [{ field: 'email', code: 'taken' }]);
  const code = refusals[outcome ?? ''];
  if (!code) throw new Error(`The database answered „${outcome ?? ''}”`);
  throw new DomainError(code);
}
