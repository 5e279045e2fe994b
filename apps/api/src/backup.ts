import { join, resolve } from 'node:path';
import { openDatabase, runCommand, say, sayTable, typed } from './command.js';
import { dropOld, dropUnfinished, fileNameOf } from './database/backup/backup-files.js';
import { recipientIn } from './database/backup/backup-key.js';
import { bundleHoldsAll, writeKeyBundle } from './database/backup/key-bundle.js';
import { passphraseToWrite } from './database/backup/passphrase.js';
import { BackupRefused } from './database/backup/refused.js';
import { writeArchive } from './database/backup/write-archive.js';
import { recogniseKeys } from './database/key-check.js';
import { Seals } from './database/seals.js';
import type { Environment } from './platform/environment.js';
import { loadSecrets } from './platform/secrets.js';

const USAGE = 'backup [--to <folder>] [--keep <days>] [--keys] [--keys-to <folder>]';

/** `npm run backup`: one encrypted archive of the database; and, the first time or when asked, the bundle with the keys to it. */
await runCommand(async (environment) => {
  const { values } = typed(USAGE, {
    to: { type: 'string', default: 'backups' },
    keep: { type: 'string' },
    keys: { type: 'boolean', default: false },
    'keys-to': { type: 'string', default: 'key-bundles' },
  });
  const days = daysOf(values.keep);
  const folder = resolve(values.to);
  const now = new Date();
  const database = await openDatabase(environment, { mayCreate: false });
  try {
    const { keysDir } = environment;
    const { sealing } = loadSecrets(keysDir, { mayCreate: false });
    await recogniseKeys(database.ownerUrl, sealing);
    if (values.keys || !recipientIn(keysDir) || !bundleHoldsAll(keysDir, sealing))
      await bundle(environment, join(resolve(values['keys-to']), fileNameOf('keys', now)));
    const started = Date.now();
    const file = join(folder, fileNameOf('backup', now));
    dropUnfinished(folder, now);
    say('Backing up …');
    const { tables, bytes } = await writeArchive({
      ownerUrl: database.ownerUrl,
      recipient: recipientIn(keysDir) ?? '',
      seals: new Seals(sealing),
      file,
      onTable: sayTable,
    });
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    say(
      `${tables.length} tables, ${rows.toLocaleString('en')} rows, ${size(bytes)}, ${((Date.now() - started) / 1000).toFixed(1)} s`,
    );
    say(`Archive: ${file}`);
    if (days !== undefined)
      for (const old of dropOld(folder, days, now)) say(`Deleted, older than ${days} days: ${old}`);
  } finally {
    await database.close();
  }
});

async function bundle({ keysDir, backupPassphrase }: Environment, file: string): Promise<void> {
  const passphrase = await passphraseToWrite(keysDir, backupPassphrase);
  await writeKeyBundle({ keysDir, file, passphrase });
  say(`Key bundle: ${file}`);
  say('Carry it to another place than the archives: whoever has bundle, passphrase and archive reads every name.');
}

function daysOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new BackupRefused(`--keep is a number of days, not "${text}"`);
  return Number(text);
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
