import { setTimeout as wait } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

/** Returns once so many statements wait for somebody's lock, so that a spec decides who comes first and not luck. */
export async function untilWaiting(owner: DataSource, statements: number): Promise<void> {
  for (let left = 200; left > 0; left -= 1) {
    const [row] = await owner.query<{ waiting: number }[]>(
      'SELECT count(DISTINCT pid)::integer AS waiting FROM pg_locks WHERE NOT granted',
    );
    if ((row?.waiting ?? 0) >= statements) return;
    await wait(20);
  }
  throw new Error(`${statements} statements do not wait`);
}
