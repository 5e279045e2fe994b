import { randomInt } from 'node:crypto';
import { RECOVERY_CODES } from '@tilts/domain';
import type { Seals } from '../database/seals.js';

/** Without letters and digits that are taken for each other on paper. */
const SIGNS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const GROUPS = 4;
const SIGNS_IN_GROUP = 4;

/** Sixteen of thirty signs: 78 bits each. */
export function newRecoveryCodes(): string[] {
  const group = (): string => Array.from({ length: SIGNS_IN_GROUP }, () => SIGNS[randomInt(SIGNS.length)]).join('');
  return Array.from({ length: RECOVERY_CODES }, () => Array.from({ length: GROUPS }, group).join('-'));
}

/** What is kept. A keyed hash is enough: nobody guesses 78 bits, and without the keys there is nothing to compare with. */
export function recoveryHash(seals: Seals, accountId: string, code: string): Buffer {
  return seals.token(`recovery code:${accountId}:${code.replace(/[^\p{L}\p{N}]/gu, '')}`);
}
