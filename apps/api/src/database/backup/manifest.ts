import { createHash } from 'node:crypto';
import type { TableSum } from './copy.js';
import type { Table } from './tables.js';

/** Of the whole archive; a version that we do not know is refused. */
export const ARCHIVE_VERSION = 1;
const FORMAT = 'tilts-backup';

/** The first entry, `about.json`: what one must know before the first row. */
export interface About {
  readonly format: typeof FORMAT;
  readonly version: number;
  readonly tilts: string;
  readonly postgres: string;
  readonly madeAt: string;
  /** Of the installation that it was made of; null before installations had one. */
  readonly generation: string | null;
  /** Names of the migrations that made these tables. */
  readonly migrations: readonly string[];
  /** By which the sealing keys are recognised that open the sealed columns: number → check value (base64). */
  readonly keys: Readonly<Record<string, string>>;
  /** In an order in which rows can be put in. */
  readonly tables: readonly Pick<Table, 'name' | 'columns'>[];
}

/** The last entry, `manifest.json`: what all rows together must give. */
export interface Manifest {
  readonly tables: readonly TableSum[];
  /** Notices whose mail was not sent yet: ids, as in the queue. */
  readonly mail: readonly string[];
}

/**
 * After the last entry, `proof.json`: that the holder of a sealing key wrote what stands before it. Whoever knows the recipient, which
 * is no secret, can make an age file for us; rows that nobody here wrote would come in by it.
 */
export interface Proof {
  readonly key: number;
  /** Of about.json and manifest.json, which has the sums of all rows. */
  readonly mac: string;
}

export const ABOUT = 'about.json';
export const MANIFEST = 'manifest.json';
export const PROOF = 'proof.json';

/** What a proof is made of. */
export const provedText = (about: Buffer, manifest: Buffer): string =>
  [about, manifest].map((body) => createHash('sha256').update(body).digest('hex')).join();

/** `tables/visit/000001.copy`; the parts of a table put together are what `COPY visit FROM STDIN` takes. */
export const partName = (table: string, part: number): string =>
  `tables/${table}/${String(part).padStart(6, '0')}.copy`;

export function tableOfPart(name: string): { table: string; part: number } | undefined {
  const match = /^tables\/([^/]+)\/(\d{6})\.copy$/.exec(name);
  return match?.[1] ? { table: match[1], part: Number(match[2]) } : undefined;
}

export function aboutOf(facts: Omit<About, 'format' | 'version'>): About {
  return { format: FORMAT, version: ARCHIVE_VERSION, ...facts };
}

export const jsonOf = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

/** Throws on what is none. */
export function parseAbout(body: Buffer): About {
  const about = JSON.parse(body.toString('utf8')) as Partial<About>;
  if (about.format !== FORMAT || !Array.isArray(about.tables) || !Array.isArray(about.migrations) || !about.keys)
    throw new Error('about.json is not one of a backup');
  return about as About;
}

export function parseProof(body: Buffer): Proof {
  const { key, mac } = JSON.parse(body.toString('utf8')) as Partial<Proof>;
  if (!Number.isInteger(key) || typeof mac !== 'string') throw new Error('proof.json is not one of a backup');
  return { key: Number(key), mac };
}

export function parseManifest(body: Buffer): Manifest {
  const manifest = JSON.parse(body.toString('utf8')) as Partial<Manifest>;
  if (!Array.isArray(manifest.tables) || !Array.isArray(manifest.mail))
    throw new Error('manifest.json is not one of a backup');
  return manifest as Manifest;
}
