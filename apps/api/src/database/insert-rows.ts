import type { RequestTransaction } from './request-transaction.js';

/** A statement that writes rows of a table, and under which name each property of its entity stands there. */
interface Insertion {
  sql: string;
  names: [property: string, column: string][];
}

const insertions = new Map<new () => object, Insertion>();

/**
 * Writes rows by their entity, all in one statement that is the same however many they are: PostgreSQL plans it once for a connection.
 * (`manager.insert` makes another text for each number of rows, which is parsed and planned anew each time.)
 */
export async function insertRows<E extends object>(
  transaction: RequestTransaction,
  entity: new () => E,
  rows: readonly E[],
): Promise<void> {
  if (rows.length === 0) return;
  const { sql, names } = insertionOf(transaction, entity);
  const values = rows.map((row) => {
    const said = row as Record<string, unknown>;
    return Object.fromEntries(names.map(([property, column]) => [column, writable(said[property])]));
  });
  await transaction.query(sql, [JSON.stringify(values)]);
}

function insertionOf({ manager }: RequestTransaction, entity: new () => object): Insertion {
  let insertion = insertions.get(entity);
  if (!insertion) {
    const { tableName, columns } = manager.connection.getMetadata(entity);
    const names = columns.map((column): [string, string] => [column.propertyName, column.databaseName]);
    const listed = names.map(([, column]) => `"${column}"`).join(', ');
    const sql = `INSERT INTO "${tableName}" (${listed}) SELECT ${listed} FROM json_populate_recordset(NULL::"${tableName}", $1::json)`;
    insertions.set(entity, (insertion = { sql, names }));
  }
  return insertion;
}

/** Bytes as PostgreSQL reads them in a text. */
function writable(value: unknown): unknown {
  return Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value;
}
