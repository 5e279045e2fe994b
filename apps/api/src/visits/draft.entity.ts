import { draftKinds, type ChoiceOf } from '@tilts/domain';
import { Entity, Index } from 'typeorm';
import { ChoiceColumn, IdColumn, InstantColumn, ReferenceColumn, RefersTo, SealedColumn } from '../database/columns.js';
import { Account } from '../access/account.entity.js';

/** What was typed so far, sealed with its author's salt and seen by nobody else. No reference: the family may not exist yet. */
@Entity()
@RefersTo(() => Account, 'accountId')
@Index(['accountId', 'savedAt'])
export class Draft {
  @IdColumn()
  id: string;

  @ReferenceColumn()
  accountId: string;

  @ChoiceColumn(draftKinds)
  kind: ChoiceOf<typeof draftKinds>;

  @ReferenceColumn({ optional: true })
  familyId: string | null;

  @SealedColumn()
  sealed: Buffer;

  @InstantColumn()
  savedAt: string;
}
