import { Expose } from 'class-transformer';
import type { ChoiceList } from './choices.js';

/** `sensitive` fields are sealed before they reach the database; `open` ones are columns. */
export type Privacy = 'open' | 'sensitive';

export interface FieldOptions {
  /** May be left out or null. */
  optional?: boolean;
  privacy?: Privacy;
}

export interface Field {
  name: string;
  kind:
    | 'text'
    | 'texts'
    | 'phone'
    | 'email'
    | 'choice'
    | 'choices'
    | 'date'
    | 'month'
    | 'time'
    | 'instant'
    | 'count'
    | 'yesNo'
    | 'id'
    | 'ids'
    | 'part'
    | 'parts';
  optional: boolean;
  privacy: Privacy;
  max?: number;
  min?: number;
  choices?: ChoiceList;
  type?: () => new () => object;
}

export type Class<T = object> = new () => T;

const own = new WeakMap<object, Field[]>();

export function registerField(prototype: object, field: Field): void {
  const fields = own.get(prototype) ?? [];
  fields.push(field);
  own.set(prototype, fields);
}

export function applyExposed(target: object, key: string | symbol): void {
  Expose()(target, String(key));
}

/** The fields of a class, those it inherits first. */
export function fieldsOf(type: Class): Field[] {
  const chain: object[] = [];
  for (
    let p: object | null = type.prototype as object;
    p && p !== Object.prototype;
    p = Object.getPrototypeOf(p) as object | null
  )
    chain.unshift(p);
  const byName = new Map<string, Field>();
  for (const prototype of chain) for (const field of own.get(prototype) ?? []) byName.set(field.name, field);
  return [...byName.values()];
}

/** What a class declares of a value that holds more: a form takes it from a View, and forgets no field that is added later. */
export function declaredOf<T extends object>(type: Class<T>, value: T): T {
  return Object.fromEntries(fieldsOf(type).map(({ name }) => [name, value[name as keyof T] ?? null])) as T;
}

/** The names of the fields that are sealed together in one column. */
export function sealedFieldsOf(type: Class): string[] {
  return fieldsOf(type)
    .filter((field) => field.privacy === 'sensitive')
    .map((field) => field.name);
}
