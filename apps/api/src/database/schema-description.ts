import type { Client } from 'pg';

/** Every table of ours as PostgreSQL understands it, a line for each column, constraint and index; equal lines mean equal schemas. */
export async function describeSchema(client: Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(
    `
    WITH ours AS (SELECT oid, relname FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'r' AND relname <> 'migration')
    SELECT relname || '.' || attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
      || coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), '') || ' -- ' || coalesce(col_description(attrelid, attnum), 'no privacy class') AS line
    FROM ours JOIN pg_attribute ON attrelid = ours.oid AND attnum > 0 AND NOT attisdropped LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    UNION ALL SELECT relname || ' ' || conname || ' ' || pg_get_constraintdef(c.oid) FROM ours JOIN pg_constraint c ON conrelid = ours.oid
    UNION ALL SELECT pg_get_indexdef(indexrelid) FROM ours JOIN pg_index ON indrelid = ours.oid
    ORDER BY 1`,
    [schema],
  );
  return rows.map(({ line }) => line);
}
