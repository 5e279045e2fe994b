import { Injectable } from '@nestjs/common';
import { NewUnrecordedHelp, sameContent, type UnrecordedHelpView } from '@tilts/domain';
import { createOnce } from '../database/create-once.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { MediatorService } from '../mediators/mediator.service.js';
import { UnrecordedHelp } from './unrecorded-help.entity.js';

const kept = `SELECT id, municipality_id AS "municipalityId", day, need_area AS "needArea", kind, minutes FROM unrecorded_help WHERE id = $1`;

/** Counts help for somebody who did not want to be recorded; nothing here tells who it was. */
@Injectable()
export class UnrecordedHelpService {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly mediators: MediatorService,
  ) {}

  count(help: NewUnrecordedHelp): Promise<UnrecordedHelpView> {
    return createOnce(this.transaction, {
      id: help.id,
      find: async () => (await this.transaction.query<NewUnrecordedHelp>(kept, [help.id]))[0],
      same: (before) => sameContent(NewUnrecordedHelp, before, help),
      create: () => this.create(help),
    });
  }

  private async create({ id, municipalityId, day, needArea, kind, minutes }: NewUnrecordedHelp): Promise<void> {
    const { manager, session, now } = this.transaction;
    const { projectId } = await this.mediators.assignmentOn(municipalityId, day);
    await manager.insert(UnrecordedHelp, {
      id,
      municipalityId,
      day,
      needArea,
      kind,
      minutes,
      projectId,
      mediatorId: session.accountId,
      recordedAt: now,
    });
  }
}
