import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Door } from '../database/door.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Takes away receipts that no phone asks for any more (`sweep_receipts` says which). Of several processes one does it. */
@Injectable()
export class ReceiptSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(ReceiptSweep.name);
  private timers: NodeJS.Timeout[] = [];

  constructor(private readonly door: Door) {}

  onApplicationBootstrap(): void {
    const sweep = (): void => void this.sweep();
    this.timers = [setTimeout(sweep, 2 * MINUTE), setInterval(sweep, DAY)];
    for (const timer of this.timers) timer.unref();
  }

  onApplicationShutdown(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** The next day tries again, so a failure is told and nothing more. */
  async sweep(): Promise<void> {
    await this.door.call('SELECT sweep_receipts()', []).catch((error: unknown) => this.log.error(error));
  }
}
