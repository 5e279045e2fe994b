import type { ChoiceList } from '@tilts/domain';
import { Check, Column, ForeignKey, type ColumnOptions } from 'typeorm';
import { columnNameOf } from './table-names.js';

/**
 * The vocabulary of columns: each carries its type, its checks and, as the comment on the column, its privacy class.
 * `open`: coded facts that reports may count. `sealed`: readable only with the keys. `technical`: ids, versions, hashes.
 */
export type PrivacyClass = 'open' | 'sealed' | 'technical';

interface Options {
  optional?: boolean;
  primary?: boolean;
}

function column(
  type: ColumnOptions['type'],
  privacy: PrivacyClass,
  options: Options,
  more: ColumnOptions = {},
): PropertyDecorator {
  return Column({
    type,
    comment: privacy,
    nullable: options.optional ?? false,
    primary: options.primary ?? false,
    ...more,
  } as ColumnOptions);
}

/** Adds a rule to a column; `sql` is given the quoted name of the column. */
function ruled(decorator: PropertyDecorator, rule: string, sql: (name: string) => string): PropertyDecorator {
  return (target, key) => {
    const name = columnNameOf(String(key));
    decorator(target, key);
    Check(`${name}_${rule}`, sql(`"${name}"`))(target, key);
  };
}

const listed = (list: ChoiceList): string => `ARRAY[${list.values.map((value) => `'${value}'::text`).join(', ')}]`;

/** The id of the row; made by us (UUIDv7), never by the database. */
export const IdColumn = (): PropertyDecorator => column('uuid', 'technical', { primary: true });

/** The municipality to which a secured row belongs; first in its primary key, its uniques and its references. */
export const TenantColumn = (): PropertyDecorator => column('uuid', 'open', { primary: true });

export const ReferenceColumn = (options: Options = {}): PropertyDecorator => column('uuid', 'technical', options);

export const ReferencesColumn = (options: Options = {}): PropertyDecorator =>
  column('uuid', 'technical', options, { array: true });

/** Words that tell nothing about a family: names of institutions, wordings, numbers. */
export const TextColumn = (options: Options = {}): PropertyDecorator => column('text', 'open', options);

export const TechnicalTextColumn = (options: Options = {}): PropertyDecorator => column('text', 'technical', options);

/** Text with a CHECK instead of an enum type: comparing enums is not leakproof, 50 × slower under row security. */
export const ChoiceColumn = (list: ChoiceList, options: Options = {}): PropertyDecorator =>
  ruled(column('text', 'open', options), 'listed', (name) => `${name} = ANY (${listed(list)})`);

export const ChoicesColumn = (list: ChoiceList, options: Options = {}): PropertyDecorator =>
  ruled(column('text', 'open', options, { array: true }), 'listed', (name) => `${name} <@ ${listed(list)}`);

/** A day in Europe/Riga; `YYYY-MM-DD` in TypeScript. */
export const DayColumn = (options: Options = {}): PropertyDecorator => column('date', 'open', options);

/** A moment; ISO 8601 in UTC in TypeScript, to the millisecond. */
export const InstantColumn = (options: Options = {}): PropertyDecorator =>
  column('timestamp with time zone', 'technical', options, {
    precision: 3,
    transformer: {
      to: (value: unknown) => value,
      from: (value: unknown) => (value instanceof Date ? value.toISOString() : value),
    },
  });

export const CountColumn = (options: Options & { min?: number; max?: number } = {}): PropertyDecorator => {
  const { min = 0, max } = options;
  const plain = column('integer', 'open', options);
  return ruled(plain, 'range', (name) =>
    max === undefined ? `${name} >= ${min}` : `${name} >= ${min} AND ${name} <= ${max}`,
  );
};

/** How often a header was changed: whoever writes says which one they read. Rows that only reference data or a migration wrote begin at 1. */
export const VersionColumn = (): PropertyDecorator =>
  ruled(column('integer', 'open', {}, { default: 1 }), 'range', (name) => `${name} >= 1`);

/** A number that only grows and is compared, never counted; may pass two thousand million. */
export const CounterColumn = (options: Options = {}): PropertyDecorator => column('bigint', 'technical', options);

export const YesNoColumn = (options: Options = {}): PropertyDecorator => column('boolean', 'open', options);

/** Salts, hashes, keyed look-ups. */
export const BytesColumn = (options: Options = {}): PropertyDecorator => column('bytea', 'technical', options);

/** A set of small numbers, one bit for each: joined and counted by the database, which alone knows what the numbers mean. */
export const BitsColumn = (): PropertyDecorator => column('bit varying', 'technical', {});

/** Everything sensitive of a row, sealed together: one seal a row, one unseal a row (seals.ts). */
export const SealedColumn = (options: Options = {}): PropertyDecorator => column('bytea', 'sealed', options);

/** A reference to a row of the same municipality; `named` are the columns beside the municipality. */
export function WithinTenant(
  table: () => new () => object,
  named: readonly string[],
  there: readonly string[] = ['id'],
): ClassDecorator {
  return ForeignKey(
    table,
    ['municipalityId', ...named] as string[] as [],
    ['municipalityId', ...there] as string[] as [],
  );
}

/** A reference to a row that belongs to no municipality. */
export function RefersTo(table: () => new () => object, column: string): ClassDecorator {
  return ForeignKey(table, [column] as string[] as [], ['id'] as string[] as []);
}
