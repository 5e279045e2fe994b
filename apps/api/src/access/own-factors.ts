import { Injectable } from '@nestjs/common';
import {
  DomainError,
  MOST_FACTORS,
  newId,
  type NewPasskey,
  type OwnFactors,
  type PasskeyOptions,
  type RecoveryCodes,
  type TotpBegun,
  type TotpConfirmation,
} from '@tilts/domain';
import { Clock } from '../database/clock.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { Seals } from '../database/seals.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import { Passkeys } from './passkeys.js';
import { Profile } from './profile.js';
import { Proofs } from './proofs.js';
import { newRecoveryCodes, recoveryHash } from './recovery-codes.js';
import { SecondStepFunctions } from './second-step-functions.js';
import { newTotpSecret, totpStep, totpUri } from './totp.js';

interface OwnRow {
  id: string;
  kind: 'totp' | 'passkey';
  sealed: Buffer;
  made_at: string;
  last_used_at: string | null;
  credentialId: Buffer | null;
  transports: string | null;
}

/** One's own second factors: setting them up, looking at them, removing them. */
@Injectable()
export class OwnSecondFactors {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly profile: Profile,
    private readonly functions: SecondStepFunctions,
    private readonly proofs: Proofs,
    private readonly passkeys: Passkeys,
    private readonly challenges: PasskeyChallenges,
    private readonly seals: Seals,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<OwnFactors> {
    const salt = await this.salt();
    const factors = (await this.confirmed()).map((row) => ({
      id: row.id,
      kind: row.kind,
      name: this.proofs.wordsOf(row, salt).name,
      madeAt: row.made_at,
      lastUsedAt: row.last_used_at,
    }));
    const [codes] = await this.transaction.query<{ left: number }>(
      'SELECT count(*) AS left FROM recovery_code WHERE account_id = $1 AND used_at IS NULL',
      [this.account],
    );
    return { factors, recoveryCodesLeft: codes?.left ?? 0 };
  }

  /** The secret waits, sealed, until a code proves that the app has it; what waited before is given up. */
  async beginTotp(): Promise<TotpBegun> {
    await this.mayAdd();
    await this.transaction.query('DELETE FROM second_factor WHERE account_id = $1 AND confirmed_at IS NULL', [
      this.account,
    ]);
    const { email } = await this.profile.me();
    const id = newId();
    const secret = newTotpSecret();
    await this.transaction.query(
      `INSERT INTO second_factor (id, account_id, kind, sealed, made_at, mark) VALUES ($1, $2, 'totp', $3, $4, 0)`,
      [id, this.account, this.proofs.seal(id, await this.salt(), { name: '', secret }), this.transaction.now],
    );
    return { id, secret, uri: totpUri(secret, email) };
  }

  async confirmTotp(id: string, { name, code }: TotpConfirmation): Promise<RecoveryCodes> {
    await this.mayAdd();
    const [waiting] = await this.transaction.query<Pick<OwnRow, 'id' | 'sealed'>>(
      `SELECT id, sealed FROM second_factor WHERE id = $1 AND account_id = $2 AND kind = 'totp' AND confirmed_at IS NULL AND made_at > $3::timestamptz - interval '1 hour'`,
      [id, this.account, this.transaction.now],
    );
    if (!waiting) throw new DomainError('NOT_FOUND');
    const salt = await this.salt();
    const { secret = '' } = this.proofs.wordsOf(waiting, salt);
    const step = totpStep(secret, code, this.clock.now());
    if (step === null) throw new DomainError('PROOF_FAILED');
    const isFirst = (await this.confirmed()).length === 0;
    const confirmed = { id, mark: step, sealed: this.proofs.seal(id, salt, { name, secret }) };
    if (!(await this.functions.confirmTotp(this.transaction.session.id, confirmed))) throw new DomainError('NOT_FOUND');
    return this.firstCodes(isFirst);
  }

  async passkeyOptions(): Promise<PasskeyOptions> {
    await this.mayAdd();
    const known = (await this.confirmed()).flatMap(({ credentialId, transports }) =>
      credentialId ? { credentialId, transports } : [],
    );
    const options = await this.passkeys.optionsToMake(await this.profile.me(), await this.challenges.give(), known);
    return { options };
  }

  async addPasskey({ name, answer }: NewPasskey): Promise<RecoveryCodes> {
    await this.mayAdd();
    const made = await this.passkeys.made(answer);
    if (!made || !(await this.challenges.useUp(made.challenge))) throw new DomainError('PASSKEY_REFUSED');
    const id = newId();
    const sealed = this.proofs.seal(id, await this.salt(), { name });
    const isFirst = (await this.confirmed()).length === 0;
    const passkey = { id, kind: 'passkey' as const, sealed, ...made.passkey };
    // A passkey belongs to one account.
    if (!(await this.functions.addPasskey(this.transaction.session.id, passkey)))
      throw new DomainError('PASSKEY_REFUSED');
    return this.firstCodes(isFirst);
  }

  async remove(id: string): Promise<void> {
    await this.refuseWithoutFactor();
    const [removed] = await this.transaction.query<{ outcome: 'removed' | 'missing' | 'last' }>(
      'SELECT remove_factor($1) AS outcome',
      [id],
    );
    if (removed?.outcome === 'last') throw new DomainError('LAST_FACTOR');
    if (removed?.outcome !== 'removed') throw new DomainError('NOT_FOUND');
  }

  async newRecoveryCodes(): Promise<RecoveryCodes> {
    await this.refuseWithoutFactor();
    // Without a factor there is nothing that they could stand in for.
    if ((await this.confirmed()).length === 0) throw new DomainError('NOT_FOUND');
    return this.makeCodes();
  }

  private async makeCodes(): Promise<RecoveryCodes> {
    const codes = newRecoveryCodes();
    const hashes = codes.map((code) => recoveryHash(this.seals, this.account, code));
    await this.transaction.query('SELECT replace_recovery_codes($1)', [hashes]);
    return { recoveryCodes: codes.map((code) => ({ code })) };
  }

  private get account(): string {
    return this.transaction.session.accountId;
  }

  /** The database asks the same once more (factor_owner): a password alone never changes factors that are set up. */
  private async refuseWithoutFactor(): Promise<number> {
    const { length } = await this.confirmed();
    if (length > 0 && this.transaction.session.level === 'password') throw new DomainError('STEP_UP_NEEDED');
    return length;
  }

  private async mayAdd(): Promise<void> {
    if ((await this.refuseWithoutFactor()) >= MOST_FACTORS) throw new DomainError('TOO_MANY_FACTORS');
  }

  private async confirmed(): Promise<OwnRow[]> {
    return this.transaction.query<OwnRow>(
      `SELECT id, kind, sealed, made_at, last_used_at, credential_id AS "credentialId", transports FROM second_factor
       WHERE account_id = $1 AND confirmed_at IS NOT NULL ORDER BY made_at, id`,
      [this.account],
    );
  }

  private async salt(): Promise<Buffer> {
    const [own] = await this.transaction.query<{ salt: Buffer }>('SELECT salt FROM account WHERE id = $1', [
      this.account,
    ]);
    if (!own) throw new DomainError('SESSION_OVER');
    return own.salt;
  }

  /** The first factor brings its recovery codes. */
  private async firstCodes(isFirst: boolean): Promise<RecoveryCodes> {
    return isFirst ? this.makeCodes() : { recoveryCodes: [] };
  }
}
