import { endpoint, YesNo } from '@tilts/domain';

/** Whether this process answers, and whether it can reach its database. */
export class HealthView {
  @YesNo()
  live: boolean;

  @YesNo()
  ready: boolean;
}

/** For whoever watches the server: an operation of the machine, so it is not in the domain's table. */
export const healthEndpoints = {
  read: endpoint({
    method: 'GET',
    path: '/health',
    permission: 'public',
    summary: 'Live, and ready when the database answers; 503 when it does not',
    output: HealthView,
  }),
};
