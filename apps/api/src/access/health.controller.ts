import { Controller } from '@nestjs/common';
import { DomainError } from '@tilts/domain';
import { healthEndpoints, type HealthView } from '../platform/health.endpoints.js';
import { Serves } from '../platform/serves.decorator.js';
import { BeforeSession } from './before-session.js';

/** Asked by whoever watches the server; tells nothing but yes or no. */
@Controller()
export class HealthController {
  constructor(private readonly before: BeforeSession) {}

  @Serves(healthEndpoints.read)
  async read(): Promise<HealthView> {
    if (!(await this.before.isAlive())) throw new DomainError('UNAVAILABLE');
    return { live: true, ready: true };
  }
}
