import { linkPurposes, type LinkPurpose } from '@tilts/domain';
import { Entity, Index } from 'typeorm';
import {
  BytesColumn,
  ChoiceColumn,
  InstantColumn,
  ReferenceColumn,
  RefersTo,
  YesNoColumn,
} from '../database/columns.js';
import { Account } from './account.entity.js';

/** A link with which somebody sets their password, once. The secret itself is known to its holder only. */
@Entity()
@RefersTo(() => Account, 'accountId')
@RefersTo(() => Account, 'madeBy')
@Index(['accountId'])
export class OneTimeLink {
  /** Keyed hash of the secret. */
  @BytesColumn({ primary: true })
  hash: Buffer;

  @ReferenceColumn()
  accountId: string;

  @ChoiceColumn(linkPurposes)
  purpose: LinkPurpose;

  /** The telephone is lost: passkeys, authenticator app and recovery codes go with the old password. */
  @YesNoColumn()
  removesSecondFactors: boolean;

  /** The coordinator; null: whoever administers the server. */
  @ReferenceColumn({ optional: true })
  madeBy: string | null;

  @InstantColumn()
  madeAt: string;

  @InstantColumn()
  expiresAt: string;

  @InstantColumn({ optional: true })
  usedAt: string | null;
}
