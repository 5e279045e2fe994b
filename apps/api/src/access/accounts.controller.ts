import { Controller, Req } from '@nestjs/common';
import {
  accountEndpoints,
  linkEndpoints,
  type AccountChange,
  type AccountFilter,
  type AccountInvited,
  type AccountSessionView,
  type AccountView,
  type FamilyToHandOver,
  type HandedOver,
  type HandOver,
  type LinkToken,
  type LinkUse,
  type LinkView,
  type LinkWish,
  type NewAccount,
  type OneTimeLinkMade,
  type Page,
  type Paging,
  type PasswordReset,
} from '@tilts/domain';
import type { FastifyRequest } from 'fastify';
import { Serves } from '../platform/serves.decorator.js';
import { AccountList } from './account-list.js';
import { AccountRegister } from './account-register.js';
import { HandOvers } from './hand-over.js';
import { OneTimeLinks } from './one-time-links.js';

interface OfOne {
  params: { id: string };
}

@Controller()
export class AccountsController {
  constructor(
    private readonly accounts: AccountList,
    private readonly register: AccountRegister,
    private readonly handOvers: HandOvers,
    private readonly links: OneTimeLinks,
  ) {}

  @Serves(accountEndpoints.list)
  list({ input }: { input: AccountFilter }): Promise<Page<AccountView>> {
    return this.accounts.list(input);
  }

  @Serves(accountEndpoints.invite)
  invite({ input }: { input: NewAccount }): Promise<AccountInvited> {
    return this.register.invite(input);
  }

  @Serves(accountEndpoints.read)
  read({ params }: OfOne): Promise<AccountView> {
    return this.accounts.read(params.id);
  }

  @Serves(accountEndpoints.change)
  change({ params, input }: OfOne & { input: AccountChange }): Promise<AccountView> {
    return this.register.change(params.id, input);
  }

  @Serves(accountEndpoints.inviteAgain)
  inviteAgain({ params, input }: OfOne & { input: LinkWish }): Promise<OneTimeLinkMade> {
    return this.register.inviteAgain(params.id, input);
  }

  @Serves(accountEndpoints.resetPassword)
  resetPassword({ params, input }: OfOne & { input: PasswordReset }): Promise<OneTimeLinkMade> {
    return this.register.resetPassword(params.id, input);
  }

  @Serves(accountEndpoints.sessions)
  sessions({ params }: OfOne): Promise<Page<AccountSessionView>> {
    return this.accounts.sessions(params.id);
  }

  @Serves(accountEndpoints.endSession)
  endSession({ params }: { params: { id: string; sessionId: string } }): Promise<void> {
    return this.register.endSessions(params.id, params.sessionId);
  }

  @Serves(accountEndpoints.endSessions)
  endSessions({ params }: OfOne): Promise<void> {
    return this.register.endSessions(params.id, null);
  }

  @Serves(accountEndpoints.families)
  families({ params, input }: OfOne & { input: Paging }): Promise<Page<FamilyToHandOver>> {
    return this.handOvers.families(params.id, input);
  }

  @Serves(accountEndpoints.handOver)
  handOver({ params, input }: OfOne & { input: HandOver }): Promise<HandedOver> {
    return this.handOvers.handOver(params.id, input);
  }

  @Serves(accountEndpoints.end)
  end({ params }: OfOne): Promise<void> {
    return this.register.end(params.id);
  }

  @Serves(linkEndpoints.look)
  look({ input }: { input: LinkToken }): Promise<LinkView> {
    return this.links.look(input.token);
  }

  @Serves(linkEndpoints.use)
  use({ input }: { input: LinkUse }, @Req() request: FastifyRequest): Promise<void> {
    return this.links.use(input, request);
  }
}
