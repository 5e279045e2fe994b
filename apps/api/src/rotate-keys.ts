import { join, resolve } from 'node:path';
import { openDatabase, runCommand, say, typed } from './command.js';
import { fileNameOf } from './database/backup/backup-files.js';
import { passphraseToWrite } from './database/backup/passphrase.js';
import { addKey, keyStatus, olderRows, retireKeys } from './database/rotation/rotate-keys.js';
import type { Environment } from './platform/environment.js';
import { loadSecrets } from './platform/secrets.js';

const USAGE = 'rotate-keys [--status | --retire | --keys-to <folder>]';

/** `npm run rotate-keys`: a new master key for everything that is sealed; what is sealed already follows while Tilts runs. */
await runCommand(async (environment) => {
  const { values } = typed(USAGE, {
    status: { type: 'boolean', default: false },
    retire: { type: 'boolean', default: false },
    'keys-to': { type: 'string', default: 'key-bundles' },
  });
  const database = await openDatabase(environment, { mayCreate: false });
  try {
    const rotation = { ownerUrl: database.ownerUrl, keysDir: environment.keysDir };
    if (values.status) await tellStatus(rotation);
    else if (values.retire)
      say(
        `Retired: key ${(await retireKeys(rotation)).join(', ')}. Older archives need the key bundle of their time; keep it.`,
      );
    else await rotate(rotation, environment, resolve(values['keys-to']));
  } finally {
    await database.close();
  }
});

type Rotation = Parameters<typeof addKey>[0];

async function rotate(rotation: Rotation, environment: Environment, folder: string): Promise<void> {
  const passphrase = await passphraseToWrite(environment.keysDir, environment.backupPassphrase);
  const file = join(folder, fileNameOf('keys', new Date()));
  const number = await addKey(rotation, { file, passphrase });
  say(`Key bundle: ${file}`);
  say(
    `Key ${number} seals everything from now on. What is sealed already follows while Tilts runs: --status tells how far it is.`,
  );
}

async function tellStatus({ ownerUrl, keysDir }: Rotation): Promise<void> {
  const { current, keys } = loadSecrets(keysDir, { mayCreate: false }).sealing;
  const status = await keyStatus(ownerUrl);
  for (const { table, rows } of status) {
    const told = [...rows].map(([key, count]) => `key ${key}: ${count.toLocaleString('en')}`).join(', ');
    say(`${table.padEnd(22)} ${told || 'no rows'}`);
  }
  const left = olderRows(status, current);
  if (left > 0)
    say(`${left.toLocaleString('en')} rows wait to be sealed with key ${current}; Tilts does it while it runs.`);
  else if (keys.size > 1) say(`Everything is sealed with key ${current}. Older keys may be taken out: --retire`);
  else say(`Everything is sealed with key ${current}, the only one.`);
}
