import type { Day, Instant } from '@tilts/domain';
import type { SeededRandom } from '@tilts/testing';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import type { Seals } from '../database/seals.js';
import { entities } from '../entities.js';

type Entity<T extends object> = new () => T;

// Rows of one statement: below the 65,535 parameters that PostgreSQL takes.
const BATCH = 400;

/** Collects invented rows and writes them in batches, in an order in which every reference finds its row. */
export class DemoRecords {
  private readonly rows = new Map<Entity<object>, object[]>();
  readonly salts = new Map<string, Buffer>();

  constructor(
    private readonly seals: Seals,
    readonly random: SeededRandom,
    readonly now: Date,
  ) {}

  add<T extends object>(type: Entity<T>, row: NoInfer<T>): void {
    const rows = this.rows.get(type) ?? [];
    rows.push(row);
    this.rows.set(type, rows);
  }

  /** Sealed with the salt of the family, like everything that is told of it. */
  seal(family: { id: string; municipalityId: string }, table: string, id: string, words: object): Buffer {
    const salt = this.salts.get(family.id) ?? this.seals.newSalt();
    this.salts.set(family.id, salt);
    return this.seals.seal({ table, id, tenant: family.municipalityId }, salt, words);
  }

  id(moment: Instant): string {
    return this.random.idAt(new Date(moment));
  }

  /** A moment of that day in the hours in which people work; never later than now. */
  moment(day: Day, hour = this.random.int(7, 15), minute = this.random.int(0, 59)): Instant {
    const moment = `${day}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00.000Z`;
    return moment < this.now.toISOString() ? moment : this.now.toISOString();
  }

  async write(manager: EntityManager): Promise<void> {
    for (const type of entities as readonly Entity<ObjectLiteral>[]) {
      const rows = this.rows.get(type) ?? [];
      for (let from = 0; from < rows.length; from += BATCH) {
        await manager
          .createQueryBuilder()
          .insert()
          .into(type)
          .values(rows.slice(from, from + BATCH))
          .updateEntity(false)
          .execute();
      }
    }
  }
}
