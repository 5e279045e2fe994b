import { foldLatvian } from '../fields/fold.js';

/** What is compared to find namesakes: names as written, and the birth year where it is known. */
export interface Named {
  firstName: string;
  lastName?: string | null;
  birthDate?: string | null;
  birthYear?: number | null;
}

/**
 * Those among the known who may be the same human being: same or nearly the same name, in any order, and no birth years
 * that tell them apart. Only a warning is made of it: cousins share names, and a name alone proves nothing.
 */
export function similarNames<P extends Named>(candidate: Named, known: readonly P[]): P[] {
  const one = likeness(candidate);
  return known.filter((other) => one.like(likeness(other)));
}

/** A name made ready for being compared with many others. */
export interface Likeness {
  readonly words: readonly string[];
  readonly year: number | null;
  /** May be the same human being. */
  like(other: Likeness): boolean;
  /** Exactly the same name and year. */
  same(other: Likeness): boolean;
}

export function likeness(person: Named): Likeness {
  const words = wordsOf(person);
  const year = yearOf(person);
  return {
    words,
    year,
    like: (other) =>
      words.length > 0 && other.words.length > 0 && nearYear(year, other.year) && sameWords(words, other.words),
    same: (other) => year === other.year && words.join(' ') === other.words.join(' '),
  };
}

function wordsOf(person: Named): string[] {
  return foldLatvian(`${person.firstName} ${person.lastName ?? ''}`)
    .split(' ')
    .filter(Boolean)
    .sort();
}

/** Where one has no surname written, what both have must agree: „Anna” may be „Anna Priede”. */
function sameWords(a: readonly string[], b: readonly string[]): boolean {
  const [fewer, more] = a.length <= b.length ? [a, b] : [b, a];
  const left = [...more];
  return fewer.every((word) => {
    const at = left.findIndex((other) => nearly(word, other));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** A year off is a misheard birthday, not another person. */
function nearYear(one: number | null, other: number | null): boolean {
  return one === null || other === null || Math.abs(one - other) <= 1;
}

function yearOf(person: Named): number | null {
  return person.birthYear ?? (person.birthDate ? Number(person.birthDate.slice(0, 4)) : null);
}

/** Equal, or in words of five letters and more one letter wrong, missing or too many. */
function nearly(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 5 || long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  let end = 0;
  while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end += 1;
  return short.length - start - end <= 1 && long.length - start - end <= 1;
}
