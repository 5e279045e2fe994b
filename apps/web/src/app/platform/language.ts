import { DOCUMENT, Injectable, inject } from '@angular/core';
import type { Language } from '@tilts/i18n';
import { Texts } from '@tilts/ui';
import { rememberLanguage, rememberedLanguage } from './preference';

/** Which language the pages speak: loads it, tells the browser and screen readers, and remembers it for the next sign-in page. */
@Injectable({ providedIn: 'root' })
export class PageLanguage {
  readonly #texts = inject(Texts);
  readonly #document = inject(DOCUMENT);
  readonly active = this.#texts.language;

  start(): Promise<void> {
    return this.#show(rememberedLanguage());
  }

  async use(language: Language): Promise<void> {
    rememberLanguage(language);
    await this.#show(language);
  }

  async #show(language: Language): Promise<void> {
    await this.#texts.use(language);
    this.#document.documentElement.lang = language;
  }
}
