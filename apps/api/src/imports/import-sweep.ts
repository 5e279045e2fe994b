import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Door } from '../database/door.js';

const HOUR = 3_600_000;

/** Erases lists that nobody confirmed within their day. They are hidden by then: this is about what the disk holds. */
@Injectable()
export class ImportSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(ImportSweep.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly door: Door) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.sweep();
    this.timer ??= setInterval(() => void this.sweep(), HOUR).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Nobody asked for it, so nobody's session stands behind it: it goes through the door, which holds this one function for it. */
  private async sweep(): Promise<void> {
    await this.door.call('SELECT sweep_imports()', []).catch((error: unknown) => this.log.error(error));
  }
}
