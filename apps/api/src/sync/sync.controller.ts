import { Controller, Req } from '@nestjs/common';
import {
  checkInput,
  CommandBatch,
  DomainError,
  fromColumns,
  IdsOnTheWay,
  inRanges,
  mostCommands,
  syncEndpoints,
} from '@tilts/domain';
import type { BatchInColumns, BundlesAsked, Changes, ChangesAsked, FamilyBundles, ResultInRanges } from '@tilts/domain';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/token.strategy.js';
import { checkCall } from '../platform/received-input.js';
import { Serves } from '../platform/serves.decorator.js';
import { Bundles } from './bundles.js';
import { ChangesSince } from './changes.js';
import { Commands } from './commands.js';
import { furtherLines } from './large-batches.js';

@Controller()
export class SyncController {
  constructor(
    private readonly handedIn: Commands,
    private readonly since: ChangesSince,
    private readonly bundles: Bundles,
  ) {}

  @Serves(syncEndpoints.commands)
  async commands({ input }: { input: BatchInColumns }, @Req() request: FastifyRequest): Promise<ResultInRanges> {
    return inRanges(await this.handedIn.take(callerOf(request), request.id, batchesOf(input, request)));
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

/** Each as soon as its line is there. All are of one phone, and no more than it may hand in at once. */
async function* batchesOf(first: BatchInColumns, request: FastifyRequest): AsyncGenerator<CommandBatch, void> {
  const ids = new IdsOnTheWay();
  const batch = batchOf(first, ids);
  let { length } = batch.commands;
  yield batch;
  for await (const line of furtherLines(request)) {
    const columns = checkCall(syncEndpoints.commands, {}, line).input as BatchInColumns;
    if (columns.deviceId !== first.deviceId || columns.runs.length === 0) throw new DomainError('MALFORMED');
    length += columns.contents.length;
    if (length > mostCommands) throw new DomainError('TOO_LARGE');
    yield batchOf(columns, ids);
  }
}

function batchOf(columns: BatchInColumns, ids: IdsOnTheWay): CommandBatch {
  const { value: batch, problems } = checkInput(CommandBatch, fromColumns(columns, ids));
  if (problems.length > 0) throw new DomainError('INVALID_INPUT', {}, problems);
  return batch;
}
