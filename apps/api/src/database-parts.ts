import { existsSync, readFileSync } from 'node:fs';
import type { EntityManager } from 'typeorm';
import { loadReferenceData } from './directory/reference-data.js';
import { makeMailQueue } from './notices/mail-queue-schema.js';

/** SQL that features add to a migrated database, in this order; each file may be applied again and again. */
const sqlFiles = [
  'database/row-security.sql',
  'database/beyond-reach.sql',
  'database/readiness.sql',
  'access/account-functions.sql',
  'access/access-functions.sql',
  'imports/import-functions.sql',
  'access/second-factor-functions.sql',
  'reports/report-functions.sql',
  'sync/change-stamps.sql',
  'sync/rescue-functions.sql',
];

/** Read at each migrate. They stand beside the modules, built or not. */
export function sqlParts(): { file: string; sql: string }[] {
  return sqlFiles
    .map((file) => ({ file, url: new URL(file, import.meta.url) }))
    .filter(({ url }) => existsSync(url))
    .map(({ file, url }) => ({ file, sql: readFileSync(url, 'utf8') }));
}

/** What every installation holds before anybody signs in; written as the owner. */
export async function fillIn(ownerUrl: string, manager: EntityManager): Promise<void> {
  await loadReferenceData(manager);
  await manager.query(await makeMailQueue(ownerUrl));
}
