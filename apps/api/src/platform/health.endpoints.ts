import { endpoint, YesNo } from '@tilts/domain';

/** That this process answers. */
export class HealthView {
  @YesNo()
  live: boolean;
}

/** That it may be sent people. */
export class ReadinessView {
  @YesNo()
  ready: boolean;
}

/** For whoever watches the server: operations of the machine, so they are not in the domain's table. */
export const healthEndpoints = {
  live: endpoint({
    method: 'GET',
    path: '/health',
    permission: 'public',
    summary: 'Answers as long as this process does; says nothing about its database',
    output: HealthView,
  }),
  ready: endpoint({
    method: 'GET',
    path: '/health/ready',
    permission: 'public',
    summary:
      'Ready to be sent people; 503 when the database is away, not at this version, sealed with other keys, or when this process is leaving',
    output: ReadinessView,
  }),
};
