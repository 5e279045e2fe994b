import { fieldsOf, type Class, type Field } from './registry.js';

/** Whether two values say the same: by the declared fields; nothing is null; lists have no order. */
export function sameContent(type: Class, one: object, other: object): boolean {
  return plainContent(type, one) === plainContent(type, other);
}

/** The same for the value of one field. */
export function sameValue(field: Field, one: unknown, other: unknown): boolean {
  return JSON.stringify(plain(field, one)) === JSON.stringify(plain(field, other));
}

function plainContent(type: Class, value: object): string {
  return JSON.stringify(fieldsOf(type).map((field) => plain(field, (value as Record<string, unknown>)[field.name])));
}

function plain(field: Field, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (field.kind === 'part' && field.type) return plainContent(field.type(), value as object);
  if (Array.isArray(value)) {
    const { type } = field;
    return value.map((item) => (type ? plainContent(type(), item as object) : String(item).toLowerCase())).sort();
  }
  return field.kind === 'id' ? String(value).toLowerCase() : value;
}
