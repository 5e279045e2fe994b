// Their own functions for these stand in one file with the decorators, which every first screen needs; the classes are loaded with the forms.
import { ClassTransformer } from 'class-transformer';
import { Validator, type ValidationError } from 'class-validator';
import { fieldsOf, type Class, type Field } from './registry.js';

export const fieldErrorCodes = [
  'required',
  'tooLong',
  'tooShort',
  'tooSmall',
  'tooLarge',
  'notAChoice',
  'notADay',
  'notAMonth',
  'notATime',
  'notAPhone',
  'notAnEmail',
  'notANumber',
  'notYesNo',
  'notAnId',
  'unknown',
  'malformed',
  'repeated',
  'inTheFuture',
  'beforeTheOther',
  'mismatch',
  'notThere',
  'taken',
  'closed',
  'inThePast',
  'sixDigits',
] as const;
export type FieldErrorCode = (typeof fieldErrorCodes)[number];

/** What is wrong with one field, as a code that web and letters translate. `field` is a path: `persons.0.birthYear`. */
export interface FieldProblem {
  field: string;
  code: FieldErrorCode;
  params?: Record<string, string | number>;
}

/** An input class may add rules over several fields. They run only when every single field is right. */
export interface Ruled {
  rules(): FieldProblem[];
}

const codes: Record<string, FieldErrorCode> = {
  isNotEmpty: 'required',
  maxLength: 'tooLong',
  minLength: 'tooShort',
  min: 'tooSmall',
  max: 'tooLarge',
  isIn: 'notAChoice',
  isDay: 'notADay',
  isMonth: 'notAMonth',
  isPhone: 'notAPhone',
  isEmail: 'notAnEmail',
  isInt: 'notANumber',
  isBoolean: 'notYesNo',
  isUuid: 'notAnId',
  whitelistValidation: 'unknown',
  arrayUnique: 'repeated',
  arrayMaxSize: 'tooLong',
};

/** Turns what came in into an instance and says, by field, what is wrong. Used alike by the API and by every form. */
export function checkInput<T extends object>(type: Class<T>, value: unknown): { value: T; problems: FieldProblem[] } {
  const misshapen: FieldProblem[] = [];
  const plain = isObject(value) ? shaped(type, value, '', misshapen) : {};
  const instance = new ClassTransformer().plainToInstance(type, plain, { exposeDefaultValues: true });
  const invalid = flatten(
    type,
    new Validator().validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false }),
    '',
  );
  const told = new Set(misshapen.map(({ field }) => field));
  const isTold = (field: string): boolean =>
    told.has(field) || (field.includes('.') && isTold(field.slice(0, field.lastIndexOf('.'))));
  const problems = [...misshapen, ...invalid.filter(({ field }) => !isTold(field))];
  if (problems.length === 0 && 'rules' in instance) problems.push(...(instance as unknown as Ruled).rules());
  return { value: instance, problems };
}

/**
 * What came in as deep as the class is and no deeper, with its keys only. class-transformer follows any value to its end, which a hostile body
 * puts beyond every stack, takes a null or a list for an object, and passes over keys that every object has (`toString`).
 */
function shaped(type: Class, plain: object, prefix: string, problems: FieldProblem[]): object {
  const fields = new Map(fieldsOf(type).map((field) => [field.name, field]));
  const kept: [string, unknown][] = [];
  for (const [key, value] of Object.entries(plain)) {
    const field = fields.get(key);
    if (field) kept.push([key, shapedField(field, value, prefix + key, problems)]);
    else problems.push({ field: prefix + key, code: 'unknown' });
  }
  return Object.fromEntries(kept);
}

function shapedField(field: Field, value: unknown, name: string, problems: FieldProblem[]): unknown {
  const inner = field.type?.();
  if (!inner) return Array.isArray(value) ? value.map(shallow) : shallow(value);
  if (value === null || value === undefined) return value;
  const part = (item: unknown, at: string): object => {
    if (isObject(item)) return shaped(inner, item, `${at}.`, problems);
    problems.push({ field: at, code: 'malformed' });
    return {};
  };
  if (field.kind === 'part') return part(value, name);
  if (Array.isArray(value)) return value.map((item, i) => part(item, `${name}.${i}`));
  problems.push({ field: name, code: 'malformed' });
  return [];
}

/** No field holds an object that is not a part: enough of it is left to be refused. */
function shallow(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? {} : value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function flatten(type: Class, errors: ValidationError[], prefix: string): FieldProblem[] {
  const fields = new Map(fieldsOf(type).map((field) => [field.name, field]));
  return errors.flatMap((error) => {
    const name = prefix + error.property;
    const field = fields.get(error.property);
    const children = error.children ?? [];
    if (field?.type && children.length > 0) {
      const inner = field.type();
      return field.kind === 'part'
        ? flatten(inner, children, `${name}.`)
        : children.flatMap((item) => flatten(inner, item.children ?? [], `${name}.${item.property}.`));
    }
    const constraints = Object.keys(error.constraints ?? {});
    // "Required" says more than "not a number" about a field that was left empty.
    const constraint = constraints.find((key) => key === 'isNotEmpty') ?? constraints[0] ?? '';
    const code =
      error.value === undefined || error.value === null
        ? 'required'
        : constraint === 'matches' && field?.kind === 'time'
          ? 'notATime'
          : (codes[constraint] ?? 'malformed');
    const params = {
      ...(field?.max !== undefined && { max: field.max }),
      ...(field?.min !== undefined && { min: field.min }),
    };
    return [
      {
        field: name,
        code: constraint === 'whitelistValidation' ? 'unknown' : code,
        ...(Object.keys(params).length > 0 && { params }),
      } satisfies FieldProblem,
    ];
  });
}
