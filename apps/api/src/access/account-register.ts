import { Injectable } from '@nestjs/common';
import {
  DomainError,
  type AccountChange,
  type AccountDetails,
  type AccountInvited,
  type AccountView,
  type LinkWish,
  type NewAccount,
  type OneTimeLinkMade,
  type PasswordReset,
} from '@tilts/domain';
import { createOnce } from '../database/create-once.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { Seals } from '../database/seals.js';
import { AccountList } from './account-list.js';
import { refuseUnlessDone } from './account-outcomes.js';
import { emailTokenOf, sealWords } from './accounts.js';
import { OneTimeLinks } from './one-time-links.js';

interface Outcome {
  outcome: string;
}

/** Inviting people, changing what they are, and ending their accounts: the coordinator's own work. */
@Injectable()
export class AccountRegister {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly seals: Seals,
    private readonly list: AccountList,
    private readonly links: OneTimeLinks,
  ) {}

  async invite(account: NewAccount): Promise<AccountInvited> {
    const { id, byMail } = account;
    const kept = await createOnce(this.transaction, {
      id,
      find: () => this.find(id),
      same: (known) => says(known, account),
      create: () => this.make(account),
    });
    const link = await this.links.make(kept, 'invitation', { byMail });
    return { account: await this.list.read(id), link };
  }

  async inviteAgain(id: string, wish: LinkWish): Promise<OneTimeLinkMade> {
    return this.links.make(await this.list.read(id), 'invitation', wish);
  }

  async resetPassword(id: string, wish: PasswordReset): Promise<OneTimeLinkMade> {
    return this.links.make(await this.list.read(id), 'passwordReset', wish);
  }

  async change(id: string, change: AccountChange): Promise<AccountView> {
    const [known] = await this.transaction.query<{ salt: Buffer; institution: string | null }>(
      'SELECT salt, institution_id AS institution FROM account WHERE id = $1',
      [id],
    );
    if (!known) throw new DomainError('NOT_FOUND');
    await this.checkInstitution(change, known.institution);
    const { version, role, language, institutionId = null, email } = change;
    const leaves = id === this.transaction.session.accountId && role !== this.transaction.session.role;
    const left = leaves && (await this.afterLeaving(id, change));
    const sealed = sealWords(this.seals, id, known.salt, change);
    const [done] = await this.transaction.query<Outcome>(
      'SELECT change_account($1, $2, $3, $4, $5, $6, $7) AS outcome',
      [id, version, role, language, institutionId, sealed, emailTokenOf(this.seals, email)],
    );
    refuseUnlessDone(done?.outcome);
    return left || this.list.read(id);
  }

  async end(id: string): Promise<void> {
    const [done] = await this.transaction.query<Outcome>('SELECT end_account($1) AS outcome', [id]);
    refuseUnlessDone(done?.outcome);
  }

  /** One device, or all of them when none is named. */
  async endSessions(accountId: string, deviceId: string | null): Promise<void> {
    await this.list.read(accountId);
    const [answer] = await this.transaction.query<{ ended: number }>('SELECT end_sessions_of($1, $2) AS ended', [
      accountId,
      deviceId,
    ]);
    if (deviceId && answer?.ended === 0) throw new DomainError('NOT_FOUND');
  }

  private async make(account: NewAccount): Promise<void> {
    await this.checkInstitution(account, null);
    const { id, role, language, institutionId = null, email } = account;
    const salt = this.seals.newSalt();
    const sealed = sealWords(this.seals, id, salt, account);
    const [done] = await this.transaction.query<Outcome>(
      'SELECT invite_account($1, $2, $3, $4, $5, $6, $7) AS outcome',
      [id, role, language, institutionId, salt, sealed, emailTokenOf(this.seals, email)],
    );
    refuseUnlessDone(done?.outcome);
  }

  /** A coordinator who becomes something else: their own session ends with it, so what the answer says is read before. */
  private async afterLeaving(id: string, change: AccountChange): Promise<AccountView> {
    const { name, email, role, language, institutionId = null, version } = change;
    const [found] = await this.transaction.query<{ name: string }>('SELECT name FROM institution WHERE id = $1', [
      institutionId,
    ]);
    const institution = found?.name ?? null;
    const said = { name, email, role, language, institutionId, institution, version: version + 1 };
    return { ...(await this.list.read(id)), ...said, linkExpiresAt: null };
  }

  private find(id: string): Promise<AccountView | undefined> {
    return this.list.read(id).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    });
  }

  /** A closed institution keeps the people that it has, and gets no new ones. */
  private async checkInstitution({ institutionId }: AccountDetails, before: string | null): Promise<void> {
    if (!institutionId || institutionId === before) return;
    const [found] = await this.transaction.query<{ closed: boolean }>(
      'SELECT coalesce(closed_on <= $2, false) AS closed FROM institution WHERE id = $1',
      [institutionId, this.transaction.today],
    );
    if (!found) throw new DomainError('INVALID_INPUT', {}, [{ field: 'institutionId', code: 'notThere' }]);
    if (found.closed) throw new DomainError('INVALID_INPUT', {}, [{ field: 'institutionId', code: 'closed' }]);
  }
}

function says(known: AccountView, account: NewAccount): boolean {
  const { name, email, role, language, institutionId = null } = account;
  return (
    known.name === name &&
    known.email === email &&
    known.role === role &&
    known.language === language &&
    known.institutionId === institutionId
  );
}
