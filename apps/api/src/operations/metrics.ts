import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import type { Readiness } from '../database/readiness.js';
import { requestAnswered, type RequestAnswered } from '../platform/telemetry.js';

/** What is measured; each is asked only when somebody reads the figures. */
export interface Measured {
  readonly source: DataSource;
  readonly readiness: Readiness;
  readonly sealing: { readonly current: number };
}

/** Seconds; most answers take a hundredth, and a sign-in about a fifth (Argon2id). */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const WAITING = `
  SELECT name AS queue, state::text, count(*) AS jobs, extract(epoch FROM now() - min(created_on)) AS oldest
  FROM pgboss.job WHERE state IN ('created', 'retry', 'active', 'failed') GROUP BY name, state`;

/** Counts and times of the running for Prometheus: by route template, never by person; no ids, no names, no addresses. */
export class Metrics {
  readonly registry = new Registry();
  private readonly listen: (message: unknown) => void;

  constructor(measured: Measured) {
    collectDefaultMetrics({ register: this.registry });
    this.listen = this.requests();
    requestAnswered.subscribe(this.listen);
    this.database(measured);
    this.installation(measured);
    this.jobs(measured.source);
  }

  end(): void {
    requestAnswered.unsubscribe(this.listen);
    this.registry.clear();
  }

  private requests(): (message: unknown) => void {
    const registers = [this.registry];
    const answered = new Counter({
      name: 'tilts_requests_total',
      help: 'Answered requests; 499 when the caller went away first',
      labelNames: ['method', 'route', 'status'],
      registers,
    });
    const seconds = new Histogram({
      name: 'tilts_request_seconds',
      help: 'From the first byte of a request to the end of its answer',
      labelNames: ['method', 'route'],
      buckets: BUCKETS,
      registers,
    });
    return (message) => {
      const { method, route, status, ...took } = message as RequestAnswered;
      answered.inc({ method, route, status });
      seconds.observe({ method, route }, took.seconds);
    };
  }

  private database({ source }: Measured): void {
    this.gauge(
      'tilts_database_connections',
      'Connections of the pool; waiting: requests that wait for one',
      ['state'],
      {
        collect: (gauge) => {
          // The pool of `pg` below TypeORM, which does not type it.
          const pool = (
            source.driver as unknown as { master: Record<'totalCount' | 'idleCount' | 'waitingCount', number> }
          ).master;
          gauge.set({ state: 'open' }, pool.totalCount);
          gauge.set({ state: 'idle' }, pool.idleCount);
          gauge.set({ state: 'waiting' }, pool.waitingCount);
        },
      },
    );
  }

  private installation({ readiness, sealing }: Measured): void {
    this.gauge('tilts_ready', '1: people may be sent here', [], {
      collect: async (gauge) => gauge.set((await readiness.isReady()) ? 1 : 0),
    });
    this.gauge('tilts_migrations', 'Steps of the schema: applied, missing, unknown to this version', ['state'], {
      collect: async (gauge) => {
        const steps = (await readiness.state())?.steps;
        gauge.reset();
        for (const [state, count] of Object.entries(steps ?? {})) gauge.set({ state }, count);
      },
    });
    this.gauge('tilts_sealing_key_number', 'Number of the key that seals', [], {
      collect: (gauge) => gauge.set(sealing.current),
    });
  }

  private jobs(source: DataSource): void {
    const rows = async (): Promise<{ queue: string; state: string; jobs: number; oldest: string }[]> =>
      source.query<{ queue: string; state: string; jobs: number; oldest: string }[]>(WAITING).catch(() => []);
    this.gauge('tilts_jobs', 'Background work by queue and state', ['queue', 'state'], {
      collect: async (gauge) => {
        gauge.reset();
        for (const { queue, state, jobs } of await rows()) gauge.set({ queue, state }, jobs);
      },
    });
    this.gauge('tilts_oldest_job_seconds', 'Age of what waits longest in a queue, for example a mail', ['queue'], {
      collect: async (gauge) => {
        gauge.reset();
        for (const { queue, state, oldest } of await rows())
          if (state === 'created' || state === 'retry') gauge.set({ queue }, Number(oldest));
      },
    });
  }

  private gauge<L extends string>(
    name: string,
    help: string,
    labelNames: L[],
    { collect }: { collect: (gauge: Gauge<L>) => void | Promise<void> },
  ): void {
    const gauge: Gauge<L> = new Gauge<L>({
      name,
      help,
      labelNames,
      registers: [this.registry],
      collect: () => collect(gauge),
    });
  }
}
