import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { PgBoss } from 'pg-boss';
import { DataSource } from 'typeorm';
import { RequestTransaction } from '../database/request-transaction.js';
import { MAIL_JOBS, QUEUE_SCHEMA } from './mail-queue-schema.js';

/** What waits to be mailed. A job holds the id of a notice and nothing else: whoever reads the queue learns nothing. */
export interface MailJob {
  noticeId: string;
}

/** Puts mails into the queue within the request's transaction, and hands them to the mailer one by one, again when it failed. */
@Injectable()
export class MailQueue implements OnModuleInit, OnApplicationShutdown {
  private readonly log = new Logger(MailQueue.name);
  private readonly boss: PgBoss;
  private worker: string | undefined;

  constructor(
    source: DataSource,
    private readonly transaction: RequestTransaction,
  ) {
    const { url } = source.options as { url?: string };
    // The schema belongs to the owner (migrate): this login may only use it.
    const notMine = {
      migrate: false,
      createSchema: false,
      reindex: false,
      monitorVacuum: false,
      schedule: false,
    } as const;
    this.boss = new PgBoss({
      connectionString: url ?? '',
      schema: QUEUE_SCHEMA,
      max: 2,
      application_name: 'tilts mail',
      ...notMine,
    });
    this.boss.on('error', (error) => this.log.error(error));
  }

  async onModuleInit(): Promise<void> {
    await this.boss.start();
  }

  /** Committed with the notice or not at all. */
  async enqueue(noticeId: string): Promise<void> {
    const inRequest = {
      executeSql: async (text: string, values: unknown[] = []) => ({
        rows: await this.transaction.query(text, values),
      }),
    };
    await this.boss.send(MAIL_JOBS, { noticeId } satisfies MailJob, { db: inRequest });
    this.transaction.afterCommit(() => this.wake());
  }

  async deliverWith(deliver: (job: MailJob) => Promise<void>): Promise<void> {
    this.worker = await this.boss.work<MailJob>(
      MAIL_JOBS,
      { batchSize: 1, pollingIntervalSeconds: 2 },
      async ([job]) => {
        // Looked for at once after each: several of one step would otherwise wait for a round each.
        this.wake();
        if (job) await deliver(job.data);
      },
    );
  }

  private wake(): void {
    if (this.worker) this.boss.notifyWorker(this.worker);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.boss.stop({ graceful: true, timeout: 5_000 });
  }
}
