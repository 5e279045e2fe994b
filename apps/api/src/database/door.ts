import { createHmac } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool, type QueryResultRow } from 'pg';
import { withLogin } from './data-source.js';

/** A few at a time: signing in is rare, and an Argon2id hash takes longer than the statements beside it. */
const CONNECTIONS = 4;

/**
 * The login of those who are nobody yet. It holds nothing but functions that are made for it, most of them in access-functions.sql, and `tilts_app` does not
 * hold them: an injected statement in a feature can therefore not make itself a session of somebody else.
 */
@Injectable()
export class Door implements OnApplicationShutdown {
  private readonly pool: Pool;

  constructor(appUrl: string) {
    this.pool = new Pool({ connectionString: doorUrlOf(appUrl), max: CONNECTIONS, application_name: 'tilts-door' });
    // An idle connection that the server closed is replaced at the next call; without a listener it would end the process.
    this.pool.on('error', () => undefined);
  }

  async call<T extends QueryResultRow>(sql: string, values: unknown[]): Promise<T[]> {
    return (await this.pool.query<T>(sql, values)).rows;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}

/** Made of the app's password, so that there is no second secret to keep; the other way round it cannot be computed. */
export function doorPasswordOf(appPassword: string): string {
  return createHmac('sha256', appPassword).update('tilts_door').digest('base64url');
}

function doorUrlOf(appUrl: string): string {
  return withLogin(appUrl, 'tilts_door', doorPasswordOf(decodeURIComponent(new URL(appUrl).password)));
}
