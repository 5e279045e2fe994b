import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { LOOK_EVERY, type SealingKeys } from '../../platform/sealing-keys.js';
import { Seals } from '../seals.js';
import { resealTable } from './reseal.js';
import { sealedTables } from './sealed-tables.js';

/** Any number that nobody else in this database uses: of all processes one seals anew. */
export const RESEAL_LOCK = 20_171_004;
/** Milliseconds. Between batches, so that the answers of people come first. */
const BREATH = 10;
/** Until it is looked again after another process had the lock, the database was away, or all was done for the first time. */
const LATER = 15_000;

/**
 * After a new key was added, seals everything anew with it while Tilts goes on working: one process of all, by its owner's login, in
 * small batches. Stopped or killed it goes on at the next start; without an older key it does nothing, not even connect.
 */
export class Resealing {
  private readonly seals: Seals;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private finished: number | undefined;

  constructor(
    private readonly ownerUrl: string,
    private readonly sealing: SealingKeys,
    private readonly log: Logger,
    private readonly pace: { look: number; later: number } = { look: LOOK_EVERY, later: LATER },
  ) {
    this.seals = new Seals(sealing);
  }

  start(): this {
    this.running = this.run();
    return this;
  }

  async end(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const current = this.sealing.current;
      if (this.sealing.keys.size < 2 || this.finished === current) {
        await this.pause(this.pace.look);
        continue;
      }
      const left = await this.walk().catch((error: unknown) => {
        this.log.warn({ kind: error instanceof Error ? error.name : typeof error }, 'sealing anew was interrupted');
        return undefined;
      });
      // A process that had not seen the new key yet may have written behind the walk: so the last one must find nothing.
      if (left === 0 && this.sealing.current === current) {
        this.finished = current;
        this.log.info({ key: current }, 'everything is sealed with the new key');
      }
      if (left !== 0 || !this.finished) await this.pause(this.pace.later);
    }
  }

  /** One walk through all tables; how many rows it sealed anew, or undefined when another process does it. */
  private async walk(): Promise<number | undefined> {
    const owner = new Client({ connectionString: this.ownerUrl, application_name: 'tilts-reseal' });
    owner.on('error', () => undefined);
    await owner.connect();
    try {
      const { rows } = await owner.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [RESEAL_LOCK]);
      if (!rows[0]?.mine) return undefined;
      let resealed = 0;
      for (const table of sealedTables) {
        const walked = await resealTable(owner, this.seals, table, () => this.pause(BREATH));
        resealed += walked.resealed;
        if (walked.resealed > 0 || walked.unreadable > 0)
          this.log.info({ table: table.table, key: this.seals.current, ...walked }, 'sealed anew');
        if (this.stopping.signal.aborted) return undefined;
      }
      return resealed;
    } finally {
      await owner.end().catch(() => undefined);
    }
  }

  /** False when it is time to stop. */
  private async pause(ms: number): Promise<boolean> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    return !this.stopping.signal.aborted;
  }
}
