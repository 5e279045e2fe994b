import { setTimeout as sleep } from 'node:timers/promises';
import { lookAtNeedsYou } from './needs-you.mjs';
import { Scene } from './scene.mjs';

/** (a) kill -9 of the API and of PostgreSQL at random points, while phones work; they go on by themselves. */
export async function kills({
  office,
  random,
  kills: wanted,
  say,
  Kind,
  victims = ['API', 'PostgreSQL', 'both'],
  onReady,
}) {
  const scene = await Scene.of(office, random, { mediators: 3, Kind });
  await onReady?.();
  let working = true;
  let exchanged = 0;
  const work = async (desk) => {
    while (working) {
      for (let n = random.between(1, 4); n > 0; n -= 1) desk.step();
      if (await desk.phone.exchange()) exchanged += 1;
      else await sleep(20);
      if (random.chance(0.05)) lookAtNeedsYou(desk);
      // A person is slower than a program, and an outbox does not fill without end while the office is away.
      await sleep(desk.phone.standing().unsent > 200 ? 100 : random.between(0, 10));
    }
  };
  const workday = Promise.all(scene.desks.map(work));
  // Told when it is waited for; until then it must not end the process.
  workday.catch(() => (working = false));
  const counts = {};
  try {
    for (let n = 1; working && n <= wanted; n += 1) {
      const before = exchanged;
      const until = Date.now() + 20_000;
      while (exchanged < before + 3 && Date.now() < until) await sleep(5);
      await sleep(random.between(0, 400));
      const victim = victims[n % victims.length];
      counts[victim] = (counts[victim] ?? 0) + 1;
      say(`kill ${n} of ${wanted}: ${victim}; ${scene.ledger.length} commands so far`);
      if (victim !== 'PostgreSQL') await office.killApi();
      if (victim !== 'API') {
        await office.killDatabase();
        await office.startDatabase();
      }
      if (victim !== 'PostgreSQL') await office.startApi();
    }
  } finally {
    working = false;
    await workday;
  }
  await scene.settle();
  return {
    scene,
    happened: Object.entries(counts)
      .map(([victim, n]) => `${n} × ${victim}`)
      .join(', '),
  };
}
