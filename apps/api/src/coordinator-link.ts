import { coordinators, linkForCoordinator } from './access/coordinator-links.js';
import { openDatabase, runCommand, say, typed } from './command.js';
import { BackupRefused } from './database/backup/refused.js';
import { makeDataSource } from './database/data-source.js';
import { keysExpected, recogniseKeys } from './database/key-check.js';
import { Seals } from './database/seals.js';
import { loadSecrets } from './platform/secrets.js';

const USAGE = 'coordinator-link [<e-mail of a coordinator> [--keep-second-factor]]';

/**
 * `npm run coordinator-link`: without an e-mail it lists the coordinators; with one it prints a one-time link by which this
 * coordinator sets a new password. Who may type it holds the keys of the server anyway.
 */
await runCommand(async (environment) => {
  const { values, positionals } = typed(USAGE, { 'keep-second-factor': { type: 'boolean', default: false } });
  const [email, ...more] = positionals;
  if (more.length > 0) throw new BackupRefused(`Name one e-mail\nUsage: ${USAGE}`);
  const database = await openDatabase(environment, { mayCreate: false });
  const owner = makeDataSource(database.ownerUrl, { poolSize: 1, name: 'tilts-coordinator-link' });
  try {
    if (!(await keysExpected(database.ownerUrl)))
      throw new BackupRefused('Nobody has an account in this database yet: start Tilts first');
    const secrets = loadSecrets(environment.keysDir, { mayCreate: false });
    await recogniseKeys(database.ownerUrl, secrets.sealing);
    await owner.initialize();
    const seals = new Seals(secrets.sealing);
    if (!email) {
      for (const { name, email: theirs, joined } of await coordinators(owner, seals))
        say(`${theirs.padEnd(40)} ${name}${joined ? '' : '  (invited, never signed in)'}`);
      return say(`Usage: ${USAGE}`);
    }
    const made = await linkForCoordinator(
      owner,
      { seals, secrets, publicUrl: environment.publicUrl },
      { email, keepSecondFactor: values['keep-second-factor'] },
    );
    if (!made) throw new BackupRefused(`No coordinator signs in with ${email}`);
    say(`Works once, until ${made.expiresAt}. It signs this coordinator out everywhere; give it to nobody else:`);
    say(made.url);
    if (!values['keep-second-factor'])
      say('Their second factor is taken away with it; Tilts asks them to set a new one.');
  } finally {
    if (owner.isInitialized) await owner.destroy();
    await database.close();
  }
});
