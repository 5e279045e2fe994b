import {
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  provideZonelessChangeDetection,
  type ApplicationConfig,
} from '@angular/core';
import { provideRouter, withComponentInputBinding, withInMemoryScrolling } from '@angular/router';
import { provideTexts } from '@tilts/ui';
import { Session } from './access/session';
import { routes } from './app.routes';
import { Bearer } from './platform/call';
import { fetchCatalogue } from './platform/catalogues';
import { PageLanguage } from './platform/language';

export const appConfig: ApplicationConfig = {
  providers: [
    provideZonelessChangeDetection(),
    provideBrowserGlobalErrorListeners(),
    provideRouter(routes, withComponentInputBinding(), withInMemoryScrolling({ scrollPositionRestoration: 'enabled' })),
    provideTexts(fetchCatalogue),
    { provide: Bearer, useExisting: Session },
    // The first page is drawn in the person's language, never first in another.
    provideAppInitializer(() => inject(PageLanguage).start()),
  ],
};
