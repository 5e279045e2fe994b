import { Inject, Injectable } from '@nestjs/common';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Environment } from '../platform/environment.js';
import { ENVIRONMENT } from '../platform/settings.js';

/** A passkey as it is kept; `mark` is its own counter. */
export interface KnownPasskey {
  credentialId: Buffer;
  publicKey: Buffer;
  mark: number;
  transports: string | null;
}

/** What a browser shows of us while somebody waits; afterwards the challenge is over anyway. Milliseconds. */
const PATIENCE = 300_000;

/**
 * Passkeys (WebAuthn) of this installation. They belong to its host and serve at its address only, which is what keeps them from
 * being shown to a look-alike. Each must know its person by finger, face or PIN (user verification).
 */
@Injectable()
export class Passkeys {
  private readonly host: string;
  private readonly origin: string;

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    const url = new URL(environment.publicUrl);
    this.host = url.hostname;
    this.origin = url.origin;
  }

  /** What a browser makes a passkey with. Those that are known are not made twice. */
  async optionsToMake(
    account: { id: string; name: string; email: string },
    challenge: Buffer,
    known: readonly Pick<KnownPasskey, 'credentialId' | 'transports'>[],
  ): Promise<string> {
    return JSON.stringify(
      await generateRegistrationOptions({
        rpName: 'Tilts',
        rpID: this.host,
        userID: Buffer.from(account.id.replaceAll('-', ''), 'hex'),
        userName: account.email,
        userDisplayName: account.name,
        challenge: new Uint8Array(challenge),
        timeout: PATIENCE,
        attestationType: 'none',
        excludeCredentials: known.map(descriptorOf),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      }),
    );
  }

  /** What a browser asks one of these passkeys. */
  async optionsToShow(
    challenge: Buffer,
    known: readonly Pick<KnownPasskey, 'credentialId' | 'transports'>[],
  ): Promise<string> {
    return JSON.stringify(
      await generateAuthenticationOptions({
        rpID: this.host,
        challenge: new Uint8Array(challenge),
        timeout: PATIENCE,
        allowCredentials: known.map(descriptorOf),
        userVerification: 'required',
      }),
    );
  }

  /** The passkey that was made and the challenge that it signed; null whatever is wrong with the answer. */
  async made(answer: string): Promise<{ passkey: KnownPasskey; challenge: Buffer } | null> {
    const signed = new SignedChallenge();
    try {
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: JSON.parse(answer) as RegistrationResponseJSON,
        expectedChallenge: (challenge) => signed.keep(challenge),
        expectedOrigin: this.origin,
        expectedRPID: this.host,
        requireUserVerification: true,
      });
      if (!verified) return null;
      const { id, publicKey, counter, transports } = registrationInfo.credential;
      const passkey = {
        credentialId: Buffer.from(id, 'base64url'),
        publicKey: Buffer.from(publicKey),
        mark: counter,
        transports: transports?.join(',') ?? null,
      };
      return { passkey, challenge: signed.challenge };
    } catch {
      // The library says by throwing what does not fit, also of a text that is no answer at all.
      return null;
    }
  }

  /** Which passkey answered, its counter and the challenge that it signed; null whatever is wrong with the answer. */
  async shown<K extends KnownPasskey>(
    answer: string,
    known: readonly K[],
  ): Promise<{ passkey: K; mark: number; challenge: Buffer } | null> {
    const signed = new SignedChallenge();
    try {
      const response = JSON.parse(answer) as AuthenticationResponseJSON;
      const id = Buffer.from(response.id, 'base64url');
      const passkey = known.find(({ credentialId }) => credentialId.equals(id));
      if (!passkey) return null;
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response,
        expectedChallenge: (challenge) => signed.keep(challenge),
        expectedOrigin: this.origin,
        expectedRPID: this.host,
        requireUserVerification: true,
        credential: { id: response.id, publicKey: new Uint8Array(passkey.publicKey), counter: passkey.mark },
      });
      return verified ? { passkey, mark: authenticationInfo.newCounter, challenge: signed.challenge } : null;
    } catch {
      return null;
    }
  }
}

/** What was signed; whether it is ours and was not used yet is asked where it is used up. */
class SignedChallenge {
  challenge = Buffer.alloc(0);

  keep(challenge: string): boolean {
    this.challenge = Buffer.from(challenge, 'base64url');
    return true;
  }
}

function descriptorOf({ credentialId, transports }: Pick<KnownPasskey, 'credentialId' | 'transports'>): {
  id: string;
  transports?: string[];
} {
  return { id: credentialId.toString('base64url'), ...(transports && { transports: transports.split(',') }) };
}
