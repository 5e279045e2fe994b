import { createHmac, timingSafeEqual, webcrypto } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Decrypter, identityToRecipient } from 'age-encryption';
import { DomainError } from '@tilts/domain';
import { Seals } from '../database/seals.js';

const BEGINS = 'age-encryption.org/v1\n';
/** In front of a scalar of 32 bytes: „this is an X25519 key” (RFC 8410). */
const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** What was in a file, and by which master key's identity it opened. */
export interface Opened {
  text: string;
  key: number;
}

/**
 * To whom rescue files are encrypted, and how a phone proves that one is its own. Both are derived from the sealing keys, so that they come
 * with every key bundle and need no place of their own; a file opens for as long as the key of its time is kept.
 */
@Injectable()
export class RescueKeys {
  private readonly identities = new Map<number, Promise<webcrypto.CryptoKey>>();

  constructor(private readonly seals: Seals) {}

  /** `age1…`, of the key that seals now. */
  async recipient(): Promise<string> {
    return identityToRecipient(await this.identity(this.seals.current));
  }

  /** The secret that phones of an account share with the office. */
  proof(accountId: string, key = this.seals.current): Buffer {
    return this.seals.rescueSecret(`proof ${accountId}`, key);
  }

  hasWritten(accountId: string, key: number, text: string, proof: string): boolean {
    const right = createHmac('sha256', this.proof(accountId, key)).update(text).digest();
    const given = Buffer.from(proof, 'base64url');
    return given.length === right.length && timingSafeEqual(given, right);
  }

  /** The keys are tried from the newest on: which one opened the file tells which proof belongs in it. */
  async open(file: Uint8Array): Promise<Opened> {
    if (!Buffer.from(file.subarray(0, BEGINS.length)).equals(Buffer.from(BEGINS)))
      throw new DomainError('RESCUE_FILE_UNKNOWN');
    for (const key of this.seals.numbers) {
      const decrypter = new Decrypter();
      decrypter.addIdentity(await this.identity(key));
      try {
        return { text: await decrypter.decrypt(file, 'text'), key };
      } catch (error) {
        if (!/no identity matched/.test(String(error))) throw new DomainError('RESCUE_FILE_DAMAGED');
      }
    }
    throw new DomainError('RESCUE_FILE_FOREIGN');
  }

  private identity(key: number): Promise<webcrypto.CryptoKey> {
    let identity = this.identities.get(key);
    if (!identity) {
      const secret = Buffer.concat([PKCS8_X25519, this.seals.rescueSecret('identity', key)]);
      identity = webcrypto.subtle.importKey('pkcs8', secret, 'X25519', false, ['deriveBits']);
      this.identities.set(key, identity);
    }
    return identity;
  }
}
