import { resolve } from 'node:path';
import { openDatabase, runCommand, say, sayTable, typed } from './command.js';
import { openKeyBundle } from './database/backup/key-bundle.js';
import { passphraseToOpen } from './database/backup/passphrase.js';
import { BackupRefused } from './database/backup/refused.js';
import { restoreArchive } from './database/backup/restore-archive.js';
import { recogniseKeys } from './database/key-check.js';
import { migrate } from './database/migrate.js';
import { putIntoMailQueue } from './notices/mail-queue-schema.js';
import { loadSecrets } from './platform/secrets.js';

const USAGE = 'restore <archive> --keys <key bundle>';

/** `npm run restore`: makes an empty instance (DATA_DIR or DATABASE_URL, and KEYS_DIR) what it was at the moment of a backup. */
await runCommand(async (environment) => {
  const { values, positionals } = typed(USAGE, { keys: { type: 'string' } });
  const [archive, ...more] = positionals;
  if (!archive || !values.keys || more.length > 0)
    throw new BackupRefused(`Name one archive and its key bundle\nUsage: ${USAGE}`);
  const { keysDir } = environment;
  const passphrase = await passphraseToOpen('The passphrase of the key bundle: ', environment.backupPassphrase);
  const bundle = await openKeyBundle(resolve(values.keys), passphrase);
  let database: Awaited<ReturnType<typeof openDatabase>> | undefined;
  const started = Date.now();
  try {
    const { about, manifest } = await restoreArchive({
      file: resolve(archive),
      bundle,
      keysDir,
      database: async () => (database = await openDatabase(environment, { mayCreate: true })).ownerUrl,
      onStep: (text) => say(`${text} …`),
      onTable: sayTable,
    });
    // Opened above, before anything was restored.
    const ownerUrl = database?.ownerUrl ?? '';
    say('Bringing the database up to date …');
    const secrets = loadSecrets(keysDir, { mayCreate: false });
    await migrate(ownerUrl, secrets.appPassword);
    await recogniseKeys(ownerUrl, secrets.sealing);
    await putIntoMailQueue(ownerUrl, manifest.mail);
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    say(
      `Restored what was there on ${about.madeAt}: ${manifest.tables.length} tables, ${rows.toLocaleString('en')} rows, counted and compared (${((Date.now() - started) / 1000).toFixed(1)} s).`,
    );
    say(
      'Tilts can be started now. Everybody signs in anew; what was done after the backup must be done again: ended accounts, erased families.',
    );
  } finally {
    await database?.close();
  }
});
