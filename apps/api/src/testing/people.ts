import {
  accountEndpoints,
  linkEndpoints,
  newId,
  type AccountChange,
  type AccountInvited,
  type AccountView,
  type NewAccount,
} from '@tilts/domain';
import { TEST_PASSWORD, type TestApp } from '../test-app.js';

/** A valid invitation; a test states what matters to it. */
export function anInvitation(more: Partial<NewAccount> = {}): NewAccount {
  const id = newId();
  const details = { name: 'Zane Kļava', email: `${id}@tilts.test`, role: 'evaluator', language: 'lv' } as const;
  return Object.assign({ id, ...details, institutionId: null }, more) as NewAccount;
}

/** An account as it is, but for what is said. */
export function aChange(account: AccountView, more: Partial<AccountChange> = {}): AccountChange {
  const { name, email, role, language, institutionId, version } = account;
  return Object.assign({ name, email, role, language, institutionId, version }, more) as AccountChange;
}

/** What stands behind „#” of a link. */
export function tokenOf(url: string): string {
  return new URL(url).hash.slice(1);
}

/** Somebody who was invited and set their password; in use. */
export async function join(app: TestApp, invitation = anInvitation()): Promise<AccountInvited> {
  const invited = await app.as.coordinator().call(accountEndpoints.invite, { input: invitation });
  await app.as.nobody().call(linkEndpoints.use, {
    input: { token: tokenOf(invited.link.url), password: TEST_PASSWORD },
  });
  return invited;
}
