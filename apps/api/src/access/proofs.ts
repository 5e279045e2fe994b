import { Injectable } from '@nestjs/common';
import type { NewProof, SecondStep } from '@tilts/domain';
import { Clock } from '../database/clock.js';
import { EVERYWHERE, Seals, type Place } from '../database/seals.js';
import { Passkeys } from './passkeys.js';
import { recoveryHash } from './recovery-codes.js';
import { totpStep } from './totp.js';

/** A confirmed second factor as the functions before a session hand it over. */
export interface FactorRow {
  id: string;
  kind: 'totp' | 'passkey';
  sealed: Buffer;
  mark: number;
  credentialId: Buffer | null;
  publicKey: Buffer | null;
  transports: string | null;
}

/** What is sealed of a factor; the secret only of an authenticator app. */
export interface FactorWords {
  name: string;
  secret?: string;
}

/** Somebody and their second factors. */
export interface Provable {
  accountId: string;
  salt: Buffer;
  factors: readonly FactorRow[];
}

/** A proof that fits; the database uses it up, and refuses what it saw before. */
export interface Fitting {
  factorId: string | null;
  mark: number | null;
  recovery: Buffer | null;
  /** That a passkey signed. */
  challenge: Buffer | null;
}

/** Compares what somebody shows with what is kept of them. */
@Injectable()
export class Proofs {
  constructor(
    private readonly seals: Seals,
    private readonly passkeys: Passkeys,
    private readonly clock: Clock,
  ) {}

  /** Null when it does not fit. */
  async fitting(given: SecondStep | NewProof, whose: Provable): Promise<Fitting | null> {
    if (given.code) return this.code(given.code, whose);
    if (given.passkey) return this.passkey(given.passkey, whose);
    if (given.recoveryCode) {
      const recovery = recoveryHash(this.seals, whose.accountId, given.recoveryCode);
      return { factorId: null, mark: null, recovery, challenge: null };
    }
    return null;
  }

  seal(id: string, salt: Buffer, words: FactorWords): Buffer {
    return sealFactor(this.seals, id, salt, words);
  }

  wordsOf({ id, sealed }: Pick<FactorRow, 'id' | 'sealed'>, salt: Buffer): FactorWords {
    return this.seals.unseal<FactorWords>(placeOf(id), salt, sealed);
  }

  private code(code: string, { factors, salt }: Provable): Fitting | null {
    const now = this.clock.now();
    for (const factor of factors.filter(({ kind }) => kind === 'totp')) {
      const mark = totpStep(this.wordsOf(factor, salt).secret ?? '', code, now);
      if (mark !== null) return { factorId: factor.id, mark, recovery: null, challenge: null };
    }
    return null;
  }

  private async passkey(answer: string, { factors }: Provable): Promise<Fitting | null> {
    const shown = await this.passkeys.shown(answer, passkeysAmong(factors));
    return shown && { factorId: shown.passkey.id, mark: shown.mark, recovery: null, challenge: shown.challenge };
  }
}

export type PasskeyRow = FactorRow & { credentialId: Buffer; publicKey: Buffer };

export function passkeysAmong(factors: readonly FactorRow[]): PasskeyRow[] {
  return factors.filter((factor): factor is PasskeyRow => factor.credentialId !== null && factor.publicKey !== null);
}

export function sealFactor(seals: Seals, id: string, salt: Buffer, words: FactorWords): Buffer {
  return seals.seal(placeOf(id), salt, words);
}

function placeOf(id: string): Place {
  return { table: 'second_factor', id, tenant: EVERYWHERE };
}
