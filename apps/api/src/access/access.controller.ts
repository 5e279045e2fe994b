import { Controller, Req, Res } from '@nestjs/common';
import {
  accessEndpoints,
  type Me,
  type MeDetails,
  type NewSession,
  type Page,
  type SessionRefresh,
  type SessionStarted,
  type SessionView,
} from '@tilts/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Serves } from '../platform/serves.decorator.js';
import { Profile } from './profile.js';
import { Sessions } from './sessions.js';

@Controller()
export class AccessController {
  constructor(
    private readonly sessions: Sessions,
    private readonly profile: Profile,
  ) {}

  @Serves(accessEndpoints.signIn)
  signIn(
    { input }: { input: NewSession },
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionStarted> {
    return this.sessions.start(input, request, reply);
  }

  @Serves(accessEndpoints.refresh)
  refresh(
    { input }: { input: SessionRefresh },
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionStarted> {
    return this.sessions.renew(input.attempt, request, reply);
  }

  @Serves(accessEndpoints.sessions)
  list(): Promise<Page<SessionView>> {
    return this.sessions.list();
  }

  @Serves(accessEndpoints.endSession)
  endSession({ params }: { params: { id: string } }, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    return this.sessions.end(params.id, reply);
  }

  @Serves(accessEndpoints.me)
  me(): Promise<Me> {
    return this.profile.me();
  }

  @Serves(accessEndpoints.changeMe)
  changeMe({ input }: { input: MeDetails }): Promise<Me> {
    return this.profile.change(input);
  }
}
