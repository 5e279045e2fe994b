import type { AccountView, InstallationView } from '@tilts/domain';
import { stateOf } from './accounts/account-state';

/** What needs the coordinator: people who have not come yet, mediators who cannot work, accounts that are opened too easily. */
export interface CoordinatorWaits {
  /** How many steps of the set-up are left, none when it was put aside. */
  setUp: number;
  /** Not come yet: links that ran out first, then those that run out next. */
  invited: AccountView[];
  /** Mediators who can sign in but have no assignment today. */
  idle: AccountView[];
  /** Only advice: nobody but a coordinator must have a second factor. */
  withoutSecondFactor: AccountView[];
}

export function whatWaits(
  now: Date,
  installation: Pick<InstallationView, 'missing' | 'setUpAt'>,
  accounts: readonly AccountView[],
  /** Who works somewhere today. */
  atWork: { has(id: string): boolean },
): CoordinatorWaits {
  const active = accounts.filter(({ state }) => state === 'active');
  const isOver = (account: AccountView) => stateOf(account, now) === 'linkOver';
  return {
    setUp: installation.setUpAt === null ? installation.missing.length : 0,
    invited: accounts
      .filter(({ state }) => state === 'invited')
      .sort(
        (a, b) => Number(isOver(b)) - Number(isOver(a)) || (a.linkExpiresAt ?? '').localeCompare(b.linkExpiresAt ?? ''),
      ),
    idle: active.filter(({ role, id }) => role === 'mediator' && !atWork.has(id)),
    withoutSecondFactor: active.filter(({ secondFactor }) => secondFactor === 'none'),
  };
}
