import { existsSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { replaceWhole } from '../../platform/key-file.js';
import { keysFileIn, parseSealingKeys, type SealingKeys } from '../../platform/sealing-keys.js';
import { Seals } from '../seals.js';
import { lock, unlock } from './age-file.js';
import { LOCKED_IDENTITY_FILE, openBackupKey, RECIPIENT_FILE } from './backup-key.js';
import { jsonOf } from './manifest.js';
import { BackupRefused } from './refused.js';
import { tar, untar, type TarEntry } from './tar.js';
import { writeWhole } from './whole-file.js';

const FORMAT = 'tilts-keys';
const BUNDLE_VERSION = 1;
/** Passwords of the database server stay behind: they belong to that server, a restore makes others. */
const KEPT = ['keys.json', 'token.key', 'cookie.key', RECIPIENT_FILE, LOCKED_IDENTITY_FILE] as const;
const IDENTITY = 'backup-identity.txt';
/** In KEYS_DIR: which keys the newest bundle holds, by their check values. */
const NOTE = 'backup-bundle.json';

/** The keys of one installation on their way to a safe: what opens the archives, and what opens the names and notes within. */
export interface KeyBundle {
  readonly identity: string;
  readonly sealing: SealingKeys;
  /** Files of KEYS_DIR by their names. */
  readonly files: ReadonlyMap<string, string>;
}

export interface BundleOptions {
  keysDir: string;
  file: string;
  passphrase: string;
  /** keys.json as it will be, when a key is about to be added: no row may be sealed with a key that is in no bundle. */
  keysJson?: string;
  /** Specs take less. */
  work?: number;
}

export async function writeKeyBundle({ keysDir, file, passphrase, keysJson, work }: BundleOptions): Promise<void> {
  const key = await openBackupKey(keysDir, passphrase, work);
  const text = keysJson ?? readFileSync(keysFileIn(keysDir), 'utf8');
  const sealing = parseSealingKeys(keysFileIn(keysDir), text);
  const made = new Date().toISOString();
  const entries: TarEntry[] = [
    { name: 'bundle.json', body: jsonOf({ format: FORMAT, version: BUNDLE_VERSION, madeAt: made }) },
    {
      name: IDENTITY,
      body: Buffer.from(`# Opens the archives: age -d -i ${IDENTITY} tilts-backup-….age\n${key.identity}\n`),
    },
    ...KEPT.map((name) => ({
      name,
      body: name === 'keys.json' ? Buffer.from(text) : readFileSync(join(keysDir, name)),
    })),
  ];
  await writeWhole(file, [await lock(passphrase, await packed(entries), work)]);
  noteBundle(keysDir, sealing);
}

function noteBundle(keysDir: string, sealing: SealingKeys): void {
  replaceWhole(join(keysDir, NOTE), JSON.stringify({ keys: checkValues(sealing) }, null, 2));
}

/** Whether the newest bundle holds every key that is used now. */
export function bundleHoldsAll(keysDir: string, sealing: SealingKeys): boolean {
  const note = join(keysDir, NOTE);
  if (!existsSync(note)) return false;
  const { keys } = JSON.parse(readFileSync(note, 'utf8')) as { keys: Record<string, string> };
  return Object.entries(checkValues(sealing)).every(([number, value]) => keys[number] === value);
}

export async function openKeyBundle(file: string, passphrase: string): Promise<KeyBundle> {
  const locked = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new BackupRefused(
      error.code === 'ENOENT' ? `${file} is not there` : `${file} cannot be read (${error.code})`,
    );
  });
  const plain = await unlock(passphrase, locked, file);
  const files = new Map<string, Buffer>();
  for await (const { name, body } of untar(Readable.from([plain]))) files.set(name, body);
  const { format, version } = JSON.parse(String(files.get('bundle.json') ?? '{}')) as Record<string, unknown>;
  if (format !== FORMAT) throw new BackupRefused(`${file} is no key bundle of Tilts`);
  if (version !== BUNDLE_VERSION) throw new BackupRefused(`${file} was made by a newer Tilts: take that one`);
  const kept = KEPT.map((name) => [name, String(files.get(name)).trim()] as const);
  return {
    identity: /^AGE-SECRET-KEY-\S+$/m.exec(String(files.get(IDENTITY)))?.[0] ?? '',
    sealing: parseSealingKeys(`${file}: keys.json`, String(files.get('keys.json'))),
    files: new Map(kept),
  };
}

/** Puts the keys into a KEYS_DIR that has none. What it returns takes them out again. */
export function unpackKeys(keysDir: string, { files, sealing }: KeyBundle): () => void {
  refuseOtherKeys(keysDir, { files });
  const written = [...files].filter(([name]) => !existsSync(join(keysDir, name)));
  for (const [name, text] of written) replaceWhole(join(keysDir, name), text);
  noteBundle(keysDir, sealing);
  return () => [...written.map(([name]) => name), NOTE].forEach((name) => rmSync(join(keysDir, name), { force: true }));
}

/** Keys that lie there already must be these very ones (of a restore that was cut off). */
export function refuseOtherKeys(keysDir: string, { files }: Pick<KeyBundle, 'files'>): void {
  for (const [name, text] of files) {
    const file = join(keysDir, name);
    if (existsSync(file) && readFileSync(file, 'utf8').trim() !== text)
      throw new BackupRefused(
        `KEYS_DIR (${keysDir}) holds other keys already (${name}): a restore needs a KEYS_DIR without keys`,
      );
  }
}

/** By which the keys are recognised without being told: number → base64. */
export function checkValues(sealing: SealingKeys): Record<string, string> {
  const seals = new Seals(sealing);
  return Object.fromEntries([...sealing.keys.keys()].map((id) => [id, seals.checkValue(id).toString('base64')]));
}

async function packed(entries: readonly TarEntry[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of tar(Readable.from(entries))) chunks.push(chunk);
  return Buffer.concat(chunks);
}
