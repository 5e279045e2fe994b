import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { BeforeSession } from './before-session.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * Takes away what signing in leaves behind (access_sweep says what, and why it is kept so long). Every process tries: the first
 * does the work, and whoever comes meanwhile finds it done.
 */
@Injectable()
export class Sweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(Sweep.name);
  private timers: NodeJS.Timeout[] = [];

  constructor(private readonly before: BeforeSession) {}

  onApplicationBootstrap(): void {
    const sweep = (): void => void this.sweep();
    // Not at once: a process that is just starting has better things to do.
    this.timers = [setTimeout(sweep, MINUTE), setInterval(sweep, DAY)];
    for (const timer of this.timers) timer.unref();
  }

  onApplicationShutdown(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** The next day tries again, so a failure is told and nothing more. */
  async sweep(): Promise<number> {
    try {
      return await this.before.sweep();
    } catch (error) {
      this.log.error(error);
      return 0;
    }
  }
}
