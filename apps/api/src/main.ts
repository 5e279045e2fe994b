import { ControllerUnnamed } from './access/controller-name.js';
import { KeysDoNotMatch } from './database/key-check.js';
import { createApp } from './create-app.js';
import { Resealing } from './database/rotation/resealing.js';
import { DatabaseTooNew } from './database/migrate.js';
import { leave } from './operations/leave.js';
import { FiguresPortTaken } from './operations/metrics-server.js';
import { watch } from './operations/watch.js';
import { startDatabase, type RunningDatabase } from './start-database.js';
import { makeLog } from './platform/log.js';
import { EnvironmentRefused, readEnvironment, type Environment } from './platform/environment.js';
import { KeysUnusable } from './platform/secrets.js';
import { findWebBuild } from './platform/web-build.js';
import { firstSteps, greeting } from './greeting.js';

/** Starts one Tilts: settings, database, demo data, doors open; and stops it cleanly. */
async function start(environment: Environment): Promise<void> {
  const step = (text: string): void => console.log(`  ${text} …`);
  const database = await startDatabase(environment, step, () => fail(new DatabaseLost()));
  let stop = (): Promise<void> => database.stop();
  const onSignal = once(() => stop());
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  try {
    stop = await serve(environment, database, step);
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function serve(
  environment: Environment,
  database: RunningDatabase,
  step: (text: string) => void,
): Promise<() => Promise<void>> {
  const { secrets, appUrl, ownerUrl } = database;
  const log = makeLog(environment.logLevel);
  const app = await createApp({ environment, secrets, appUrl, web: findWebBuild() }, log);
  let watching = { end: () => Promise.resolve() };
  const forgetKeys = secrets.sealing.watch();
  const resealing = new Resealing(ownerUrl, secrets.sealing, log);
  // Answers what has begun, then lets go of the database; the embedded server stops when nobody else uses it.
  const stop = async (): Promise<void> => {
    await leave(app, environment.stopDelay);
    await watching.end();
    forgetKeys();
    await resealing.end();
    await database.stop();
    log.flush();
  };
  try {
    const invitation = await firstSteps(environment, secrets, ownerUrl, step);
    watching = await watch(app, environment, secrets);
    resealing.start();
    await app.listen({ host: environment.host, port: environment.port });
    console.log(greeting(environment, invitation));
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

/** A second Ctrl-C does not wait; a second SIGTERM is the same wish, sent to the process and to its group. */
function once(stop: () => Promise<void>): (signal: NodeJS.Signals) => void {
  let stopping = false;
  return (signal) => {
    if (stopping && signal === 'SIGINT') process.exit(130);
    if (stopping) return;
    stopping = true;
    console.log('\n  Stopping …');
    stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
}

function fail(error: unknown): never {
  console.error(
    inUse(error) ?? (forPeople.some((kind) => error instanceof kind) ? `\n${(error as Error).message}\n` : error),
  );
  process.exit(1);
}

/** Whoever watches over Tilts starts it again, and the database with it; answering 503 for ever would hide it from them. */
class DatabaseLost extends Error {
  constructor() {
    super('The database server was ended from outside. Start Tilts again: everything that was saved is there.');
  }
}

/** What whoever starts Tilts can repair: the message says how, and a stack would hide it. */
const forPeople = [
  ControllerUnnamed,
  EnvironmentRefused,
  KeysUnusable,
  KeysDoNotMatch,
  DatabaseTooNew,
  DatabaseLost,
  FiguresPortTaken,
];

function inUse(error: unknown): string | undefined {
  const { code, port } = error as { code?: unknown; port?: unknown };
  return code === 'EADDRINUSE'
    ? `\nPort ${String(port)} is taken by another program. Choose another one: PORT=3001 npm start\n`
    : undefined;
}

try {
  await start(readEnvironment());
} catch (error) {
  fail(error);
}
