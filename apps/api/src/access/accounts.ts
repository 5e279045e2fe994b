import { Injectable } from '@nestjs/common';
import { newId, type Role } from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';
import { EVERYWHERE, Seals, type Place } from '../database/seals.js';
import { hashPassword } from './passwords.js';

/** Who somebody is, in words; sealed in the database. */
interface AccountWords {
  name: string;
  email: string;
}

export interface NewAccount extends AccountWords {
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
interface AccountRow {
  id: string;
  salt: Buffer;
  sealed: Buffer;
}

/** An e-mail is looked up by its keyed hash; people type it in any case. */
export function emailTokenOf(seals: Seals, email: string): Buffer {
  return seals.token(`email:${email.trim()}`);
}

export async function sealAccount(seals: Seals, account: NewAccount): Promise<NewAccountRow> {
  const { name, email, role, language } = account;
  const id = account.id ?? newId();
  const salt = seals.newSalt();
  return {
    id,
    role,
    language,
    institutionId: account.institutionId ?? null,
    salt,
    sealed: seals.seal(placeOf(id), salt, { name, email } satisfies AccountWords),
    emailToken: emailTokenOf(seals, email),
    passwordHash: await hashPassword(account.password),
  };
}

/** Makes an account through the owner's connection: for demo data, tests and whoever administers the server. */
export async function createAccount(
  owner: { query(sql: string, values: unknown[]): Promise<unknown> },
  seals: Seals,
  account: NewAccount,
): Promise<string> {
  const row = await sealAccount(seals, account);
  await owner.query(
    'INSERT INTO account (id, role, language, institution_id, salt, sealed, created_at) VALUES ($1, $2, $3, $4, $5, $6, now())',
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
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly seals: Seals,
  ) {}

  wordsOf(row: AccountRow): AccountWords {
    return this.seals.unseal<AccountWords>(placeOf(row.id), row.salt, row.sealed);
  }

  /** Names by account id; each is unsealed once however often it stands in a list. */
  async namesOf(ids: Iterable<string>): Promise<Map<string, string>> {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return new Map();
    const rows = await this.transaction.query<AccountRow>('SELECT id, salt, sealed FROM account WHERE id = ANY ($1)', [
      wanted,
    ]);
    return new Map(rows.map((row) => [row.id, this.wordsOf(row).name]));
  }
}

function placeOf(id: string): Place {
  return { table: 'account', id, tenant: EVERYWHERE };
}
