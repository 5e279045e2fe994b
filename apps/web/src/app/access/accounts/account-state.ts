import type { AccountState, AccountView } from '@tilts/domain';

/** The state of an account as the coordinator needs it: an invitation whose link ran out waits for them, not for the invited. */
export type ShownState = AccountState | 'linkOver';

export function stateOf(account: Pick<AccountView, 'state' | 'linkExpiresAt'>, now: Date): ShownState {
  if (account.state !== 'invited') return account.state;
  return account.linkExpiresAt !== null && account.linkExpiresAt > now.toISOString() ? 'invited' : 'linkOver';
}
