import { locales, type Language } from './languages.js';

const zone = 'Europe/Riga';

/**
 * How a day is written, by the example of Latvian:
 * `short` 27.11. · `numeric` 27.11.2026. · `long` pirmdiena, 23. novembris · `full` 2026. gada 23. novembris · `until` (līdz) 23. novembrim ·
 * `weekday` pirmdiena
 */
export type DayStyle = 'short' | 'numeric' | 'long' | 'full' | 'until' | 'weekday';

const dayStyles: Record<DayStyle, Record<Language, Intl.DateTimeFormatOptions>> = {
  short: {
    lv: { day: '2-digit', month: '2-digit' },
    en: { day: 'numeric', month: 'short' },
    ru: { day: '2-digit', month: '2-digit' },
  },
  numeric: {
    lv: { day: '2-digit', month: '2-digit', year: 'numeric' },
    en: { day: 'numeric', month: 'short', year: 'numeric' },
    ru: { day: '2-digit', month: '2-digit', year: 'numeric' },
  },
  long: {
    lv: { weekday: 'long', day: 'numeric', month: 'long' },
    en: { weekday: 'long', day: 'numeric', month: 'long' },
    ru: { weekday: 'long', day: 'numeric', month: 'long' },
  },
  full: {
    lv: { day: 'numeric', month: 'long', year: 'numeric' },
    en: { day: 'numeric', month: 'long', year: 'numeric' },
    ru: { day: 'numeric', month: 'long', year: 'numeric' },
  },
  until: {
    lv: { day: 'numeric', month: 'long' },
    en: { day: 'numeric', month: 'long' },
    ru: { day: 'numeric', month: 'long' },
  },
  weekday: { lv: { weekday: 'long' }, en: { weekday: 'long' }, ru: { weekday: 'long' } },
};

const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(language: Language, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}:${name}`;
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(locales[language], options)));
  return made;
}

/** A calendar day (`YYYY-MM-DD`) in words. */
export function formatDay(language: Language, day: string, style: DayStyle = 'numeric'): string {
  // A day has no hour: read and written in UTC it stays the same day everywhere.
  const text = dateFormat(language, style, { ...dayStyles[style][language], timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
  // „Līdz” wants the dative, which no browser's language data has: novembris → novembrim, marts → martam.
  if (language === 'lv' && style === 'until') return text.replace(/is$/, 'im').replace(/s$/, 'am');
  // Latvian ends a date in figures with a full stop; some browsers' language data forgets it.
  return language === 'lv' && /\d$/.test(text) ? `${text}.` : text;
}

const monthWithYear: Record<Language, (name: string, year: string) => string> = {
  lv: (name, year) => `${year}. gada ${name}`,
  en: (name, year) => `${name} ${year}`,
  ru: (name, year) => `${name} ${year} г.`,
};

/** A month (`YYYY-MM`) in words: `full` 2017. gada oktobris · `name` oktobris. */
export function formatMonth(language: Language, month: string, style: 'full' | 'name' = 'full'): string {
  const name = dateFormat(language, 'month', { month: 'long', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
  return style === 'name' ? name : monthWithYear[language](name, month.slice(0, 4));
}

/** The time of day in Riga of a moment: 10:41. */
export function formatTime(language: Language, moment: string): string {
  return dateFormat(language, 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(
    new Date(moment),
  );
}

/** Day and time in Riga of a moment: 23.11.2026. 10:41. */
export function formatMoment(language: Language, moment: string, style: DayStyle = 'numeric'): string {
  return `${formatDay(language, rigaDay(moment), style)} ${formatTime(language, moment)}`;
}

/** The day in Riga on which a moment fell. */
export function rigaDay(moment: string | Date): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(new Date(moment));
}

/** How far a day is from today: šodien, vakar, pirms 3 dienām, pēc 2 nedēļām. */
export function relativeDay(language: Language, day: string, today: string): string {
  const days = Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
  const far = Math.abs(days);
  const words = new Intl.RelativeTimeFormat(locales[language], { numeric: far < 2 ? 'auto' : 'always' });
  if (far < 14) return words.format(days, 'day');
  if (far < 60) return words.format(Math.trunc(days / 7), 'week');
  if (far < 730) return words.format(Math.trunc(days / 30), 'month');
  return words.format(Math.trunc(days / 365), 'year');
}
