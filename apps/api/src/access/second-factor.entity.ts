import { factorKinds, type ChoiceOf } from '@tilts/domain';
import { Entity, Index, Unique } from 'typeorm';
import {
  BytesColumn,
  ChoiceColumn,
  CounterColumn,
  IdColumn,
  InstantColumn,
  ReferenceColumn,
  RefersTo,
  SealedColumn,
  TechnicalTextColumn,
} from '../database/columns.js';
import { Account } from './account.entity.js';

/** With what an account proves itself beside its password: an authenticator app, or a passkey. */
@Entity()
@RefersTo(() => Account, 'accountId')
@Index(['accountId'])
@Unique(['credentialId'])
export class SecondFactor {
  @IdColumn()
  id: string;

  @ReferenceColumn()
  accountId: string;

  @ChoiceColumn(factorKinds)
  kind: ChoiceOf<typeof factorKinds>;

  /** Its name, and of an app the secret, with the salt of the account. */
  @SealedColumn()
  sealed: Buffer;

  @InstantColumn()
  madeAt: string;

  /** When it first proved itself; until then it counts for nothing. */
  @InstantColumn({ optional: true })
  confirmedAt: string | null;

  @InstantColumn({ optional: true })
  lastUsedAt: string | null;

  /** What must grow with each use, so that nothing serves twice: the half minute of the last code, or the passkey's own counter. */
  @CounterColumn()
  mark: number;

  /** Of a passkey; `publicKey` in COSE. */
  @BytesColumn({ optional: true })
  credentialId: Buffer | null;

  @BytesColumn({ optional: true })
  publicKey: Buffer | null;

  /** By which ways a browser reaches it: `internal,hybrid`. */
  @TechnicalTextColumn({ optional: true })
  transports: string | null;
}

/** One recovery code; only its keyed hash is kept. */
@Entity()
@RefersTo(() => Account, 'accountId')
@Index(['accountId'])
export class RecoveryCode {
  @BytesColumn({ primary: true })
  hash: Buffer;

  @ReferenceColumn()
  accountId: string;

  @InstantColumn()
  madeAt: string;

  @InstantColumn({ optional: true })
  usedAt: string | null;
}

/** Between the two steps of signing in: the password was right. Only the hash of the ticket and of its browser is kept. */
@Entity()
@RefersTo(() => Account, 'accountId')
export class SignInTicket {
  @BytesColumn({ primary: true })
  hash: Buffer;

  @ReferenceColumn()
  accountId: string;

  /** Under which tries at the second step are counted. */
  @BytesColumn()
  delayKey: Buffer;

  @InstantColumn()
  expiresAt: string;
}

/** What a passkey must sign within a session: once, within five minutes. It may outlive the session, and then serves nobody. */
@Entity()
export class PasskeyChallenge {
  @BytesColumn({ primary: true })
  challenge: Buffer;

  @ReferenceColumn()
  sessionId: string;

  @InstantColumn()
  expiresAt: string;
}
