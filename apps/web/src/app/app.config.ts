import {
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  provideZonelessChangeDetection,
  type ApplicationConfig,
} from '@angular/core';
import {
  provideRouter,
  withComponentInputBinding,
  withInMemoryScrolling,
  withNavigationErrorHandler,
} from '@angular/router';
import { provideTexts } from '@tilts/ui';
import { StepUp } from './access/second-factor/step-up';
import { Session } from './access/session';
import { routes } from './app.routes';
import { Assurance, Bearer } from './platform/call';
import { fetchCatalogue } from './platform/catalogues';
import { PageLanguage } from './platform/language';
import { openWithNewerBuild } from './platform/newer-build';

export const appConfig: ApplicationConfig = {
  providers: [
    provideZonelessChangeDetection(),
    provideBrowserGlobalErrorListeners(),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
      withNavigationErrorHandler((failed) => void openWithNewerBuild(failed)),
    ),
    provideTexts(fetchCatalogue),
    { provide: Bearer, useExisting: Session },
    { provide: Assurance, useExisting: StepUp },
    // The first page is drawn in the person's language, never first in another.
    provideAppInitializer(() => inject(PageLanguage).start()),
  ],
};
