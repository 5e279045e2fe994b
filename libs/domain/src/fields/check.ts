import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { fieldsOf, type Class } from './registry.js';

export const fieldErrorCodes = [
  'required', 'tooLong', 'tooShort', 'tooSmall', 'tooLarge', 'notAChoice', 'notADay', 'notAMonth', 'notATime', 'notAPhone', 'notAnEmail', 'notANumber', 'notYesNo',
  'notAnId', 'unknown', 'malformed', 'repeated', 'inTheFuture', 'beforeTheOther', 'mismatch', 'notThere',
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
  isNotEmpty: 'required', maxLength: 'tooLong', minLength: 'tooShort', min: 'tooSmall', max: 'tooLarge', isIn: 'notAChoice', isDay: 'notADay', isMonth: 'notAMonth', isPhone: 'notAPhone',
  isEmail: 'notAnEmail', isInt: 'notANumber', isBoolean: 'notYesNo', isUuid: 'notAnId', whitelistValidation: 'unknown', arrayUnique: 'repeated', arrayMaxSize: 'tooLong',
};

/** Turns what came in into an instance and says, by field, what is wrong. Used alike by the API and by every form. */
export function checkInput<T extends object>(type: Class<T>, value: unknown): { value: T; problems: FieldProblem[] } {
  const plain = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const instance = plainToInstance(type, plain, { exposeDefaultValues: true });
  const problems = flatten(type, validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false }), '');
  if (problems.length === 0 && 'rules' in instance) problems.push(...(instance as unknown as Ruled).rules());
  return { value: instance, problems };
}

function flatten(type: Class, errors: ValidationError[], prefix: string): FieldProblem[] {
  const fields = new Map(fieldsOf(type).map((field) => [field.name, field]));
  return errors.flatMap((error) => {
    const name = prefix + error.property;
    const field = fields.get(error.property);
    const children = error.children ?? [];
    if (field?.type && children.length > 0) {
      const inner = field.type();
      return field.kind === 'part' ? flatten(inner, children, `${name}.`) : children.flatMap((item) => flatten(inner, item.children ?? [], `${name}.${item.property}.`));
    }
    const constraints = Object.keys(error.constraints ?? {});
    // "Required" says more than "not a number" about a field that was left empty.
    const constraint = constraints.find((key) => key === 'isNotEmpty') ?? constraints[0] ?? '';
    const code = error.value === undefined || error.value === null ? 'required' : constraint === 'matches' && field?.kind === 'time' ? 'notATime' : (codes[constraint] ?? 'malformed');
    const params = { ...(field?.max !== undefined && { max: field.max }), ...(field?.min !== undefined && { min: field.min }) };
    return [{ field: name, code: constraint === 'whitelistValidation' ? 'unknown' : code, ...(Object.keys(params).length > 0 && { params }) } satisfies FieldProblem];
  });
}
