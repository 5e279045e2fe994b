import { fieldsOf, type Class, type Field } from '../fields/registry.js';
import { once } from './local-copy-lists.js';

const declared = once(fieldsOf);

/**
 * Whether a value has the fields of its class, each of its kind: enough to be shown without breaking a page, for a fiftieth of what
 * `checkInput` costs. Whether it is right is the office's to say, by its clock.
 */
export function hasShape(type: Class, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return declared(type).every((field) => fits(field, (value as Record<string, unknown>)[field.name]));
}

function fits(field: Field, value: unknown): boolean {
  if (value === null || value === undefined) return field.optional;
  const all = (one: (item: unknown) => boolean): boolean => Array.isArray(value) && value.every(one);
  switch (field.kind) {
    case 'part':
      return isPart(field, value);
    case 'parts':
      return all((item) => isPart(field, item));
    case 'ids':
    case 'texts':
      return all((item) => typeof item === 'string');
    case 'choices':
      return all((item) => field.choices?.has(item) ?? false);
    case 'choice':
      return field.choices?.has(value) ?? false;
    case 'count':
      return Number.isInteger(value);
    case 'yesNo':
      return typeof value === 'boolean';
    default:
      return typeof value === 'string';
  }
}

function isPart({ type }: Field, value: unknown): boolean {
  return type !== undefined && hasShape(type(), value);
}
