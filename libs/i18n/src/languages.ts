/** The languages of Tilts. The first one is the source: it is complete, and others are translated from it. */
export const languages = ['lv', 'en', 'ru'] as const;
export type Language = (typeof languages)[number];
export const sourceLanguage: Language = languages[0];

/** What each language calls itself: a person looks for their own word. */
export const languageNames: Record<Language, string> = { lv: 'Latviešu', en: 'English', ru: 'Русский' };

/** How dates and numbers are written; British English, because Latvia writes the day before the month; Russian of Latvia. */
export const locales: Record<Language, string> = { lv: 'lv-LV', en: 'en-GB', ru: 'ru-LV' };

export function isLanguage(value: unknown): value is Language {
  return (languages as readonly unknown[]).includes(value);
}

/** The first language that a browser prefers and we speak. */
export function preferredLanguage(wanted: readonly string[]): Language {
  return wanted.map((tag) => tag.toLowerCase().split('-')[0]).find(isLanguage) ?? sourceLanguage;
}
