import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { decryptFile } from './age-file.js';
import { Tally, type TableSum } from './copy.js';
import {
  ABOUT,
  ARCHIVE_VERSION,
  MANIFEST,
  parseAbout,
  parseManifest,
  parseProof,
  PROOF,
  provedText,
  tableOfPart,
  type About,
  type Manifest,
  type Proof,
} from './manifest.js';
import { Seals } from '../seals.js';
import type { SealingKeys } from '../../platform/sealing-keys.js';
import type { KeyBundle } from './key-bundle.js';
import { BackupRefused } from './refused.js';
import { untar } from './tar.js';

/** Who takes an archive's content as it is read. */
export interface Receiver {
  about?(about: About): Promise<void> | void;
  /** Rows of one table, those of a table one after the other, the tables in their order. */
  rows?(table: string, rows: Buffer): Promise<void>;
  /** All rows were given. */
  end?(): Promise<void>;
  /** Told after each table. */
  onTable?(sum: TableSum, done: number, of: number): Promise<void> | void;
}

/** What an archive says of itself, after all of it was read and found to be so. */
export interface Content {
  readonly about: About;
  readonly manifest: Manifest;
}

/**
 * Reads an archive to its end and compares all of it with what it says of itself. Resolves only when every byte is right; a receiver
 * that changes anything must be able to take it back.
 */
export async function readArchive(
  file: string,
  { identity, sealing }: Pick<KeyBundle, 'identity' | 'sealing'>,
  receiver: Receiver = {},
): Promise<Content> {
  const unzipped = pipeline(decryptFile(file, identity), createGunzip(), () => undefined);
  const reading = new Reading(receiver, sealing);
  const tidied = damagedMeans(file, untar(unzipped));
  for await (const { name, body } of tidied) {
    await reading.take(name, body).catch((error: unknown) => {
      throw error instanceof Damaged ? refusal(file, error) : error;
    });
  }
  try {
    return await reading.end();
  } catch (error) {
    throw error instanceof Damaged ? refusal(file, error) : error;
  }
}

/** The archive does not say what it says it says. */
class Damaged extends Error {}

const refusal = (file: string, cause: unknown): BackupRefused =>
  new BackupRefused(`${file} is cut or was altered: nothing of it can be trusted`, { cause });

/** What goes wrong before a row reaches the receiver is the archive's fault. */
async function* damagedMeans<T>(file: string, entries: AsyncIterable<T>): AsyncGenerator<T> {
  const source = entries[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await source.next().catch((error: unknown) => {
        throw error instanceof BackupRefused ? error : refusal(file, error);
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await source.return?.(undefined);
  }
}

class Reading {
  private about: About | undefined;
  private manifest: Manifest | undefined;
  private tally = new Tally();
  private part = 0;
  private readonly sums: TableSum[] = [];

  private bodies: { about?: Buffer; manifest?: Buffer } = {};
  private proved = false;

  constructor(
    private readonly receiver: Receiver,
    private readonly sealing: SealingKeys,
  ) {}

  async take(name: string, body: Buffer): Promise<void> {
    if (!this.about) {
      if (name !== ABOUT) throw new Damaged('about.json does not come first');
      this.about = understood(parsed(() => parseAbout(body)));
      this.bodies.about = Buffer.from(body);
      await this.receiver.about?.(this.about);
      return;
    }
    if (this.manifest) {
      if (name !== PROOF || this.proved) throw new Damaged(`${name} comes after the manifest`);
      this.prove(parsed(() => parseProof(body)));
      return;
    }
    if (name === MANIFEST) {
      while (this.current) await this.next();
      this.manifest = parsed(() => parseManifest(body));
      this.bodies.manifest = Buffer.from(body);
      await this.receiver.end?.();
      return;
    }
    const of = tableOfPart(name);
    if (!of) throw new Damaged(`${name} is no part of a table`);
    while (this.current && this.current !== of.table) await this.next();
    if (this.current !== of.table || of.part !== ++this.part) throw new Damaged(`${name} is not next`);
    this.tally.add(body);
    await this.receiver.rows?.(of.table, body);
  }

  async end(): Promise<Content> {
    const { about, manifest } = this;
    if (!about || !manifest) throw new Damaged('the manifest is missing');
    if (!this.proved) throw new Damaged('the proof is missing');
    if (JSON.stringify(manifest.tables) !== JSON.stringify(this.sums)) throw new Damaged('the sums differ');
    return { about, manifest };
  }

  private prove({ key, mac }: Proof): void {
    const { about, manifest } = this.bodies;
    if (!this.sealing.keys.has(key))
      throw new BackupRefused(`The key bundle lacks sealing key ${key}, by which this archive proves itself`);
    if (!about || !manifest || new Seals(this.sealing).vouchFor(provedText(about, manifest), key) !== mac)
      throw new BackupRefused(
        'The archive was not written by this installation, or was altered: nothing of it can be trusted',
      );
    this.proved = true;
  }

  private get current(): string | undefined {
    return this.about?.tables[this.sums.length]?.name;
  }

  private async next(): Promise<void> {
    const sum = this.tally.sumOf(this.current ?? '');
    this.sums.push(sum);
    [this.tally, this.part] = [new Tally(), 0];
    await this.receiver.onTable?.(sum, this.sums.length, this.about?.tables.length ?? 0);
  }
}

function understood(about: About): About {
  if (about.version !== ARCHIVE_VERSION) {
    throw new BackupRefused(
      `The archive has the format ${about.version}, and this Tilts reads ${ARCHIVE_VERSION}: take the Tilts that made it (${about.tilts}) or a newer one`,
    );
  }
  return about;
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Damaged('what it says of itself cannot be read', { cause: error });
  }
}
