import { fieldsOf, sealedFieldsOf, type Class } from '@tilts/domain';
import { columnNameOf } from './table-names.js';

/** What of a value is sealed, as its class declares it; what is not there is null, so that every seal has the same shape. */
export function sensitiveOf<T extends object>(type: Class<T>, value: object): Partial<T> {
  return taken(sealedFieldsOf(type), value);
}

/** What of a value stands open in columns. */
export function openOf<T extends object>(type: Class<T>, value: object): Partial<T> {
  return taken(
    fieldsOf(type)
      .filter((field) => field.privacy === 'open')
      .map((field) => field.name),
    value,
  );
}

/** The columns of these fields for a SELECT, so that a statement lists no field twice: `p.birth_year AS "birthYear", …`. */
export function openColumnsOf(type: Class, table: string): string {
  return fieldsOf(type)
    .filter((field) => field.privacy === 'open')
    .map(({ name }) => `${table}.${columnNameOf(name)} AS "${name}"`)
    .join(', ');
}

function taken<T>(names: string[], value: object): Partial<T> {
  const values = value as Record<string, unknown>;
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null])) as Partial<T>;
}
