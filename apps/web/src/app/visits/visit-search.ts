import { foldLatvian, type VisitView } from '@tilts/domain';

/** Finds visits by what stands in them and whose they are. Every word must be found, with or without diacritics, in any order. */
export class VisitSearch {
  /** Folding thousands of notes with each letter that is typed would be felt. */
  readonly #folded = new WeakMap<VisitView, string>();

  /** `besides`: what the visit itself does not hold, such as names. */
  constructor(readonly besides: (visit: VisitView) => readonly string[]) {}

  find(visits: readonly VisitView[], wanted: string): readonly VisitView[] {
    const words = foldLatvian(wanted).split(' ').filter(Boolean);
    if (words.length === 0) return visits;
    return visits.filter((visit) => {
      const text = this.#textOf(visit);
      return words.every((word) => text.includes(word));
    });
  }

  #textOf(visit: VisitView): string {
    const known = this.#folded.get(visit);
    if (known !== undefined) return known;
    const text = foldLatvian(
      [visit.familyCode, ...this.besides(visit), visit.note ?? '', visit.nextStep ?? ''].join(' '),
    );
    this.#folded.set(visit, text);
    return text;
  }
}
