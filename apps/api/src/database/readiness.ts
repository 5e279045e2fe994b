import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Door } from './door.js';
import { Seals } from './seals.js';

/** Longer than any answer of a database that is well. Milliseconds. */
const PATIENCE = 3_000;

/** How the database stands to this version of Tilts. */
export interface InstallationState {
  /** Steps of the schema that are there, that this version has and the database lacks, and that only a newer version knows. */
  readonly steps: { readonly applied: number; readonly missing: number; readonly unknown: number };
  /** Whether every key that the database was sealed with is at hand. */
  readonly keysFit: boolean;
}

/** Whether this process may be sent people: the database is there, at our version, sealed with our keys, and we are not leaving. */
@Injectable()
export class Readiness {
  private leaving = false;
  private asking: Promise<InstallationState | undefined> | undefined;

  constructor(
    private readonly source: DataSource,
    private readonly door: Door,
    private readonly seals: Seals,
  ) {}

  /** From now on „not ready”: the proxy sends people elsewhere before the doors close. */
  leave(): void {
    this.leaving = true;
  }

  async isReady(): Promise<boolean> {
    if (this.leaving) return false;
    const state = await this.state();
    return state !== undefined && state.keysFit && state.steps.missing === 0 && state.steps.unknown === 0;
  }

  /** Undefined: the database does not answer, or nobody ever brought it up to date. */
  state(): Promise<InstallationState | undefined> {
    // However many strangers ask at once, the database is asked once: signing in uses the same few connections.
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async ask(): Promise<InstallationState | undefined> {
    // Through the door: when all connections of the requests are taken, we are busy, not unready.
    const asked = this.door.call<{ steps: string[]; keys: Record<string, string> }>(
      'SELECT * FROM installation_state()',
      [],
    );
    let timer: NodeJS.Timeout | undefined;
    const tired = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), PATIENCE);
    });
    try {
      const found = (await Promise.race([asked, tired]))?.[0];
      return found && { steps: this.compare(found.steps), keysFit: this.fits(found.keys) };
    } catch {
      return undefined;
    } finally {
      clearTimeout(timer);
      // When patience ended first, its failure is nobody's any more.
      asked.catch(() => undefined);
    }
  }

  private compare(found: string[]): InstallationState['steps'] {
    const ours = stepsOf(this.source);
    return {
      applied: ours.filter((step) => found.includes(step)).length,
      missing: ours.filter((step) => !found.includes(step)).length,
      unknown: found.filter((step) => !ours.includes(step)).length,
    };
  }

  private fits(keys: Record<string, string>): boolean {
    const known = Object.entries(keys);
    return known.length > 0 && known.every(([number, value]) => this.valueOf(Number(number)) === value);
  }

  private valueOf(number: number): string | undefined {
    try {
      return this.seals.checkValue(number).toString('hex');
    } catch {
      // The key itself is not here.
      return undefined;
    }
  }
}

/** Names of the migrations of this version, as the table `migration` holds them. */
export function stepsOf(source: DataSource): string[] {
  return source.migrations.map((migration) => migration.name ?? migration.constructor.name);
}
