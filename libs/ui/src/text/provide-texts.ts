import { Injectable, InjectionToken, inject, makeEnvironmentProviders, type EnvironmentProviders } from '@angular/core';
import {
  DefaultTranspiler,
  provideTransloco,
  provideTranslocoTranspiler,
  type Translation,
  type TranslocoLoader,
  type TranspileParams,
} from '@jsverse/transloco';
import {
  formatMessage,
  isLanguage,
  languages,
  sourceLanguage,
  type Catalogue,
  type Language,
  type TextParams,
} from '@tilts/i18n';

/** Where the texts of one language come from: a file of the site, or in specs the source itself. */
export type LoadCatalogue = (language: Language) => Promise<Catalogue>;

const LOAD = new InjectionToken<LoadCatalogue>('load catalogue');

/** Only the language that is shown is downloaded. */
@Injectable({ providedIn: 'root' })
class LazyCatalogues implements TranslocoLoader {
  readonly #load = inject(LOAD);

  getTranslation(language: string): Promise<Translation> {
    return this.#load(isLanguage(language) ? language : sourceLanguage);
  }
}

/** Messages are ICU, filled by the same formatter that the server uses. */
@Injectable()
class IcuTranspiler extends DefaultTranspiler {
  #language: Language = sourceLanguage;

  onLangChanged(language: string): void {
    if (isLanguage(language)) this.#language = language;
  }

  override transpile({ value, params }: TranspileParams): unknown {
    return typeof value === 'string' ? formatMessage(this.#language, value, params as TextParams | undefined) : value;
  }
}

export function provideTexts(load: LoadCatalogue): EnvironmentProviders {
  return makeEnvironmentProviders([
    { provide: LOAD, useValue: load },
    provideTransloco({
      config: {
        availableLangs: [...languages],
        defaultLang: sourceLanguage,
        reRenderOnLangChange: true,
        prodMode: true,
        missingHandler: { logMissingKey: false },
      },
      loader: LazyCatalogues,
    }),
    provideTranslocoTranspiler(IcuTranspiler),
  ]);
}
