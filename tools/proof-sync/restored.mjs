import { Scene } from './scene.mjs';

/** (d) The database is lost and made anew from a backup; phones notice the other generation and hand in what it lacks. */
export async function restored({ office, random, rounds, say, Kind }) {
  const scene = await Scene.of(office, random, { mediators: 2, phones: 2, Kind });
  const work = async (times) => {
    for (let n = 0; n < times; n += 1)
      for (const desk of scene.desks) {
        for (let steps = random.between(1, 4); steps > 0; steps -= 1) desk.step();
        if (random.chance(0.8)) await desk.phone.exchange();
        if (random.chance(0.1)) await desk.pull();
      }
  };
  say('work before the backup');
  const times = Math.max(5, Math.round(rounds / 10));
  await work(times);
  for (let i = 0; i < scene.desks.length; i += 2) {
    const [one, other] = scene.desks.slice(i, i + 2);
    other.familyIds.push(...one.familyIds.filter((id) => isAtOffice(scene, id)));
    await other.pull();
  }
  say('backup');
  const backup = await office.backUp();
  say('work after the backup, which the backup does not have');
  await work(times);
  const acknowledged = scene.ledger.filter(({ phone, commandId }) => phone.stateOf(commandId) === 'office').length;
  const generation = scene.desks[0].phone.generation;
  for (const desk of scene.desks) desk.visit();
  const underway = scene.desks.map(({ phone }) => ({ phone, batch: phone.batch() }));
  say('restore');
  await office.restore(backup);
  // What was given up long ago comes late, to an office for which it was not made: nothing of it may be done.
  for (const { phone, batch } of underway) {
    const { results } = await phone.hand(batch);
    const wrong = results.find(({ outcome }) => outcome !== 'notNow');
    if (wrong) throw new Error(`A batch for the lost office was carried out: ${JSON.stringify(wrong)}`);
  }
  await work(2);
  // Also a phone that has nothing new to send learns that the office is another one.
  for (const { phone } of scene.desks) await phone.look();
  if (scene.desks[0].phone.generation === generation)
    throw new Error('The restored office has the generation of the lost one');
  await scene.settle();
  for (const { phone } of scene.desks) await phone.look();
  return { scene, happened: `${acknowledged} were acknowledged when the database was lost; ${scene.clashes} clashes` };
}

function isAtOffice({ ledger }, familyId) {
  return ledger.some(
    ({ operation, input, phone, commandId }) =>
      operation === 'POST /families' && input.id === familyId && phone.stateOf(commandId) === 'office',
  );
}
