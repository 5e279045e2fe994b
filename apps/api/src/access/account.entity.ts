import { languages, roles, type ChoiceOf, type Role } from '@tilts/domain';
import { Entity, Index, Unique } from 'typeorm';
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
import { Institution } from '../directory/institution.entity.js';

/** Somebody who signs in to Tilts. Name and e-mail are sealed with a salt of its own; credentials stand in their own table. */
@Entity()
@RefersTo(() => Institution, 'institutionId')
@Index(['institutionId'])
export class Account {
  @IdColumn()
  id: string;

  @ChoiceColumn(roles)
  role: Role;

  @ChoiceColumn(languages)
  language: ChoiceOf<typeof languages>;

  /** Of a social worker. */
  @ReferenceColumn({ optional: true })
  institutionId: string | null;

  @BytesColumn()
  salt: Buffer;

  @SealedColumn()
  sealed: Buffer;

  @InstantColumn()
  createdAt: string;

  /** When its person set the first password; null while they are invited. */
  @InstantColumn({ optional: true })
  joinedAt: string | null;

  /** From then on nothing is served to it. */
  @InstantColumn({ optional: true })
  endedAt: string | null;

  @CountColumn({ min: 1 })
  version: number;
}

/** How an account proves itself; read by the functions of sign-in only, never by the API's own login. */
@Entity()
@RefersTo(() => Account, 'accountId')
@Unique(['emailToken'])
export class Credential {
  @ReferenceColumn({ primary: true })
  accountId: string;

  /** Keyed hash of the e-mail: found by who knows it, read by nobody. */
  @BytesColumn()
  emailToken: Buffer;

  /** Argon2id, in its own text form; null while they are invited. */
  @TechnicalTextColumn({ optional: true })
  passwordHash: string | null;
}
