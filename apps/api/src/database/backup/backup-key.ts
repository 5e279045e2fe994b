import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { armor, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { writeOnce } from '../../platform/key-file.js';
import { lock, unlock } from './age-file.js';
import { BackupRefused } from './refused.js';

/**
 * To whom archives are encrypted. KEYS_DIR keeps the public half, so that the backup of every night asks nobody, and the secret
 * half under a passphrase: who steals KEYS_DIR and the archives reads neither without it.
 */
export interface BackupKey {
  /** `age1…` */
  readonly recipient: string;
  /** `AGE-SECRET-KEY-1…` */
  readonly identity: string;
}

export const RECIPIENT_FILE = 'backup-recipient.txt';
export const LOCKED_IDENTITY_FILE = 'backup-identity.age';
/** Characters. A passphrase that can be guessed opens every name in every backup. */
export const SHORTEST_PASSPHRASE = 16;

/** The public half; undefined before the first backup. */
export function recipientIn(keysDir: string): string | undefined {
  const file = join(keysDir, RECIPIENT_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** Opens the backup key with its passphrase, or makes it with the first one. */
export async function openBackupKey(keysDir: string, passphrase: string, work?: number): Promise<BackupKey> {
  const file = join(keysDir, LOCKED_IDENTITY_FILE);
  if (!existsSync(file)) return makeBackupKey(keysDir, passphrase, work);
  const locked = lockedFrom(file, readFileSync(file, 'utf8'));
  const identity = (await unlock(passphrase, locked, file)).toString('utf8');
  return { recipient: await identityToRecipient(identity), identity };
}

async function makeBackupKey(keysDir: string, passphrase: string, work: number | undefined): Promise<BackupKey> {
  if (recipientIn(keysDir))
    throw new BackupRefused(`${join(keysDir, LOCKED_IDENTITY_FILE)} is missing beside ${RECIPIENT_FILE}: restore it`);
  if (passphrase.length < SHORTEST_PASSPHRASE)
    throw new BackupRefused(
      `The passphrase needs at least ${SHORTEST_PASSPHRASE} characters: take four or more random words`,
    );
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const locked = await lock(passphrase, Buffer.from(identity), work);
  // The secret half first: with the recipient alone, archives would be made that nobody ever opens.
  writeOnce(join(keysDir, LOCKED_IDENTITY_FILE), textOf(locked));
  writeOnce(join(keysDir, RECIPIENT_FILE), recipient);
  return openBackupKey(keysDir, passphrase);
}

const textOf = (locked: Buffer): string => armor.encode(locked).trim();

function lockedFrom(name: string, text: string): Buffer {
  try {
    return Buffer.from(armor.decode(text));
  } catch (error) {
    throw new BackupRefused(`${name} is cut or was altered`, { cause: error });
  }
}
