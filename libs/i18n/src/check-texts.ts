import { IntlMessageFormat } from 'intl-messageformat';
import { messagesOf, type Catalogue } from './catalogue.js';

/** What is wrong with the texts, one English line each; empty when they are complete. `wanted` are keys that the code needs. */
export function checkTexts(
  catalogues: Record<string, Catalogue>,
  source: string,
  wanted: readonly string[] = [],
): string[] {
  const texts = new Map(Object.entries(catalogues).map(([language, catalogue]) => [language, messagesOf(catalogue)]));
  const original = texts.get(source) ?? new Map<string, string>();
  const found: string[] = [];
  for (const [language, messages] of texts) {
    for (const key of new Set([...original.keys(), ...wanted]))
      if (!messages.get(key)?.trim()) found.push(`${language}: ${key} has no text`);
    for (const [key, message] of messages) {
      if (!original.has(key)) found.push(`${language}: ${key} is not in ${source}`);
      const expected = argumentsOf(original.get(key) ?? message);
      const actual = argumentsOf(message);
      if (actual.startsWith('!')) found.push(`${language}: ${key} is not ICU: ${actual.slice(1)}`);
      else if (actual !== expected) found.push(`${language}: ${key} takes {${actual}}, ${source} takes {${expected}}`);
      else if (formsMissing(language, message))
        found.push(`${language}: ${key} lacks a form of ${language}: ${formsMissing(language, message)}`);
    }
  }
  return found;
}

interface Part {
  type: number;
  value?: unknown;
  options?: Record<string, { value: Part[] }>;
}

// The kinds of the parser's elements that name an argument: argument, number, date, time, select, plural.
const argumentKinds = new Set([1, 2, 3, 4, 5, 6]);

function partsOf(message: string): Part[] {
  return new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst() as Part[];
}

function argumentsOf(message: string): string {
  try {
    return [...new Set(names(partsOf(message)))].sort().join(', ');
  } catch (error) {
    return `!${error instanceof Error ? error.message : String(error)}`;
  }
}

function names(parts: Part[]): string[] {
  return parts.flatMap((part) => [
    ...(argumentKinds.has(part.type) ? [String(part.value)] : []),
    ...Object.values(part.options ?? {}).flatMap((option) => names(option.value)),
  ]);
}

const plural = 6;

/** A text that counts has every form that its language knows, or only one for all: „2 семья” is no Russian. */
function formsMissing(language: string, message: string): string {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const missing = (parts: Part[]): string[] =>
    parts.flatMap((part) => {
      const options = Object.entries(part.options ?? {});
      const there = options.map(([name]) => name).filter((name) => !name.startsWith('='));
      const counts = part.type === plural && there.length > 1;
      return [
        ...(counts ? forms.filter((form) => !there.includes(form)) : []),
        ...options.flatMap(([, option]) => missing(option.value)),
      ];
    });
  return [...new Set(missing(partsOf(message)))].join(', ');
}
