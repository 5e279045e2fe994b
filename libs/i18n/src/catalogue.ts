import type { Language } from './languages.js';

/** The texts of one language, nested by feature. */
export interface Catalogue {
  [key: string]: string | Catalogue;
}

type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T & string];

/** Every key that has a text, from the source language. A misspelt key does not compile. */
export type TextKey = Leaves<typeof import('./lv.json')>;

/** Every key made of a prefix and a code, such as `visits.channel.${Channel}`, that really has a text. */
export type TextKeyIn<P extends string> = Extract<TextKey, `${P}.${string}`>;

/** One language at a time, so that a phone loads only the one that it shows. */
export const loadCatalogue: Record<Language, () => Promise<Catalogue>> = {
  lv: async () => (await import('./lv.json', { with: { type: 'json' } })).default,
  en: async () => (await import('./en.json', { with: { type: 'json' } })).default,
  ru: async () => (await import('./ru.json', { with: { type: 'json' } })).default,
};

/** The text as written in the file, undefined when there is none. */
export function messageOf(catalogue: Catalogue, key: string): string | undefined {
  let found: string | Catalogue | undefined = catalogue;
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** Flat: every key with its message. */
export function messagesOf(catalogue: Catalogue, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(catalogue)) {
    if (typeof value === 'string') found.set(prefix + name, value);
    else for (const [key, message] of messagesOf(value, `${prefix}${name}.`)) found.set(key, message);
  }
  return found;
}
