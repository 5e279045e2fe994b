import type { Catalogue, TextKey } from './catalogue.js';
import { messageOf } from './catalogue.js';
import en from './en.json' with { type: 'json' };
import { formatMessage, type TextParams } from './format-message.js';
import type { Language } from './languages.js';
import lv from './lv.json' with { type: 'json' };
import ru from './ru.json' with { type: 'json' };

/** Every language at once: for the server (letters, reports) and for specs. The web loads one by `loadCatalogue`. */
export const catalogues: Record<Language, Catalogue> = { lv, en, ru };

/** The text of a key in a language. */
export function format(language: Language, key: TextKey, params?: TextParams): string {
  const message = messageOf(catalogues[language], key);
  if (message === undefined) throw new Error(`No text for ${key} in ${language}`);
  return formatMessage(language, message, params);
}
