import { foldLatvian } from '../fields/fold.js';

/** What can be proposed from the name of a municipality, so that a coordinator types only the name. */

/** „Viļakas novads” → `VILAKAS_NOVADS`; a number behind it when another municipality has that word. */
export function municipalityKey(name: string, taken: readonly string[]): string {
  const word = foldLatvian(name).toUpperCase().replace(/\W+/g, '_').slice(0, 36) || 'MUNICIPALITY';
  return firstFree(word, (n) => `${word}_${n}`, taken);
}

/** Three capital letters that no other municipality has: the first three, else the first two with a later one, else any. */
export function proposedPrefix(name: string, taken: readonly string[]): string {
  const letters = foldLatvian(name)
    .toUpperCase()
    .replace(/[^A-Z]/g, '')
    .padEnd(3, 'X');
  const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const candidates = [...letters.slice(2), ...alphabet].map((last) => letters.slice(0, 2) + last);
  const further = alphabet.flatMap((middle) => alphabet.map((last) => `${letters.slice(0, 1)}${middle}${last}`));
  return [...candidates, ...further].find((candidate) => !taken.includes(candidate)) ?? '';
}

/** Endings of the nominative and what they become in the locative, the longest first (declensions 1–6, singular and plural). */
const locatives: readonly (readonly [ending: string, locative: string])[] = [
  // Plural, unlike all others in -is.
  ['ēsis', 'ēsīs'],
  ['pils', 'pilī'],
  ['as', 'ās'],
  ['es', 'ēs'],
  ['is', 'ī'],
  ['us', 'ū'],
  ['s', 'ā'],
  ['š', 'ā'],
  ['a', 'ā'],
  ['e', 'ē'],
  ['i', 'os'],
];

/** The Latvian locative of a place name, as far as its ending tells it: „Talsi” → „Talsos”. A proposal: the person who types it decides. */
export function proposedLocative(name: string): string {
  const found = locatives.find(([ending]) => name.toLowerCase().endsWith(ending));
  if (!found) return name;
  const [ending, locative] = found;
  return name.slice(0, name.length - ending.length) + locative;
}

function firstFree(word: string, other: (n: number) => string, taken: readonly string[]): string {
  if (!taken.includes(word)) return word;
  let n = 2;
  while (taken.includes(other(n))) n += 1;
  return other(n);
}
