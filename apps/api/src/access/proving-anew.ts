import { Injectable } from '@nestjs/common';
import { DomainError, type NewProof, type PasskeyOptions } from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';
import { isPassword } from './passwords.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import { Passkeys } from './passkeys.js';
import { passkeysAmong, Proofs, type Fitting } from './proofs.js';
import { Cookies } from './refresh-cookie.js';
import { SecondStepFunctions } from './second-step-functions.js';

/** Within a session: its person shows again that it is them. Done by the door's login, since no feature may raise a session. */
@Injectable()
export class ProvingAnew {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly functions: SecondStepFunctions,
    private readonly cookies: Cookies,
    private readonly proofs: Proofs,
    private readonly passkeys: Passkeys,
    private readonly challenges: PasskeyChallenges,
  ) {}

  /** Who has a second factor proves themselves with it; the password counts only for who has none. */
  async prove(proof: NewProof): Promise<void> {
    const { id } = this.transaction.session;
    const delayKey = this.cookies.proofDelayKeyOf(id);
    const seconds = await this.functions.tryProof(id, delayKey);
    const mine = await this.functions.ofSession(id);
    if (seconds === null || !mine) throw new DomainError('SESSION_OVER');
    if (seconds > 0) throw new DomainError('SIGN_IN_LATER', { seconds });
    let fitting: Fitting | null = null;
    if (mine.factors.length > 0) {
      fitting = await this.proofs.fitting(proof, mine);
      if (!fitting) throw new DomainError('PROOF_FAILED');
    } else if (!(await isPassword(mine.passwordHash ?? undefined, proof.password ?? ''))) {
      throw new DomainError('PROOF_FAILED');
    }
    if (!(await this.functions.prove(id, fitting, delayKey))) throw new DomainError('PROOF_FAILED');
  }

  async passkeyOptions(): Promise<PasskeyOptions> {
    const { id } = this.transaction.session;
    const mine = await this.functions.ofSession(id);
    const challenge = await this.challenges.give();
    return { options: await this.passkeys.optionsToShow(challenge, passkeysAmong(mine?.factors ?? [])) };
  }
}
