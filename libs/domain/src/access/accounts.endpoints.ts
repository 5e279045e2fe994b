import { endpoint } from '../endpoint/endpoint.js';
import { pageOf, Paging } from '../endpoint/page.js';
import {
  AccountChange,
  AccountFilter,
  AccountInvited,
  AccountSessionView,
  AccountView,
  FamilyToHandOver,
  HandedOver,
  HandOver,
  NewAccount,
} from './account.js';
import { LinkToken, LinkUse, LinkView, LinkWish, OneTimeLinkMade, PasswordReset } from './one-time-link.js';

export const accountEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/accounts',
    permission: 'account:manage',
    summary: 'Everybody who may sign in, by name',
    input: AccountFilter,
    output: pageOf(AccountView),
  }),
  /** Sent again before it was used, it makes its link anew: the first answer was lost, so nobody has the first link. */
  invite: endpoint({
    method: 'POST',
    path: '/accounts',
    permission: 'account:manage',
    summary: 'Invite somebody: makes an account and the link to set its password',
    stepUp: true,
    input: NewAccount,
    output: AccountInvited,
  }),
  read: endpoint({
    method: 'GET',
    path: '/accounts/{id}',
    permission: 'account:manage',
    summary: 'One account',
    output: AccountView,
  }),
  /** A new role ends the sessions, drafts and tasks of the old one. A new e-mail ends links that were not used yet. */
  change: endpoint({
    method: 'PUT',
    path: '/accounts/{id}',
    permission: 'account:manage',
    summary: 'Change name, e-mail, role, language or institution',
    stepUp: true,
    input: AccountChange,
    output: AccountView,
  }),
  inviteAgain: endpoint({
    method: 'POST',
    path: '/accounts/{id}/invitations',
    permission: 'account:manage',
    summary: 'A new link for somebody who was invited and has not come yet; ends the older one',
    stepUp: true,
    input: LinkWish,
    output: OneTimeLinkMade,
  }),
  resetPassword: endpoint({
    method: 'POST',
    path: '/accounts/{id}/password-resets',
    permission: 'account:manage',
    summary: 'A link with which somebody sets a new password; ends the older one',
    stepUp: true,
    input: PasswordReset,
    output: OneTimeLinkMade,
  }),
  sessions: endpoint({
    method: 'GET',
    path: '/accounts/{id}/sessions',
    permission: 'account:manage',
    summary: 'The signed-in devices of an account',
    output: pageOf(AccountSessionView),
  }),
  endSession: endpoint({
    method: 'DELETE',
    path: '/accounts/{id}/sessions/{sessionId}',
    permission: 'account:manage',
    summary: 'Sign one device of an account out',
    output: null,
  }),
  endSessions: endpoint({
    method: 'DELETE',
    path: '/accounts/{id}/sessions',
    permission: 'account:manage',
    summary: 'Sign every device of an account out',
    output: null,
  }),
  families: endpoint({
    method: 'GET',
    path: '/accounts/{id}/families',
    permission: 'account:manage',
    summary: 'Codes of the families that a mediator has and somebody else must take over',
    input: Paging,
    output: pageOf(FamilyToHandOver),
  }),
  handOver: endpoint({
    method: 'POST',
    path: '/accounts/{id}/hand-over',
    permission: 'account:manage',
    summary: 'Hand families of a mediator in one municipality over to another mediator',
    stepUp: true,
    input: HandOver,
    output: HandedOver,
    status: 200,
  }),
  /** Refused while a family has nobody else. Ends sessions, links and assignments, drafts and taken referrals. */
  end: endpoint({
    method: 'POST',
    path: '/accounts/{id}/end',
    permission: 'account:manage',
    summary: 'End an account: nothing is served to it any more',
    stepUp: true,
    output: null,
  }),
};

export const linkEndpoints = {
  look: endpoint({
    method: 'POST',
    path: '/links/look',
    permission: 'public',
    summary: 'Whom a one-time link is for',
    input: LinkToken,
    output: LinkView,
    status: 200,
  }),
  use: endpoint({
    method: 'POST',
    path: '/links/use',
    permission: 'public',
    summary: 'Set a password with a one-time link',
    input: LinkUse,
    output: null,
  }),
};
