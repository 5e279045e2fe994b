import { choices, type ChoiceOf } from '../fields/choices.js';
import type { FieldProblem, Ruled } from '../fields/check.js';
import {
  Choice,
  Count,
  DateOnly,
  Email,
  Moment,
  Part,
  Parts,
  Reference,
  References,
  Text,
  YesNo,
} from '../fields/fields.js';
import { Paging } from '../endpoint/page.js';
import { OneTimeLinkMade } from './one-time-link.js';
import { roles, type Role } from './permission.js';
import { secondFactorStates } from './second-factor.js';
import { languages } from './session.js';

/** An account is there from the invitation on; it is active once its person has set a password. */
export const accountStates = choices('access.accountState', ['invited', 'active', 'ended']);
export type AccountState = ChoiceOf<typeof accountStates>;

/** What the coordinator writes about an account; only a social worker belongs to an institution. */
export class AccountDetails implements Ruled {
  /** Whose it is: „Ilze Bērziņa”. By-lines show it. */
  @Text({ max: 120 })
  name: string;

  @Email()
  email: string;

  @Choice(roles)
  role: Role;

  @Choice(languages)
  language: ChoiceOf<typeof languages>;

  /** Of a social worker, and of nobody else. */
  @Reference({ optional: true })
  institutionId?: string | null;

  rules(): FieldProblem[] {
    if (this.role === 'socialWorker' && !this.institutionId) return [{ field: 'institutionId', code: 'required' }];
    if (this.role !== 'socialWorker' && this.institutionId) return [{ field: 'institutionId', code: 'mismatch' }];
    return [];
  }
}

/** An invitation: the account is made, and a link with which its person sets a password. */
export class NewAccount extends AccountDetails {
  @Reference()
  id: string;

  /** Also mail the link, where Tilts can mail. */
  @YesNo({ optional: true })
  byMail?: boolean | null;
}

export class AccountChange extends AccountDetails {
  /** The version that was read: another person's change in between is not overwritten. */
  @Count({ min: 1 })
  version: number;
}

/** For how many families a mediator answers in one city; somebody who only stands in for a while answers for none. */
export class FamiliesInCity {
  @Reference()
  municipalityId: string;

  @Text({ max: 120 })
  municipality: string;

  @Count()
  families: number;
}

/** An account as the coordinator sees it: who it is, since when, and whether it is in use. */
export class AccountView {
  @Reference()
  id: string;

  @Choice(roles)
  role: Role;

  @Text({ max: 120 })
  name: string;

  @Email()
  email: string;

  @Choice(languages)
  language: ChoiceOf<typeof languages>;

  /** Of a social worker. */
  @Reference({ optional: true })
  institutionId: string | null;

  @Text({ max: 200, optional: true })
  institution: string | null;

  @Choice(accountStates)
  state: AccountState;

  @Moment()
  createdAt: string;

  /** The last sign of life of any of its devices. */
  @Moment({ optional: true })
  lastUsedAt: string | null;

  @Moment({ optional: true })
  endedAt: string | null;

  /** Until when a link that was handed out and not used yet can be used. */
  @Moment({ optional: true })
  linkExpiresAt: string | null;

  /** Whether it has a passkey or an authenticator app beside the password. */
  @Choice(secondFactorStates)
  secondFactor: ChoiceOf<typeof secondFactorStates>;

  /** Of a mediator, today or later. */
  @Parts(() => FamiliesInCity)
  families: FamiliesInCity[];

  @Count({ min: 1 })
  version: number;
}

export class AccountFilter extends Paging {
  @Choice(roles, { optional: true })
  role?: Role | null;

  @Choice(accountStates, { optional: true })
  state?: AccountState | null;

  /** Any part of name or e-mail, in any case, with or without diacritics. */
  @Text({ max: 120, optional: true })
  search?: string | null;
}

/** The answer to an invitation. The link is told this once. */
export class AccountInvited {
  @Part(() => AccountView)
  account: AccountView;

  @Part(() => OneTimeLinkMade)
  link: OneTimeLinkMade;
}

/** A signed-in device of somebody's account. */
export class AccountSessionView {
  @Reference()
  id: string;

  @Moment()
  startedAt: string;

  @Moment()
  lastUsedAt: string;

  /** Browser and system in two words: „Chrome · Android”. */
  @Text({ max: 80 })
  device: string;
}

/** A family that a mediator has, as far as the coordinator may know it: its code, and no name. */
export class FamilyToHandOver {
  @Reference()
  id: string;

  @Reference()
  municipalityId: string;

  @Text({ max: 120 })
  municipality: string;

  @Text({ max: 12 })
  code: string;

  @DateOnly({ optional: true })
  lastContactOn: string | null;
}

/** From that day on another mediator has these families; the one before loses them at the end of the day before. */
export class HandOver {
  @Reference()
  municipalityId: string;

  /** Works in that municipality on that day. */
  @Reference()
  toMediatorId: string;

  /** Today or later. */
  @DateOnly()
  on: string;

  /** Left out: all of that municipality. */
  @References({ optional: true, max: 1_000 })
  familyIds?: string[] | null;
}

/** What was handed over; who asks a second time is refused. */
export class HandedOver {
  @Parts(() => FamilyToHandOver)
  families: FamilyToHandOver[];
}
