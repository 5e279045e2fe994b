import { Injectable } from '@nestjs/common';
import type { PersonInReferral, TravelField } from '@tilts/domain';
import { Seals } from '../database/seals.js';

/** What was sent, as it is sealed. `travels` tells which fields the sender let go. */
export interface Snapshot {
  person: PersonInReferral;
  request: string;
  groundReason: string | null;
  travels: TravelField[];
}

/** Of which family a text is: everything in a referral is sealed with the family's salt, so that erasing the family erases it here too. */
export interface Owner {
  municipalityId: string;
  salt: Buffer | null;
}

type Table = 'referral_snapshot' | 'referral_reference' | 'referral_event' | 'referral_message';

/** Seals and opens the words of a referral. */
@Injectable()
export class ReferralWords {
  constructor(private readonly seals: Seals) {}

  seal(table: Table, id: string, owner: Owner, words: object): Buffer {
    if (!owner.salt) throw new Error('The salt of this family is not in reach');
    return this.seals.seal({ table, id, tenant: owner.municipalityId }, owner.salt, words);
  }

  /** Null when there are no words, or when the caller may not read them. */
  open<T>(table: Table, id: string, owner: Owner, sealed: Buffer | null): T | null {
    if (!owner.salt || !sealed) return null;
    return this.seals.unseal<T>({ table, id, tenant: owner.municipalityId }, owner.salt, sealed);
  }
}
