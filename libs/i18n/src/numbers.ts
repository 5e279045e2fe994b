import { locales, type Language } from './languages.js';

/** A figure with the grouping of the language: 1 234. */
export function formatNumber(language: Language, value: number, decimals = 0): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  // Latvian style groups from five digits on; a table of figures reads easier when four are grouped too.
  return new Intl.NumberFormat(locales[language], { ...digits, useGrouping: 'always' }).format(value);
}

export function formatPercent(language: Language, share: number): string {
  return new Intl.NumberFormat(locales[language], { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

const units: Record<Language, { hours: string; minutes: string }> = {
  lv: { hours: 'h', minutes: 'min' },
  en: { hours: 'h', minutes: 'min' },
  ru: { hours: 'ч', minutes: 'мин' },
};

/** How long something took: 45 min, 1 h 30 min, 2 h. */
export function formatMinutes(language: Language, minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const { hours: h, minutes: m } = units[language];
  if (hours === 0) return `${rest} ${m}`;
  return rest === 0 ? `${formatNumber(language, hours)} ${h}` : `${formatNumber(language, hours)} ${h} ${rest} ${m}`;
}

/** „+371 20 000 000”: in groups, as people read a phone number aloud; numbers of other countries stay as they are. */
export function formatPhone(phone: string): string {
  const [, first, second, third] = /^\+371(\d{2})(\d{3})(\d{3})$/.exec(phone) ?? [];
  return first ? `+371 ${first} ${second ?? ''} ${third ?? ''}` : phone;
}
