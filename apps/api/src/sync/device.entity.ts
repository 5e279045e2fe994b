import { choices, type ChoiceOf } from '@tilts/domain';
import { Entity, Index, Unique } from 'typeorm';
import { Account } from '../access/account.entity.js';
import {
  BytesColumn,
  ChoiceColumn,
  CountColumn,
  IdColumn,
  InstantColumn,
  ReferenceColumn,
  RefersTo,
  SealedColumn,
  TechnicalTextColumn,
} from '../database/columns.js';

/** A browser that hands in commands of one account. How many numbers it has given is known, so that what is missing can be seen. */
@Entity()
@RefersTo(() => Account, 'accountId')
@Index(['accountId'])
export class Device {
  @IdColumn()
  id: string;

  @ReferenceColumn()
  accountId: string;

  /** The highest number that it says it has given. */
  @CountColumn()
  numbered: number;

  /** Every number up to this one has, or had, a receipt. */
  @CountColumn()
  receivedUpTo: number;

  @InstantColumn()
  firstSeenAt: string;

  @InstantColumn()
  lastContactAt: string;
}

/** What a receipt can say: what is not final has none. */
export const receiptOutcomes = choices('sync.receiptOutcome', ['applied', 'refused', 'conflict']);

/** That a command came, and what became of it; written together with what it did. */
@Entity()
@RefersTo(() => Account, 'accountId')
@RefersTo(() => Device, 'deviceId')
@Unique(['deviceId', 'seq'])
@Index(['accountId', 'commandId'])
@Index(['at'])
export class Receipt {
  @IdColumn()
  id: string;

  @ReferenceColumn()
  deviceId: string;

  @CountColumn({ min: 1 })
  seq: number;

  @ReferenceColumn()
  commandId: string;

  @ReferenceColumn()
  accountId: string;

  @TechnicalTextColumn()
  operation: string;

  @ChoiceColumn(receiptOutcomes)
  outcome: ChoiceOf<typeof receiptOutcomes>;

  /** SHA-256 of operation, content and base: the same number never stands for something else. */
  @BytesColumn()
  hash: Buffer;

  /** Of a refusal or a clash: the result, which quotes both texts; with the salt of the account. */
  @SealedColumn({ optional: true })
  sealed: Buffer | null;

  @InstantColumn()
  at: string;
}
