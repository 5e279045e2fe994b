import { Controller, Req } from '@nestjs/common';
import { checkInput, CommandBatch, DomainError, fromColumns, inRanges, syncEndpoints } from '@tilts/domain';
import type { BatchInColumns, BundlesAsked, Changes, ChangesAsked, FamilyBundles, ResultInRanges } from '@tilts/domain';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/token.strategy.js';
import { Serves } from '../platform/serves.decorator.js';
import { Bundles } from './bundles.js';
import { ChangesSince } from './changes.js';
import { Commands } from './commands.js';

@Controller()
export class SyncController {
  constructor(
    private readonly handedIn: Commands,
    private readonly since: ChangesSince,
    private readonly bundles: Bundles,
  ) {}

  @Serves(syncEndpoints.commands)
  async commands({ input }: { input: BatchInColumns }, @Req() request: FastifyRequest): Promise<ResultInRanges> {
    const { value: batch, problems } = checkInput(CommandBatch, fromColumns(input));
    if (problems.length > 0) throw new DomainError('INVALID_INPUT', {}, problems);
    return inRanges(await this.handedIn.take(callerOf(request), request.id, batch));
  }

  @Serves(syncEndpoints.changes)
  changes({ input }: { input: ChangesAsked }): Promise<Changes> {
    return this.since.ask(input);
  }

  @Serves(syncEndpoints.families)
  families({ input }: { input: BundlesAsked }): Promise<FamilyBundles> {
    return this.bundles.read(input);
  }
}
