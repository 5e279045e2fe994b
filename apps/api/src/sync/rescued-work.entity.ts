import { choices, type ChoiceOf } from '@tilts/domain';
import { Entity, Unique } from 'typeorm';
import { Account } from '../access/account.entity.js';
import {
  ChoiceColumn,
  CountColumn,
  IdColumn,
  InstantColumn,
  ReferenceColumn,
  RefersTo,
  SealedColumn,
} from '../database/columns.js';

export const rescuedKinds = choices('sync.rescuedKind', ['command', 'draft']);

/** One thing from a rescue file, of a phone that could not send it. It waits here until another phone of the same person has it. */
@Entity()
@RefersTo(() => Account, 'accountId')
@Unique(['accountId', 'thingId'])
export class RescuedWork {
  @IdColumn()
  id: string;

  @ReferenceColumn()
  accountId: string;

  /** Of the command, or of the draft: the same file loaded twice adds nothing. */
  @ReferenceColumn()
  thingId: string;

  @ChoiceColumn(rescuedKinds)
  kind: ChoiceOf<typeof rescuedKinds>;

  /** On which it was written. */
  @ReferenceColumn()
  deviceId: string;

  /** Its turn in the file. */
  @CountColumn()
  place: number;

  /** Of a draft: when it was typed last. By the clock of the phone. */
  @InstantColumn()
  madeAt: string;

  @InstantColumn()
  loadedAt: string;

  /** The command or the draft, word for word; with the salt of the account. */
  @SealedColumn()
  sealed: Buffer;
}
