import type { Client } from 'pg';

export interface Found {
  table: string;
  column: string;
  word: string;
}

/**
 * Looks for words in every column of every table, as text and as the hex of bytes: what somebody learns who holds the files,
 * a backup or a superuser's login. `superuser` looks past row security.
 */
export async function findInEveryColumn(superuser: Client, words: readonly string[]): Promise<Found[]> {
  const { rows: columns } = await superuser.query<{ table: string; column: string }>(`
    SELECT format('%I.%I', n.nspname, c.relname) AS table, quote_ident(a.attname) AS column
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'm', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
    ORDER BY 1, 2`);
  const found: Found[] = [];
  const wanted = words.flatMap((word) =>
    [word, word.normalize('NFD')].map((form) => ({
      word,
      form: form.toLowerCase(),
      hex: Buffer.from(form).toString('hex'),
    })),
  );
  for (const { table, column } of columns) {
    // bytea as text is its hex, so one look sees both; text is also looked at as the hex of its bytes.
    const { rows } = await superuser.query<{ word: string }>(
      `WITH body AS MATERIALIZED (SELECT DISTINCT lower(t.${column}::text) AS text FROM ${table} t)
       SELECT DISTINCT w.word FROM body, jsonb_to_recordset($1::jsonb) AS w(word text, form text, hex text)
       WHERE strpos(body.text, w.form) > 0 OR strpos(body.text, w.hex) > 0`,
      [JSON.stringify(wanted)],
    );
    found.push(...rows.map(({ word }) => ({ table, column, word })));
  }
  return found;
}
