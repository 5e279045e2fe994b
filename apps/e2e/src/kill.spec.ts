import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { aVisit, demoEmail } from '@tilts/testing';
import { Caller } from './tilts/caller.js';
import { OwnTilts } from './tilts/own-tilts.js';

const email = demoEmail('mediator', 'VENTSPILS');
const inFlight = 20;

/** Not at the very moment of an answer: in between, when others are half done. */
const soon = (accident: () => void): void => void setTimeout(accident, 7);

test('kill -9 in a burst of 500 visits loses none that was acknowledged and doubles none', async () => {
  test.setTimeout(180_000);
  const tilts = await OwnTilts.inNewFolders();
  try {
    console.log(`  first start with demo data: ${(await tilts.start()).toFixed(1)} s`);
    let caller = await Caller.signIn(tilts.address, email);
    const family = (await caller.families()).find((one) => one.status === 'active');
    if (!family) throw new Error('the demo has active families');
    const before = await caller.visitIds(family.id);
    const visits = Array.from({ length: 500 }, () => aVisit(family));
    const acknowledged = new Set<string>();
    const burst = async (among: typeof visits, accident: { after: number; what: () => void }): Promise<void> => {
      const queue = [...among];
      let happened = false;
      const worker = async (): Promise<void> => {
        for (let visit = queue.shift(); visit; visit = queue.shift()) {
          const status = await caller.log(visit);
          if (status === 201) acknowledged.add(visit.id);
          if (!happened && acknowledged.size >= accident.after) {
            happened = true;
            accident.what();
          }
        }
      };
      await Promise.all(Array.from({ length: inFlight }, worker));
      expect(happened, 'the accident happened in the middle').toBe(true);
    };
    const again = async (): Promise<void> => {
      console.log(`  start after kill -9: ${(await tilts.start()).toFixed(1)} s`);
      caller = await Caller.signIn(tilts.address, email);
      const ids = (await caller.visitIds(family.id)).filter((id) => !before.includes(id));
      console.log(`  acknowledged ${acknowledged.size}, found ${ids.length}`);
      expect(new Set(ids).size, 'none twice').toBe(ids.length);
      expect(
        [...acknowledged].filter((id) => !ids.includes(id)),
        'acknowledged and lost',
      ).toEqual([]);
    };

    await burst(visits, { after: 180, what: () => soon(() => void tilts.kill()) });
    expect(acknowledged.size).toBeLessThan(500);
    await again();

    const left = visits.filter(({ id }) => !acknowledged.has(id));
    await burst(left, { after: acknowledged.size + 120, what: () => soon(() => tilts.killDatabase()) });
    await tilts.kill();
    await again();

    // Whoever got no answer sends the same again: each is there exactly once.
    const queue = [...visits];
    const statuses = new Set<number | undefined>();
    await Promise.all(
      Array.from({ length: inFlight }, async () => {
        for (let visit = queue.shift(); visit; visit = queue.shift()) statuses.add(await caller.log(visit));
      }),
    );
    expect([...statuses]).toEqual([201]);
    const ids = (await caller.visitIds(family.id)).filter((id) => !before.includes(id));
    expect(ids.toSorted()).toEqual(visits.map(({ id }) => id).toSorted());

    await tilts.stop();
    console.log(`  second start after a clean stop: ${(await tilts.start()).toFixed(1)} s`);
    expect(await tilts.stop(), 'SIGTERM is a clean end').toBe(0);
    expect(tilts.left(), 'processes left behind').toEqual([]);
  } finally {
    await tilts.remove();
  }
});

test('kill -9 at any moment of a start is survived by the next start', async () => {
  test.setTimeout(180_000);
  const { seconds, families } = await undisturbedStart();
  const tilts = await OwnTilts.inNewFolders();
  try {
    // In the middle of making the database, of bringing it up to date, of loading the demo data; each start finds what the last one left.
    for (const [turn, part] of [0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7].entries()) {
      tilts.launch();
      await sleep(part * seconds * 1_000);
      await (turn % 2 === 0 ? tilts.killEverything() : tilts.kill());
      console.log(
        `  killed after ${(part * seconds).toFixed(1)} s: ${tilts.said.trim().split('\n').at(-1)?.trim() ?? ''}`,
      );
    }
    await tilts.start();
    const caller = await Caller.signIn(tilts.address, email);
    expect((await caller.families()).length, 'the demo data is there, once').toBe(families);
  } finally {
    await tilts.remove();
  }
});

async function undisturbedStart(): Promise<{ seconds: number; families: number }> {
  const tilts = await OwnTilts.inNewFolders();
  try {
    const seconds = await tilts.start();
    const families = await (await Caller.signIn(tilts.address, email)).families();
    return { seconds, families: families.length };
  } finally {
    await tilts.remove();
  }
}
