import { sessionLevels, type ChoiceOf } from '@tilts/domain';
import { Entity, Index } from 'typeorm';
import {
  BytesColumn,
  ChoiceColumn,
  CountColumn,
  IdColumn,
  InstantColumn,
  ReferenceColumn,
  RefersTo,
  TechnicalTextColumn,
} from '../database/columns.js';
import { Account } from './account.entity.js';

/** One signed-in device. Row security asks this table who the caller is, so ending a row acts at once. */
@Entity()
@RefersTo(() => Account, 'accountId')
@Index(['accountId'])
export class Session {
  @IdColumn()
  id: string;

  @ReferenceColumn()
  accountId: string;

  @InstantColumn()
  startedAt: string;

  @InstantColumn()
  lastUsedAt: string;

  @InstantColumn()
  expiresAt: string;

  @InstantColumn({ optional: true })
  endedAt: string | null;

  /** Browser and system in two words. */
  @TechnicalTextColumn()
  device: string;

  @ChoiceColumn(sessionLevels)
  level: ChoiceOf<typeof sessionLevels>;

  /** When its person last showed that it is them. */
  @InstantColumn()
  provedAt: string;
}

/** One refresh token of a session, used once; only its hash is kept. */
@Entity()
@RefersTo(() => Session, 'sessionId')
@Index(['sessionId'])
export class RefreshToken {
  @BytesColumn({ primary: true })
  hash: Buffer;

  @ReferenceColumn()
  sessionId: string;

  @InstantColumn()
  madeAt: string;

  @InstantColumn({ optional: true })
  usedAt: string | null;

  /** The try that used it: the same try sent again is a lost answer, not a theft. */
  @ReferenceColumn({ optional: true })
  usedAttempt: string | null;

  @InstantColumn()
  expiresAt: string;
}

/** How long the next try of a sign-in has to wait. The key is a keyed hash: of an account, or of an address. */
@Entity()
export class SignInDelay {
  @BytesColumn({ primary: true })
  key: Buffer;

  @CountColumn()
  failures: number;

  @InstantColumn()
  notBefore: string;
}
