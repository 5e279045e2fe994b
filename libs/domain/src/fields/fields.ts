import { applyExposed, registerField, type Field, type FieldOptions } from './registry.js';
import type { ChoiceList } from './choices.js';
import { isDay, isMonth } from './day.js';
import { Type, Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateNested,
} from 'class-validator';

/** The vocabulary of fields: each decorator bundles the checks, the exposure, the privacy class and the OpenAPI shape. */
function field(
  kind: Field['kind'],
  options: FieldOptions,
  facts: Partial<Field>,
  ...checks: PropertyDecorator[]
): PropertyDecorator {
  return (target, key) => {
    registerField(target, {
      name: String(key),
      kind,
      optional: options.optional ?? false,
      privacy: options.privacy ?? 'open',
      ...facts,
    });
    applyExposed(target, key);
    if (options.optional) IsOptional()(target, key);
    for (const check of checks) check(target, key);
  };
}

/**
 * Control characters that come with a paste and that no letter, file or table can hold; tabs and ends of lines stay. And those that turn
 * the direction of letters: a name with one reads as another name, and turns what stands behind it too.
 */
// eslint-disable-next-line no-control-regex -- these very characters are looked for
const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;
/** Half of a letter of two units, which is no letter: the database would keep it as another text than was sent. */
const halves = /\p{Surrogate}/gu;

/** Trimmed and in NFC, so that „ā” typed on two keyboards is one letter; an empty text is no text. */
const tidy = Transform(({ value }) => {
  if (typeof value !== 'string') return value as unknown;
  const text = value.normalize('NFC').replace(invisible, '').replace(halves, '\ufffd').trim();
  return text === '' ? null : text;
});

/** Any text; `max` in characters. Lines are kept. */
export function Text(options: FieldOptions & { max: number; pattern?: RegExp }): PropertyDecorator {
  return field(
    'text',
    options,
    { max: options.max },
    tidy,
    IsNotEmpty(),
    IsString(),
    MaxLength(options.max),
    ...(options.pattern ? [Matches(options.pattern)] : []),
  );
}

/** Text kept exactly as it was typed: passwords, drafts. */
export function RawText(options: FieldOptions & { max: number; min?: number }): PropertyDecorator {
  const { min, max } = options;
  return field(
    'text',
    options,
    { max, ...(min !== undefined && { min }) },
    IsString(),
    MaxLength(max),
    ...(min !== undefined ? [MinLength(min)] : []),
  );
}

/** A list of texts, each kept exactly as it is; `max` of them, of `each` characters. */
export function RawTexts(options: FieldOptions & { max: number; each: number }): PropertyDecorator {
  const { max, each } = options;
  return field(
    'texts',
    options,
    { max: each },
    IsArray(),
    ArrayMaxSize(max),
    IsString({ each: true }),
    MaxLength(each, { each: true }),
  );
}

/** A phone number with its country; Latvian numbers are +371 and eight digits. Spaces are taken out. */
export function Phone(options: FieldOptions = {}): PropertyDecorator {
  const compact = Transform(({ value }) => {
    if (typeof value !== 'string') return value as unknown;
    const digits = value.replace(/[\s()-]/g, '');
    if (digits === '') return null;
    return /^\d{8}$/.test(digits) ? `+371${digits}` : digits;
  });
  const isPhone = ValidateBy({
    name: 'isPhone',
    validator: {
      validate: (v) => typeof v === 'string' && (/^\+371[2-9]\d{7}$/.test(v) || /^\+(?!371)[1-9]\d{6,14}$/.test(v)),
    },
  });
  return field('phone', { privacy: 'sensitive', ...options }, {}, compact, isPhone);
}

export function Email(options: FieldOptions = {}): PropertyDecorator {
  return field('email', options, { max: 254 }, tidy, IsNotEmpty(), MaxLength(254), IsEmail());
}

export function Choice(list: ChoiceList, options: FieldOptions = {}): PropertyDecorator {
  return field('choice', options, { choices: list }, IsNotEmpty(), IsIn([...list.values]));
}

export function Choices(list: ChoiceList, options: FieldOptions = {}): PropertyDecorator {
  return field('choices', options, { choices: list }, IsArray(), ArrayUnique(), IsIn([...list.values], { each: true }));
}

/** A calendar day, `YYYY-MM-DD`, in Europe/Riga. */
export function DateOnly(options: FieldOptions = {}): PropertyDecorator {
  return field('date', options, {}, IsNotEmpty(), ValidateBy({ name: 'isDay', validator: { validate: isDay } }));
}

/** A calendar month, `YYYY-MM`. */
export function MonthOnly(options: FieldOptions = {}): PropertyDecorator {
  return field('month', options, {}, IsNotEmpty(), ValidateBy({ name: 'isMonth', validator: { validate: isMonth } }));
}

/** A time of day in Europe/Riga, `HH:MM`. */
export function TimeOfDay(options: FieldOptions = {}): PropertyDecorator {
  return field('time', options, {}, IsNotEmpty(), Matches(/^([01]\d|2[0-3]):[0-5]\d$/));
}

/** A moment, ISO 8601 in UTC. */
export function Moment(options: FieldOptions = {}): PropertyDecorator {
  return field('instant', options, {}, IsISO8601({ strict: true }));
}

/** A whole number. */
export function Count(options: FieldOptions & { min?: number; max?: number } = {}): PropertyDecorator {
  const min = options.min ?? 0;
  const max = options.max ?? 2_147_483_647;
  return field('count', options, { min, max }, IsNotEmpty(), IsInt(), Min(min), Max(max));
}

export function YesNo(options: FieldOptions = {}): PropertyDecorator {
  return field('yesNo', options, {}, IsBoolean());
}

/** PostgreSQL answers ids in small letters, and a seal holds the id of its record: in capitals it would never open again. */
const inSmallLetters = Transform(({ value }) => {
  const small = (id: unknown): unknown => (typeof id === 'string' ? id.toLowerCase() : id);
  return Array.isArray(value) ? value.map(small) : small(value);
});

/** The id of this record or of another one: UUID (we make v7). */
export function Reference(options: FieldOptions = {}): PropertyDecorator {
  return field('id', options, {}, inSmallLetters, IsNotEmpty(), IsUUID('all'));
}

export function References(options: FieldOptions & { max?: number } = {}): PropertyDecorator {
  return field(
    'ids',
    options,
    {},
    inSmallLetters,
    IsArray(),
    ArrayUnique(),
    ArrayMaxSize(options.max ?? 200),
    IsUUID('all', { each: true }),
  );
}

/** Another class inside this one. */
export function Part(type: () => new () => object, options: FieldOptions = {}): PropertyDecorator {
  return field('part', options, { type }, Type(type), ...(options.optional ? [] : [IsNotEmpty()]), ValidateNested());
}

/** A list of another class. */
export function Parts(type: () => new () => object, options: FieldOptions & { max?: number } = {}): PropertyDecorator {
  return field(
    'parts',
    options,
    { type },
    Type(type),
    IsArray(),
    ArrayMaxSize(options.max ?? 1_000),
    ValidateNested({ each: true }),
  );
}
