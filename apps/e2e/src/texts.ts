import { format, type Language, type TextKey, type TextParams } from '@tilts/i18n';

/** The words of the page in the language of the tests, so that nobody mends a test because a text became better. */
export function text(key: TextKey, params?: TextParams, language: Language = 'lv'): string {
  return format(language, key, params);
}

/** Begins with these words: a label goes on with „obligāti”, a chip with an age, a place with a count. */
export function begins(words: string): RegExp {
  return new RegExp(`^${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}
