import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AccessModule } from './access/access.module.js';
import { CodeListsModule } from './codeLists/code-lists.module.js';
import { ConsentsModule } from './consents/consents.module.js';
import type { Clock } from './database/clock.js';
import { DatabaseModule } from './database/database.module.js';
import { DirectoryModule } from './directory/directory.module.js';
import { FamiliesModule } from './families/families.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { MediatorsModule } from './mediators/mediators.module.js';
import { MunicipalitiesModule } from './municipalities/municipalities.module.js';
import { NoticesModule } from './notices/notices.module.js';
import { OutcomesModule } from './outcomes/outcomes.module.js';
import { PersonsModule } from './persons/persons.module.js';
import { DocumentController } from './platform/document.controller.js';
import type { Environment } from './platform/environment.js';
import { ErrorAnswers } from './platform/error-answers.js';
import type { Secrets } from './platform/secrets.js';
import { ENVIRONMENT, SECRETS } from './platform/settings.js';
import { WEB_BUILD, type WebBuild } from './platform/web-build.js';
import { ReferralsModule } from './referrals/referrals.module.js';
import { RegistrationModule } from './registration/registration.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { SyncModule } from './sync/sync.module.js';
import { VisitsModule } from './visits/visits.module.js';

/** What a running Tilts is made with. */
export interface AppSettings {
  environment: Environment;
  secrets: Secrets;
  /** The login of `tilts_app`. */
  appUrl: string;
  web: WebBuild | undefined;
  /** Tests give another clock. */
  clock?: Clock;
  poolSize?: number;
  /** More features: specs plant them. */
  features?: readonly (Type | DynamicModule)[];
}

/** Every feature, in feature order: each may use what stands above it. */
export const FEATURES: readonly (Type | DynamicModule)[] = [
  AccessModule,
  CodeListsModule,
  MunicipalitiesModule,
  DirectoryModule,
  MediatorsModule,
  FamiliesModule,
  PersonsModule,
  ConsentsModule,
  RegistrationModule,
  ImportsModule,
  OutcomesModule,
  VisitsModule,
  NoticesModule,
  ReferralsModule,
  SyncModule,
  ReportsModule,
];

@Global()
@Module({})
class SettingsModule {}

/** The whole API. */
@Module({})
export class AppModule {
  static with({ environment, secrets, appUrl, web, clock, poolSize, features = [] }: AppSettings): DynamicModule {
    const settings = [
      { provide: ENVIRONMENT, useValue: environment },
      { provide: SECRETS, useValue: secrets },
      { provide: WEB_BUILD, useValue: web },
    ];
    return {
      module: AppModule,
      imports: [
        { module: SettingsModule, global: true, providers: settings, exports: settings.map(({ provide }) => provide) },
        DatabaseModule.connect(appUrl, { ...(clock && { clock }), ...(poolSize && { poolSize }) }),
        ...FEATURES,
        ...features,
      ],
      controllers: [DocumentController],
      providers: [{ provide: APP_FILTER, useClass: ErrorAnswers }],
    };
  }
}
