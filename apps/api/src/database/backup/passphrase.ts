import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { askUnseen } from '../../platform/ask-passphrase.js';
import { LOCKED_IDENTITY_FILE, SHORTEST_PASSPHRASE } from './backup-key.js';
import { BackupRefused } from './refused.js';

const HOW = 'type it at a terminal, or give BACKUP_PASSPHRASE_FILE';

/** Of a bundle that is to be written: a new one is asked for twice, since nobody can find out later what was mistyped. */
export async function passphraseToWrite(keysDir: string, given: string | undefined): Promise<string> {
  if (given) return given;
  if (existsSync(join(keysDir, LOCKED_IDENTITY_FILE)))
    return passphraseToOpen('The passphrase of your key bundles: ', given);
  console.log(
    `\n  The key bundle is closed with a passphrase that you choose now: at least ${SHORTEST_PASSPHRASE} characters, best four or more random words.` +
      '\n  Write it down and keep it where neither the archives nor the bundle are. Without it no backup can ever be restored.\n',
  );
  const first = await passphraseToOpen('  New passphrase: ', given);
  if (first !== (await passphraseToOpen('  Once more:      ', given)))
    throw new BackupRefused('The two were not the same');
  return first;
}

export async function passphraseToOpen(question: string, given: string | undefined): Promise<string> {
  const passphrase = given ?? (await askUnseen(question));
  if (!passphrase) throw new BackupRefused(`The passphrase of the key bundle is needed: ${HOW}`);
  return passphrase.trim();
}
