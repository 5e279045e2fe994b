import { Injectable, effect, inject, signal, untracked } from '@angular/core';
import { codeListEndpoints, type ChoiceList, type CodeWordingView, type OutputOf } from '@tilts/domain';
import { languages, type TextKey } from '@tilts/i18n';
import { Texts, type Option, type OwnWords } from '@tilts/ui';
import { CALL } from '../platform/call';
import { LocalCopy } from '../platform/local-copy';

/** Chips say some codes in fewer words; the coordinator's words are meant for them too. */
const alsoAt: Readonly<Record<string, string>> = {
  'directory.needArea': 'visits.form.area',
  'visits.assistance': 'visits.form.kind',
};

/**
 * How this installation calls the codes of its lists, and which of them its forms leave out. Asked once, beside the first page,
 * and kept in this memory; without an answer the texts are Tilts' own and nothing is left out. A phone that holds them says when they change.
 */
@Injectable({ providedIn: 'root' })
export class CodeLists {
  readonly #call = inject(CALL);
  readonly #texts = inject(Texts);
  readonly #retired = signal<ReadonlySet<string>>(new Set());
  readonly #copy = inject(LocalCopy, { optional: true });
  #asked = false;
  #laid = '';

  constructor() {
    effect(() => {
      this.#copy?.changed();
      untracked(() => void this.#readHeld().catch(() => undefined));
    });
  }

  /** Asks when nobody has asked yet; what failed is asked again the next time. */
  async readOnce(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    try {
      await this.read();
    } catch {
      this.#asked = false;
    }
  }

  async read(): Promise<void> {
    this.#lay((await this.#call(codeListEndpoints.wordings)).items);
  }

  async #readHeld(): Promise<void> {
    if (!this.#asked) return;
    const held = await this.#copy?.answer(codeListEndpoints.wordings, {});
    if (held) this.#lay((held.output as OutputOf<typeof codeListEndpoints.wordings>).items);
  }

  #lay(items: readonly CodeWordingView[]): void {
    // What stayed the same draws nothing.
    const laid = JSON.stringify(items);
    if (laid === this.#laid) return;
    this.#laid = laid;
    this.#texts.layOver(ownWords(items));
    this.#retired.set(new Set(items.filter(({ retired }) => retired).map(({ list, code }) => `${list}.${code}`)));
  }

  /** The codes of a list for a form. A retired one is offered only where it is chosen already. */
  options<V extends string>(list: ChoiceList<V>, words: string = list.name): Option<V>[] {
    return list.values.map((value) => ({
      value,
      // Each choice has a text in each language: check-texts.spec of i18n.
      label: this.#texts.text(`${words}.${value}` as TextKey),
      ...(this.#retired().has(`${list.name}.${value}`) && { retired: true }),
    }));
  }
}

function ownWords(wordings: readonly CodeWordingView[]): OwnWords {
  const wordsIn = (language: (typeof languages)[number]): ReadonlyMap<string, string> =>
    new Map(
      wordings.flatMap((wording): [string, string][] => {
        const { list, code, [language]: word } = wording;
        const short = alsoAt[list];
        if (!word) return [];
        return [[`${list}.${code}`, word], ...(short ? [[`${short}.${code}`, word] as [string, string]] : [])];
      }),
    );
  return Object.fromEntries(languages.map((language) => [language, wordsIn(language)]));
}
