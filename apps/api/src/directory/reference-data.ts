import type { EntityManager } from 'typeorm';
import { municipalityRows } from '../municipalities/municipality-seed.js';
import { directoryRows } from './directory-rows.js';
import { workingDayExceptions } from './working-days-seed.js';

/**
 * Writes what every installation knows before anybody signs in: municipalities, institutions with their services, and days
 * that work differently. Runs as the owner after each migrate; the seed wins, since the directory is read-only in the pages.
 */
export async function loadReferenceData(manager: EntityManager): Promise<void> {
  const { municipalities, periods } = municipalityRows();
  const { institutions, services } = directoryRows();
  await upsert(manager, 'municipality', 'id', municipalities);
  await upsert(manager, 'municipality_period', 'id', periods);
  await upsert(manager, 'institution', 'id', institutions);
  await upsert(manager, 'service', 'id', services);
  await upsert(manager, 'working_day_exception', 'day', workingDayExceptions);
}

async function upsert(manager: EntityManager, table: string, key: string, rows: readonly object[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const changed = columns.filter((column) => column !== key).map((column) => `${column} = excluded.${column}`);
  await manager.query(
    `INSERT INTO ${table} (${columns.join(', ')})
     SELECT ${columns.join(', ')} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)
     ON CONFLICT (${key}) DO UPDATE SET ${changed.join(', ')}`,
    [JSON.stringify(rows)],
  );
}
