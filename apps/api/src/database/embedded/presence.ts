import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';

/** What presence needs to know about the server that it holds on to. */
export interface HeldServer {
  connect: () => Promise<Client>;
  isAlive: () => boolean;
  /** Told once when the server is gone for good. */
  onLost: () => void;
}

/** One connection for as long as we use the server: pools close idle ones, and the last one out must not miss us. */
export class Presence {
  private leaving = false;

  private constructor(
    private readonly server: HeldServer,
    private connection: Client,
  ) {}

  static async at(server: HeldServer): Promise<Presence> {
    const presence = new Presence(server, await server.connect());
    presence.watch();
    return presence;
  }

  get client(): Client {
    return this.connection;
  }

  async leave(): Promise<void> {
    this.leaving = true;
    await this.connection.end().catch(() => undefined);
  }

  private watch(): void {
    this.connection.once('end', () => void this.regain());
  }

  /** A crashed backend takes every connection with it, and the server comes back by itself; when it died, nobody brings it back. */
  private async regain(): Promise<void> {
    while (!this.leaving) {
      if (!this.server.isAlive()) return this.server.onLost();
      try {
        this.connection = await this.server.connect();
      } catch {
        await sleep(200);
        continue;
      }
      this.watch();
      if (this.leaving) await this.leave();
      return;
    }
  }
}
