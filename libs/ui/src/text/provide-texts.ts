import { Injectable, makeEnvironmentProviders, type EnvironmentProviders } from '@angular/core';
import {
  DefaultTranspiler, provideTransloco, provideTranslocoTranspiler, type Translation, type TranslocoLoader, type TranspileParams,
} from '@jsverse/transloco';
import { formatMessage, isLanguage, languages, loadCatalogue, sourceLanguage, type Language, type TextParams } from '@tilts/i18n';

/** Only the language that is shown is downloaded. */
@Injectable({ providedIn: 'root' })
class LazyCatalogues implements TranslocoLoader {
  getTranslation(language: string): Promise<Translation> {
    return loadCatalogue[isLanguage(language) ? language : sourceLanguage]();
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

export function provideTexts(): EnvironmentProviders {
  return makeEnvironmentProviders([
    provideTransloco({
      config: { availableLangs: [...languages], defaultLang: sourceLanguage, reRenderOnLangChange: true, prodMode: true, missingHandler: { logMissingKey: false } },
      loader: LazyCatalogues,
    }),
    provideTranslocoTranspiler(IcuTranspiler),
  ]);
}
