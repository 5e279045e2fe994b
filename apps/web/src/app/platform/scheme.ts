import { DOCUMENT, Injectable, inject, signal } from '@angular/core';
import type { Option, Texts } from '@tilts/ui';
import { rememberScheme, rememberedScheme } from './preference';

export type Scheme = 'device' | 'light' | 'dark';

/** The three to choose from, in the words of the page. */
export function schemeOptions(texts: Texts): Option<Scheme>[] {
  return [
    { value: 'device', label: texts.text('shell.scheme.device'), icon: 'device' },
    { value: 'light', label: texts.text('shell.scheme.light'), icon: 'sun' },
    { value: 'dark', label: texts.text('shell.scheme.dark'), icon: 'moon' },
  ];
}

/** Light or dark pages, chosen for this device and kept on it. `public/scheme.js` applies the choice before the first picture. */
@Injectable({ providedIn: 'root' })
export class PageScheme {
  readonly #document = inject(DOCUMENT);
  readonly #chosen = signal<Scheme>(rememberedScheme() ?? 'device');
  readonly chosen = this.#chosen.asReadonly();

  choose(scheme: Scheme): void {
    const own = scheme === 'device' ? null : scheme;
    rememberScheme(own);
    this.#chosen.set(scheme);
    if (own) this.#document.documentElement.setAttribute('data-scheme', own);
    else this.#document.documentElement.removeAttribute('data-scheme');
  }
}
