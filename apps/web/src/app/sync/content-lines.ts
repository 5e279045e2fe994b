import { endpointsByFeature, fieldsOf, type Class, type Endpoint, type Field } from '@tilts/domain';
import type { Texts } from '@tilts/ui';
import { formatPhone } from '@tilts/i18n';

/** One field of what somebody wrote, in words: „Piezīmes”, „Jāzvana skolai”. */
export interface Line {
  label: string;
  value: string;
  /** Typed by hand: what hurts most to lose. */
  typed: boolean;
}

/** What an id is called: the first name of a person, the name of an institution. Null: nobody needs to read it. */
export type NameOf = (id: string) => string | null;

/** An operation by its method and path, with its feature and name, which its texts have in their keys. */
export function operationNamed(operation: string): { feature: string; name: string; endpoint: Endpoint } | null {
  for (const [feature, endpoints] of Object.entries(endpointsByFeature))
    for (const [name, endpoint] of Object.entries(endpoints))
      if (`${endpoint.method} ${endpoint.path}` === operation) return { feature, name, endpoint };
  return null;
}

/** „Apmeklējums”, „Nosūtījuma solis”. */
export function whatWords(texts: Texts, operation: string): string {
  const found = operationNamed(operation);
  return (
    (found && texts.textOfCode(`sync.what.${found.feature}.${found.name}`)) ?? texts.text('sync.what.somethingElse')
  );
}

/** Everything that was written, so that nothing of it is lost with a refusal. What is empty, and what only machines read, is left out. */
export function linesOf(
  texts: Texts,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  nameOf: NameOf,
): Line[] {
  const found = operationNamed(operation);
  if (!found) return Object.entries(input).map(([label, value]) => ({ label, value: plain(value), typed: true }));
  return fieldsOf(found.endpoint.input as Class)
    .filter((field) => !onlyForMachines(field))
    .map((field) => ({
      label: labelOf(texts, operation, field.name),
      typed: field.kind === 'text',
      value: valueWords(texts, field, input[field.name], nameOf),
    }))
    .filter((line) => line.value !== '');
}

/** The label of a field by its path: `persons.0.firstName` is called as the last name in it that has a label. */
export function labelOf(texts: Texts, operation: string, path: string): string {
  const feature = operationNamed(operation)?.feature ?? '';
  const names = path.split('.').filter((part) => !/^\d+$/.test(part));
  for (const name of names.reverse())
    for (const key of [
      `sync.field.${feature}.${name}`,
      `sync.field.${name}`,
      ...featuresOf(feature).map((one) => `${one}.field.${name}`),
    ]) {
      const label = texts.textOfCode(key);
      if (label) return label;
    }
  return path;
}

/** One side of a clash, whose value comes as JSON. */
export function clashWords(texts: Texts, operation: string, path: string, json: string, nameOf: NameOf): string {
  const value = parsed(json);
  const field = fieldAt(operationNamed(operation)?.endpoint.input as Class | undefined, path);
  const words = field ? valueWords(texts, field, value, nameOf) : plain(value);
  return words || texts.text('sync.clash.nothing');
}

function valueWords(texts: Texts, field: Field, value: unknown, nameOf: NameOf): string {
  if (value === null || value === undefined || value === '') return '';
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  switch (field.kind) {
    case 'choice':
    case 'choices':
      return list
        .map((code) => texts.textOfCode(`${field.choices?.name ?? ''}.${plain(code)}`) ?? plain(code))
        .join(', ');
    case 'date':
      return texts.day(plain(value));
    case 'instant':
      return texts.moment(plain(value));
    case 'phone':
      return formatPhone(plain(value));
    case 'yesNo':
      return texts.text(value === true ? 'sync.content.yes' : 'sync.content.no');
    case 'count':
      return field.name === 'minutes' ? texts.minutes(Number(value)) : plain(value);
    case 'id':
    case 'ids':
      return list
        .map((id) => nameOf(plain(id)) ?? '')
        .filter(Boolean)
        .join(', ');
    case 'part':
    case 'parts':
      return list.map((part) => partWords(texts, field, part, nameOf)).join('\n');
    default:
      return plain(value);
  }
}

/** A person of a new family, a help of a visit: their values in one line. */
function partWords(texts: Texts, of: Field, part: unknown, nameOf: NameOf): string {
  const type = of.type?.();
  if (!type || typeof part !== 'object' || part === null) return plain(part);
  return fieldsOf(type as Class)
    .filter((field) => !onlyForMachines(field) && field.kind !== 'yesNo')
    .map((field) => valueWords(texts, field, (part as Record<string, unknown>)[field.name], nameOf))
    .filter(Boolean)
    .join(' · ');
}

function onlyForMachines(field: Field): boolean {
  return (
    field.name === 'id' || field.name === 'version' || field.name === 'municipalityId' || field.name === 'familyId'
  );
}

function fieldAt(type: Class | undefined, path: string): Field | undefined {
  if (!type) return undefined;
  const [name, ...rest] = path.split('.').filter((part) => !/^\d+$/.test(part));
  const field = fieldsOf(type).find((one) => one.name === name);
  return rest.length > 0 && field?.type ? fieldAt(field.type() as Class, rest.join('.')) : field;
}

/** Whose labels a feature borrows: a registration is made of a family, a consent and persons. */
function featuresOf(feature: string): string[] {
  return feature === 'registration' ? ['families', 'persons', 'consents'] : [feature];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return json;
  }
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);
}
