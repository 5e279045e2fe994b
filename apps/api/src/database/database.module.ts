import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Secrets } from '../platform/secrets.js';
import { SECRETS } from '../platform/settings.js';
import { Clock } from './clock.js';
import { makeDataSource } from './data-source.js';
import { Door } from './door.js';
import { Readiness } from './readiness.js';
import { RequestTransaction } from './request-transaction.js';
import { Seals } from './seals.js';

/** The way to the database and to what is sealed in it, for every feature. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  /** `appUrl` is the login of `tilts_app`, which owns nothing; a test gives its own clock. */
  static connect(
    appUrl: string,
    { clock = new Clock(), poolSize }: { clock?: Clock; poolSize?: number } = {},
  ): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        {
          provide: DataSource,
          useFactory: () => makeDataSource(appUrl, { ...(poolSize && { poolSize }) }).initialize(),
        },
        { provide: Clock, useValue: clock },
        { provide: Seals, useFactory: (secrets: Secrets) => new Seals(secrets.sealing), inject: [SECRETS] },
        { provide: Door, useFactory: () => new Door(appUrl) },
        Readiness,
        RequestTransaction,
      ],
      exports: [DataSource, Clock, Seals, Door, Readiness, RequestTransaction],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.source.destroy();
  }
}
