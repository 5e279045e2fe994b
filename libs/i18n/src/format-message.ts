import { IntlMessageFormat } from 'intl-messageformat';
import { locales, type Language } from './languages.js';

/** What a text is filled with. */
export type TextParams = Record<string, string | number>;

const compiled = new Map<string, IntlMessageFormat>();

/** Fills an ICU message. Latvian counts in zero, one and other (0 ģimeņu, 21 ģimene, 11 ģimeņu), Russian in one, few and many (21 семья, 2 семьи, 11 семей). */
export function formatMessage(language: Language, message: string, params: TextParams = {}): string {
  if (!message.includes('{') && !message.includes("'")) return message;
  const key = `${language}:${message}`;
  let format = compiled.get(key);
  if (!format)
    compiled.set(key, (format = new IntlMessageFormat(message, locales[language], undefined, { ignoreTag: true })));
  return format.format(params) as string;
}
