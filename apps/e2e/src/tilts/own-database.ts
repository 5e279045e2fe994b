import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { OwnTilts } from './own-tilts.js';

/** Says something to the database of a test's own Tilts, as its owner: for what would take ten minutes of waiting. */
export async function tellDatabase(tilts: OwnTilts, sql: string): Promise<void> {
  const password = readFileSync(join(tilts.folder, 'keys', 'database-owner.password'), 'utf8').trim();
  const [, , , port] = readFileSync(join(tilts.folder, 'data', 'postgres', 'pgdata', 'postmaster.pid'), 'utf8').split(
    '\n',
  );
  const client = new Client({
    host: '127.0.0.1',
    port: Number(port),
    user: 'tilts_owner',
    password,
    database: 'tilts',
  });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
