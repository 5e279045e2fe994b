import { Injectable } from '@nestjs/common';
import { newId, type Role } from '@tilts/domain';
import { RequestTransaction, type SessionContext } from '../database/request-transaction.js';
import { EVERYWHERE, Seals, type Place } from '../database/seals.js';
import { hashPassword } from './passwords.js';

/** Who somebody is, in words; sealed in the database. */
export interface AccountWords {
  name: string;
  email: string;
}

/** An account that is made with its password at once, without an invitation. */
export interface AccountWithPassword extends AccountWords {
  id?: string;
  role: Role;
  language: string;
  /** Of a social worker. */
  institutionId?: string | null;
  password: string;
}

/** An account as it goes into the tables `account` and `credential`. */
export interface NewAccountRow {
  id: string;
  role: Role;
  language: string;
  institutionId: string | null;
  salt: Buffer;
  sealed: Buffer;
  emailToken: Buffer;
  passwordHash: string;
}

/** An account that the database answered with. */
export interface SealedAccount {
  id: string;
  salt: Buffer;
  sealed: Buffer;
}

/** An e-mail is looked up by its keyed hash; people type it in any case. */
export function emailTokenOf(seals: Seals, email: string): Buffer {
  return seals.token(`email:${email.trim()}`);
}

export function sealWords(seals: Seals, id: string, salt: Buffer, { name, email }: AccountWords): Buffer {
  return seals.seal(placeOf(id), salt, { name, email } satisfies AccountWords);
}

export function unsealWords(seals: Seals, { id, salt, sealed }: SealedAccount): AccountWords {
  return seals.unseal<AccountWords>(placeOf(id), salt, sealed);
}

export async function sealAccount(seals: Seals, account: AccountWithPassword): Promise<NewAccountRow> {
  const { role, language } = account;
  const id = account.id ?? newId();
  const salt = seals.newSalt();
  return {
    id,
    role,
    language,
    institutionId: account.institutionId ?? null,
    salt,
    sealed: sealWords(seals, id, salt, account),
    emailToken: emailTokenOf(seals, account.email),
    passwordHash: await hashPassword(account.password),
  };
}

/** Makes an account through the owner's connection: for demo data, tests and whoever administers the server. */
export async function createAccount(
  owner: { query(sql: string, values: unknown[]): Promise<unknown> },
  seals: Seals,
  account: AccountWithPassword,
): Promise<string> {
  const row = await sealAccount(seals, account);
  await owner.query(
    `INSERT INTO account (id, role, language, institution_id, salt, sealed, created_at, joined_at, version)
     VALUES ($1, $2, $3, $4, $5, $6, now(), now(), 1)`,
    [row.id, row.role, row.language, row.institutionId, row.salt, row.sealed],
  );
  await owner.query('INSERT INTO credential (account_id, email_token, password_hash) VALUES ($1, $2, $3)', [
    row.id,
    row.emailToken,
    row.passwordHash,
  ]);
  return row.id;
}

/** The people who work with Tilts, for by-lines: who recorded a visit, who answered a referral. */
@Injectable()
export class Accounts {
  /** By the session of the running transaction: a batch of commands asks for the same few names again and again. */
  private readonly known = new WeakMap<SessionContext, Map<string, string>>();

  constructor(
    private readonly transaction: RequestTransaction,
    private readonly seals: Seals,
  ) {}

  wordsOf(row: SealedAccount): AccountWords {
    return unsealWords(this.seals, row);
  }

  /** Names by account id; each is unsealed once however often it stands in a list. */
  async namesOf(ids: Iterable<string>): Promise<Map<string, string>> {
    const { session } = this.transaction;
    let names = this.known.get(session);
    if (!names) this.known.set(session, (names = new Map()));
    const unknown = [...new Set(ids)].filter((id) => !names.has(id));
    if (unknown.length > 0) {
      const rows = await this.transaction.query<SealedAccount>(
        'SELECT id, salt, sealed FROM account WHERE id = ANY ($1)',
        [unknown],
      );
      for (const row of rows) names.set(row.id, this.wordsOf(row).name);
    }
    return names;
  }
}

function placeOf(id: string): Place {
  return { table: 'account', id, tenant: EVERYWHERE };
}
