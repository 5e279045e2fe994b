import { Controller, Req, Res } from '@nestjs/common';
import {
  factorEndpoints,
  type NewPasskey,
  type NewProof,
  type OwnFactors,
  type PasskeyOptions,
  type RecoveryCodes,
  type SecondStep,
  type SecondStepTicket,
  type SessionStarted,
  type TotpBegun,
  type TotpConfirmation,
} from '@tilts/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Serves } from '../platform/serves.decorator.js';
import { OwnSecondFactors } from './own-factors.js';
import { ProvingAnew } from './proving-anew.js';
import { Sessions } from './sessions.js';

@Controller()
export class FactorsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly provingAnew: ProvingAnew,
    private readonly own: OwnSecondFactors,
  ) {}

  @Serves(factorEndpoints.secondStep)
  secondStep(
    { input }: { input: SecondStep },
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionStarted> {
    return this.sessions.goOn(input, request, reply);
  }

  @Serves(factorEndpoints.secondStepPasskey)
  secondStepPasskey({ input }: { input: SecondStepTicket }, @Req() request: FastifyRequest): Promise<PasskeyOptions> {
    return this.sessions.passkeyOptions(input, request);
  }

  @Serves(factorEndpoints.prove)
  prove({ input }: { input: NewProof }): Promise<void> {
    return this.provingAnew.prove(input);
  }

  @Serves(factorEndpoints.provePasskey)
  provePasskey(): Promise<PasskeyOptions> {
    return this.provingAnew.passkeyOptions();
  }

  @Serves(factorEndpoints.list)
  list(): Promise<OwnFactors> {
    return this.own.list();
  }

  @Serves(factorEndpoints.beginTotp)
  beginTotp(): Promise<TotpBegun> {
    return this.own.beginTotp();
  }

  @Serves(factorEndpoints.confirmTotp)
  confirmTotp({ input, params }: { input: TotpConfirmation; params: { id: string } }): Promise<RecoveryCodes> {
    return this.own.confirmTotp(params.id, input);
  }

  @Serves(factorEndpoints.beginPasskey)
  beginPasskey(): Promise<PasskeyOptions> {
    return this.own.passkeyOptions();
  }

  @Serves(factorEndpoints.addPasskey)
  addPasskey({ input }: { input: NewPasskey }): Promise<RecoveryCodes> {
    return this.own.addPasskey(input);
  }

  @Serves(factorEndpoints.remove)
  remove({ params }: { params: { id: string } }): Promise<void> {
    return this.own.remove(params.id);
  }

  @Serves(factorEndpoints.newRecoveryCodes)
  newRecoveryCodes(): Promise<RecoveryCodes> {
    return this.own.newRecoveryCodes();
  }
}
