import { keysExpected, recogniseKeys } from './database/key-check.js';
import { withLogin } from './database/data-source.js';
import { startEmbeddedDatabase } from './database/embedded-database.js';
import { migrate } from './database/migrate.js';
import type { Environment } from './platform/environment.js';
import { embeddedPasswordFile, loadSecrets, type KeptSecrets } from './platform/secrets.js';

/** A migrated database with the keys that belong to it. */
export interface RunningDatabase {
  readonly secrets: KeptSecrets;
  readonly ownerUrl: string;
  /** The login of the API, which owns nothing. */
  readonly appUrl: string;
  stop(): Promise<void>;
}

/** The given server, or the one that comes with Tilts; brought up to date, and refused when the keys are not its own. */
export async function startDatabase(
  environment: Environment,
  step: (text: string) => void,
  onLost: () => void,
): Promise<RunningDatabase> {
  const { keysDir, dataDir } = environment;
  const server = environment.databaseUrl
    ? { ownerUrl: environment.databaseUrl, stop: () => Promise.resolve() }
    : await startEmbeddedDatabase({
        dataDir,
        passwordFile: embeddedPasswordFile(keysDir),
        durability: 'full',
        onStep: step,
        onLost,
      });
  const { ownerUrl } = server;
  try {
    // Fresh keys beside old data would lock everybody out of it, so they are made for an empty database only.
    const secrets = loadSecrets(keysDir, { mayCreate: !(await keysExpected(ownerUrl)) });
    step('Bringing the database up to date');
    await migrate(ownerUrl, secrets.appPassword);
    await recogniseKeys(ownerUrl, secrets.sealing);
    return {
      secrets,
      ownerUrl,
      appUrl: withLogin(ownerUrl, 'tilts_app', secrets.appPassword),
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
