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
import { Remembered } from './access/remembered';
import { StepUp } from './access/second-factor/step-up';
import { Session } from './access/session';
import { BeforeSignOut } from './access/sign-out';
import { routes } from './app.routes';
import { Assurance, Bearer } from './platform/call';
import { fetchCatalogue } from './platform/catalogues';
import { PageLanguage } from './platform/language';
import { LocalCopy } from './platform/local-copy';
import { MayUpdate } from './platform/may-update';
import { openWithNewerBuild } from './platform/newer-build';
import { wasSignedIn } from './platform/preference';
import { Phone } from './sync/phone';
import { RememberedOnPhone } from './sync/remembered-on-phone';
import { UnsentSchema } from './sync/unsent-schema';
import { BeforeLeaving } from './sync/before-leaving';

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
    { provide: BeforeSignOut, useExisting: BeforeLeaving },
    { provide: LocalCopy, useExisting: Phone },
    { provide: Remembered, useExisting: RememberedOnPhone },
    { provide: MayUpdate, useExisting: UnsentSchema },
    // The first page is drawn in the person's language, never first in another.
    provideAppInitializer(() => {
      if (wasSignedIn()) inject(RememberedOnPhone).begin();
      return inject(PageLanguage).start();
    }),
  ],
};
