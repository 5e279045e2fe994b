import { isLanguage, preferredLanguage, type Language } from '@tilts/i18n';

// What is kept in the browser between visits; none of it says anything about anybody.
const languageKey = 'tilts.language';
const languageOwedKey = 'tilts.language-owed';
const signedInKey = 'tilts.signed-in';
const signOutOwedKey = 'tilts.sign-out-owed';
const schemeKey = 'tilts.scheme';
const realDataNoticeKey = 'tilts.real-data-notice';

/** The language of the last visit, else what the browser prefers. */
export function rememberedLanguage(): Language {
  const kept = read(languageKey);
  return isLanguage(kept) ? kept : preferredLanguage(navigator.languages);
}

export function rememberLanguage(language: Language): void {
  write(languageKey, language);
}

/** The language that was chosen here without a network: the server is to be told, which writes letters in it. */
export function owedLanguage(): Language | null {
  const kept = read(languageOwedKey);
  return isLanguage(kept) ? kept : null;
}

export function oweLanguage(language: Language | null): void {
  write(languageOwedKey, language);
}

/** Light or dark as chosen on this device; null follows the device. */
export function rememberedScheme(): 'light' | 'dark' | null {
  const kept = read(schemeKey);
  return kept === 'light' || kept === 'dark' ? kept : null;
}

export function rememberScheme(scheme: 'light' | 'dark' | null): void {
  write(schemeKey, scheme);
}

/** Is it worth asking the server to go on with a session? A first visitor sees the door without that question. */
export function wasSignedIn(): boolean {
  return read(signedInKey) !== null;
}

export function rememberSignedIn(is: boolean): void {
  write(signedInKey, is ? 'yes' : null);
}

/** Once on each device: that the data of real people do not belong on it yet. */
export function realDataNoticeSeen(): boolean {
  return read(realDataNoticeKey) !== null;
}

export function rememberRealDataNoticeSeen(): void {
  write(realDataNoticeKey, 'seen');
}

/** Somebody signed out here without a network: the server is to be told before anybody goes on. */
export function isSignOutOwed(): boolean {
  return read(signOutOwedKey) !== null;
}

export function oweSignOut(is: boolean): void {
  write(signOutOwedKey, is ? 'yes' : null);
}

// A browser that keeps nothing asks again next time.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    return;
  }
}
