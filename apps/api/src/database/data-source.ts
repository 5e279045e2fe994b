import { types } from 'pg';
import { DataSource } from 'typeorm';
import { entities } from '../entities.js';
import { migrations } from './migrations/migrations.js';
import { TableNames } from './table-names.js';

const INT8 = 20;
const DATE = 1082;
const TIMESTAMP = 1114;
const TIMESTAMPTZ = 1184;

/**
 * Days and moments come back as text: a Date would shift a day by the time zone, and making Dates is half of a list's cost.
 * Held by our own connections only, since other libraries in this process (pg-boss) expect Dates.
 */
const parsers: Record<number, (text: string) => unknown> = {
  [INT8]: Number,
  [DATE]: (text) => text,
  [TIMESTAMP]: (text) => text,
  // The connection's time zone is UTC, so PostgreSQL ends every moment with +00. It leaves zeros at the end out („.14”), JavaScript
  // does not („.140”): what was just written and what is read again is one text.
  [TIMESTAMPTZ]: (text) => `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, '0')}Z`,
};

const textTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
    parsers[oid] ?? types.getTypeParser(oid, format as 'text'),
};

/** The connections to the database, with all tables. Nothing is connected until `initialize()`. */
export function makeDataSource(
  url: string,
  { poolSize = 10, name = 'tilts', pipeline = true }: { poolSize?: number; name?: string; pipeline?: boolean } = {},
): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    poolSize,
    applicationName: name,
    entities,
    migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'all',
    namingStrategy: new TableNames(),
    synchronize: false,
    installExtensions: false,
    // Logging would write parameters: names of people.
    logging: false,
    // pipeline: BEGIN and the session's context travel in one trip.
    extra: { pipeline, types: textTypes, options: '-c timezone=UTC' },
  });
}

/** The same database with another login. */
export function withLogin(url: string, user: string, password: string): string {
  const changed = new URL(url);
  changed.username = user;
  changed.password = encodeURIComponent(password);
  return changed.href;
}
