import { fieldsOf, type Class, type Field } from '@tilts/domain';

/** Whether a repeated create says what is kept already: by the declared fields; nothing is null; lists have no order. */
export function sameContent(type: Class, kept: object, said: object): boolean {
  return contentOf(type, kept) === contentOf(type, said);
}

function contentOf(type: Class, value: object): string {
  return JSON.stringify(fieldsOf(type).map((field) => plain(field, (value as Record<string, unknown>)[field.name])));
}

function plain(field: Field, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (field.kind === 'part' && field.type) return contentOf(field.type(), value as object);
  if (Array.isArray(value)) {
    const { type } = field;
    return value.map((item) => (type ? contentOf(type(), item as object) : String(item).toLowerCase())).sort();
  }
  return field.kind === 'id' ? String(value).toLowerCase() : value;
}
