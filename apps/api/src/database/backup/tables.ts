import type { Client } from 'pg';
import { BackupRefused } from './refused.js';

/** A table as it is copied: these columns, in this order of rows. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** ORDER BY: the primary key, so that equal rows give equal bytes on every server. */
  readonly order: string;
}

interface Row {
  name: string;
  columns: string[];
  order: string | null;
  refers_to: string[];
}

/** Every table of ours, those that others refer to first. Migrations tell themselves; the mail queue is told apart. */
export async function readTables(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Row>(`
    SELECT c.relname::text AS name,
      (SELECT coalesce(array_agg(quote_ident(a.attname) ORDER BY a.attname), '{}') FROM pg_attribute a
       WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
      (SELECT string_agg(quote_ident(a.attname) || CASE WHEN a.attcollation <> 0 THEN ' COLLATE "C"' ELSE '' END, ', ' ORDER BY k.place)
       FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k (attnum, place), pg_attribute a
       WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid AND a.attnum = k.attnum) AS "order",
      (SELECT coalesce(array_agg(DISTINCT f.confrelid::regclass::text), '{}') FROM pg_constraint f
       WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS refers_to
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'migration' ORDER BY c.relname`);
  return inOrder(rows).map(({ name, columns, order }) => {
    if (!order) throw new BackupRefused(`The table ${name} has no primary key, so its rows cannot be told apart`);
    return { name, columns, order };
  });
}

/** Parents before children, since the owner may not switch references off. */
export function inOrder<T extends { name: string; refers_to: readonly string[] }>(tables: readonly T[]): T[] {
  const left = new Map(tables.map((table) => [table.name, table]));
  const done: T[] = [];
  while (left.size > 0) {
    const ready = [...left.values()].filter(({ refers_to }) => !refers_to.some((name) => left.has(name)));
    if (ready.length === 0)
      throw new BackupRefused(`These tables refer to each other in a circle: ${[...left.keys()].join(', ')}`);
    for (const table of ready) left.delete(table.name);
    done.push(...ready);
  }
  return done;
}

/**
 * COPY under row security silently leaves out what policies hide, and the owner is under it too. So each table must show the
 * copying role every row: a permissive policy that is simply true, and none that restricts.
 */
export async function refuseHiddenRows(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT c.relname::text AS name FROM pg_class c, pg_roles me
    WHERE me.rolname = current_user AND c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relrowsecurity
      AND NOT (me.rolsuper OR me.rolbypassrls) AND (c.relforcerowsecurity OR NOT pg_has_role(c.relowner, 'USAGE'))
      AND (NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd IN ('*', 'r')
                       AND (0 = ANY (p.polroles) OR me.oid = ANY (p.polroles)) AND pg_get_expr(p.polqual, c.oid) = 'true')
        OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive AND p.polcmd IN ('*', 'r')
                   AND (0 = ANY (p.polroles) OR EXISTS (SELECT FROM unnest(p.polroles) r WHERE r <> 0 AND pg_has_role(r, 'USAGE')))))
    ORDER BY 1`);
  if (rows.length > 0) {
    throw new BackupRefused(
      `Row security would hide rows from this backup in: ${rows.map(({ name }) => name).join(', ')}. ` +
        'Somebody changed the policies by hand; the owner must see every row',
    );
  }
}
