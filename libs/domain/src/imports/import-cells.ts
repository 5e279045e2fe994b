import type { ChoiceList } from '../fields/choices.js';
import { isDay } from '../fields/day.js';
import { foldLatvian } from '../fields/fold.js';
import type { ImportWords } from './import-columns.js';

/** What a cell says, or undefined when it cannot be understood. Nothing is guessed. */
export type Reading<T> = T | undefined;

/** A word of a list, as people write it; the code itself is understood too. */
export function valueReader(list: ChoiceList, words: ImportWords): (cell: string) => Reading<string> {
  const known = new Map<string, string>();
  for (const value of list.values) {
    for (const word of [value, ...words.values(list, value)]) {
      const folded = foldLatvian(word);
      if (folded && !known.has(folded)) known.set(folded, value);
    }
  }
  return (cell) => known.get(foldLatvian(cell));
}

const latvian = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\.?$/;
const international = /^\d{4}-\d{2}-\d{2}$/;

/** `31.12.1985` or `1985-12-31`. A year of two digits, slashes and names of months are not understood: they could mean two days. */
export function readDay(cell: string): Reading<string> {
  const found = latvian.exec(cell);
  const day = found
    ? `${found[3] ?? ''}-${(found[2] ?? '').padStart(2, '0')}-${(found[1] ?? '').padStart(2, '0')}`
    : cell;
  return international.test(day) && isDay(day) ? day : undefined;
}

export function readYear(cell: string): Reading<number> {
  return /^\d{4}$/.test(cell) ? Number(cell) : undefined;
}
