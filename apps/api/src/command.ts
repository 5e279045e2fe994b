import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Client } from 'pg';
import { BackupRefused, codeOf } from './database/backup/refused.js';
import { startEmbeddedDatabase } from './database/embedded-database.js';
import { KeysDoNotMatch } from './database/key-check.js';
import { DatabaseTooNew } from './database/migrate.js';
import { EnvironmentRefused, readEnvironment, type Environment } from './platform/environment.js';
import { embeddedPasswordFile, KeysUnusable } from './platform/secrets.js';

/** What whoever types the command can repair: one line says how, and a stack would hide it. */
const forPeople = [BackupRefused, EnvironmentRefused, KeysUnusable, KeysDoNotMatch, DatabaseTooNew];

/** Runs one command of the terminal to its end: 0 when it did what it says, 1 when it was refused. */
export async function runCommand(work: (environment: Environment) => Promise<void>): Promise<never> {
  try {
    await work(readEnvironment());
    process.exit(0);
  } catch (error) {
    endLine();
    console.error(forPeople.some((kind) => error instanceof kind) ? `\n${(error as Error).message}\n` : error);
    process.exit(1);
  }
}

/** Options and arguments as they were typed; a misspelt one is refused together with how it is written. */
export function typed<T extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: T,
): ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>> {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new BackupRefused(`${error instanceof Error ? error.message : String(error)}\nUsage: ${usage}`, {
      cause: error,
    });
  }
}

/** An owner's login on the installation's database; the embedded server is joined, or started for the while. */
export async function openDatabase(
  environment: Environment,
  { mayCreate }: { mayCreate: boolean },
): Promise<{ ownerUrl: string; close(): Promise<void> }> {
  const { databaseUrl, dataDir, keysDir } = environment;
  if (databaseUrl) {
    await refuseDeaf(databaseUrl);
    return { ownerUrl: databaseUrl, close: async () => undefined };
  }
  if (!mayCreate && !existsSync(join(dataDir, 'postgres')))
    throw new BackupRefused(`There is no database in DATA_DIR (${dataDir}), and DATABASE_URL is not set`);
  const server = await startEmbeddedDatabase({
    dataDir,
    passwordFile: embeddedPasswordFile(keysDir),
    durability: 'full',
    onStep: say,
  }).catch((error: unknown) => {
    throw new BackupRefused(error instanceof Error ? error.message : String(error), { cause: error });
  });
  return { ownerUrl: server.ownerUrl, close: () => server.stop() };
}

async function refuseDeaf(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    const why = codeOf(error) ?? (error instanceof Error ? error.message : 'unknown reason');
    throw new BackupRefused(`The database of DATABASE_URL does not let us in (${why})`, { cause: error });
  } finally {
    await client.end().catch(() => undefined);
  }
}

let open = false;

/** A line that stays. */
export function say(text: string): void {
  endLine();
  console.log(`  ${text}`);
}

/** How far it is: on a terminal one line that changes, elsewhere a line each. */
export function sayTable({ name, rows }: { name: string; rows: number }, done: number, of: number): void {
  const text = `  ${String(done).padStart(3)}/${of}  ${name.padEnd(26)} ${rows.toLocaleString('en').padStart(12)} rows`;
  if (!process.stdout.isTTY) return console.log(text);
  process.stdout.write(`\r\u001b[2K${text}`);
  open = true;
}

function endLine(): void {
  if (open) process.stdout.write('\n');
  open = false;
}
