import { Controller } from '@nestjs/common';
import { DomainError } from '@tilts/domain';
import { Readiness } from '../database/readiness.js';
import { healthEndpoints, type HealthView, type ReadinessView } from '../platform/health.endpoints.js';
import { Serves } from '../platform/serves.decorator.js';

/** Asked by whoever watches the server; tells nothing but yes or no. */
@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Serves(healthEndpoints.live)
  async live(): Promise<HealthView> {
    return { live: true };
  }

  @Serves(healthEndpoints.ready)
  async ready(): Promise<ReadinessView> {
    if (!(await this.readiness.isReady())) throw new DomainError('UNAVAILABLE');
    return { ready: true };
  }
}
