import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { replaceWhole } from '../../platform/key-file.js';
import {
  keysFileIn,
  LiveSealingKeys,
  LOOK_EVERY,
  parseSealingKeys,
  withNewKey,
  withoutOldKeys,
} from '../../platform/sealing-keys.js';
import { BackupRefused } from '../backup/refused.js';
import { writeKeyBundle } from '../backup/key-bundle.js';
import { recogniseKeys } from '../key-check.js';
import { lookUpKeyOf, Seals } from '../seals.js';
import { countByKey, resealTable } from './reseal.js';
import { RESEAL_LOCK } from './resealing.js';
import { sealedTables } from './sealed-tables.js';

export interface Rotation {
  ownerUrl: string;
  keysDir: string;
}

/** Of one table: rows by the number of the key that sealed them. */
export interface TableStatus {
  readonly table: string;
  readonly rows: ReadonlyMap<number, number>;
}

/**
 * Adds a master key with which everything is sealed from now on; what is sealed already follows in the background (Resealing). The
 * new key is in a bundle before the first row needs it.
 */
export async function addKey(
  { ownerUrl, keysDir }: Rotation,
  bundle: { file: string; passphrase: string; work?: number },
): Promise<number> {
  return withOwner(ownerUrl, async (owner) => {
    await lockOrRefuse(owner, ROTATE_LOCK, 'Another rotation is just beginning');
    const file = keysFileIn(keysDir);
    const text = readFileSync(file, 'utf8');
    const { current } = parseSealingKeys(file, text);
    await recogniseKeys(ownerUrl, parseSealingKeys(file, text));
    const left = olderRows(await statusOf(owner), current);
    if (left > 0)
      throw new BackupRefused(`The last rotation is not finished: ${left} rows wait to be sealed with key ${current}`);
    const next = withNewKey(file, text);
    await writeKeyBundle({ ...bundle, keysDir, keysJson: next });
    replaceWhole(file, next);
    const sealing = parseSealingKeys(file, next);
    await recogniseKeys(ownerUrl, sealing);
    return sealing.current;
  });
}

export async function keyStatus(ownerUrl: string): Promise<TableStatus[]> {
  return withOwner(ownerUrl, statusOf);
}

/** How many rows were sealed with another key than this one. */
export function olderRows(status: readonly TableStatus[], current: number): number {
  const older = status.flatMap(({ rows }) => [...rows].filter(([key]) => key !== current).map(([, count]) => count));
  return older.reduce((sum, count) => sum + count, 0);
}

/**
 * Takes the older keys out of KEYS_DIR once nothing needs them; backups of before keep needing their own bundle. Returns the numbers
 * of the keys that went.
 */
export async function retireKeys({ ownerUrl, keysDir }: Rotation, look = LOOK_EVERY): Promise<number[]> {
  return withOwner(ownerUrl, async (owner) => {
    const file = keysFileIn(keysDir);
    const sealing = new LiveSealingKeys(file, readFileSync(file, 'utf8'));
    const old = [...sealing.keys.keys()].filter((number) => number !== sealing.current);
    if (old.length === 0)
      throw new BackupRefused(`There is only one sealing key (${sealing.current}); nothing to retire`);
    await recogniseKeys(ownerUrl, sealing);
    await lockOrRefuse(owner, ROTATE_LOCK, 'Another rotation is just beginning');
    await lockOrRefuse(
      owner,
      RESEAL_LOCK,
      'Tilts is sealing anew at this moment; ask again when --status says that it is done',
    );
    // Every process has seen the new key, and what was begun before that is over: nobody writes with an old key any more.
    // Waited from now on: the clock of whoever wrote the file may be another one.
    await sleep(2 * look);
    await othersEnded(owner);
    const seals = new Seals(sealing);
    for (const table of sealedTables) await resealTable(owner, seals, table, async () => true);
    const left = olderRows(await statusOf(owner), sealing.current);
    if (left > 0)
      throw new BackupRefused(`${left} rows are still sealed with an older key (or are damaged); nothing was retired`);
    await owner.query('DELETE FROM key_check WHERE id = ANY ($1)', [old]);
    replaceWhole(file, withoutOldKeys(file, readFileSync(file, 'utf8'), lookUpKeyOf(sealing)));
    return old;
  });
}

/** Any number that nobody else in this database uses. */
const ROTATE_LOCK = 20_171_005;

async function statusOf(owner: Client): Promise<TableStatus[]> {
  const status: TableStatus[] = [];
  for (const table of sealedTables) status.push({ table: table.table, rows: await countByKey(owner, table) });
  return status;
}

async function lockOrRefuse(owner: Client, lock: number, why: string): Promise<void> {
  const { rows } = await owner.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [lock]);
  if (!rows[0]?.mine) throw new BackupRefused(why);
}

/** Waits until every transaction that runs now is over. */
async function othersEnded(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ now: string }>('SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS now');
  for (;;) {
    const { rows: open } = await owner.query<{ over: boolean }>(
      'SELECT pg_snapshot_xmin(pg_current_snapshot()) >= $1::text::xid8 AS over',
      [rows[0]?.now],
    );
    if (open[0]?.over) return;
    await sleep(100);
  }
}

async function withOwner<T>(ownerUrl: string, work: (owner: Client) => Promise<T>): Promise<T> {
  const owner = new Client({ connectionString: ownerUrl, application_name: 'tilts-rotate-keys' });
  owner.on('error', () => undefined);
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end().catch(() => undefined);
  }
}
