import { endEverySession } from './access/end-every-session.js';
import { openDatabase, runCommand, say, typed } from './command.js';
import { BackupRefused } from './database/backup/refused.js';
import { keysExpected } from './database/key-check.js';
import { makeDataSource } from './database/data-source.js';
import { renewSignInKeys } from './platform/sign-in-keys.js';

const USAGE = 'end-sessions --yes [--new-keys]';

/**
 * `npm run end-sessions`: when a leak is suspected, everybody is signed out at once, and no link that was handed out works. With
 * `--new-keys` also a token that somebody made with a stolen key is worth nothing.
 */
await runCommand(async (environment) => {
  const { values } = typed(USAGE, {
    yes: { type: 'boolean', default: false },
    'new-keys': { type: 'boolean', default: false },
  });
  if (!values.yes)
    throw new BackupRefused(`This signs everybody out; what they have not saved is kept as a draft\nUsage: ${USAGE}`);
  const database = await openDatabase(environment, { mayCreate: false });
  const owner = makeDataSource(database.ownerUrl, { poolSize: 1, name: 'tilts-end-sessions' });
  try {
    if (!(await keysExpected(database.ownerUrl)))
      throw new BackupRefused('Nobody has an account in this database yet: start Tilts first');
    await owner.initialize();
    const { sessions, links } = await owner.transaction((manager) => endEverySession(manager));
    say(`Ended: ${sessions} sessions; ${links} one-time links work no more. Everybody signs in anew.`);
    if (values['new-keys']) {
      renewSignInKeys(environment.keysDir);
      say(
        'New keys for tokens and cookies are in KEYS_DIR. Start every process anew, so that the old ones are worth nothing.',
      );
    }
  } finally {
    if (owner.isInitialized) await owner.destroy();
    await database.close();
  }
});
