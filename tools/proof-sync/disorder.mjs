import { newId } from '@tilts/domain';
import { lookAtNeedsYou } from './needs-you.mjs';
import { Scene } from './scene.mjs';
import { Contradiction } from './verdict.mjs';

/** How many batches of before a phone may still have on their way. */
const REMEMBERED = 20;

/** (c) Batches twice, at once, out of order, and long after newer ones; two phones of one person, whose clocks are a year apart. */
export async function disorder({ office, random, rounds, say, Kind }) {
  const scene = await Scene.of(office, random, { mediators: 2, phones: 2, Kind, skewed: true });
  const sent = new Map(scene.desks.map(({ phone }) => [phone, []]));
  const counts = {};
  // Both phones of a person know the same families.
  for (let i = 0; i < scene.desks.length; i += 2) {
    const [one, other] = scene.desks.slice(i, i + 2);
    one.register();
    one.register();
    await one.phone.exchange();
    other.familyIds = one.familyIds;
    await Promise.all([one.pull(), other.pull()]);
  }
  for (let round = 1; round <= rounds; round += 1) {
    const how = random.pick(Object.keys(WAYS));
    counts[how] = (counts[how] ?? 0) + 1;
    if (round % 25 === 0) say(`round ${round} of ${rounds}: ${how}`);
    for (const one of scene.desks) for (let n = random.between(0, 3); n > 0; n -= 1) one.step();
    if (random.chance(0.4)) changeTheSame(scene);
    const desk = random.pick(scene.desks);
    const batch = desk.phone.batch();
    if (batch.commands.length > 0) {
      const kept = sent.get(desk.phone);
      kept.push(structuredClone(batch));
      if (kept.length > REMEMBERED) kept.shift();
      await WAYS[how]({ phone: desk.phone, batch, kept, random });
    }
    for (const other of scene.desks) if (random.chance(0.5)) await other.phone.exchange();
    for (const other of scene.desks) {
      if (random.chance(0.3)) await other.pull();
      if (random.chance(0.2)) lookAtNeedsYou(other);
    }
  }
  await scene.settle();
  const ways = Object.entries(counts).map(([how, n]) => `${n} × ${how}`);
  return { scene, happened: [...ways, `${scene.clashes} clashes`].join(', ') };
}

/** Both phones of a person change something that both show, without knowing of each other. */
function changeTheSame({ desks, random }) {
  const at = random.between(0, desks.length / 2 - 1) * 2;
  const [one, other] = desks.slice(at, at + 2);
  const shared = [...one.records.values()].filter(({ id }) => other.records.has(id));
  if (shared.length === 0) return;
  const { kind, id } = random.pick(shared);
  for (const desk of [one, other]) desk.change(kind, id);
}

const WAYS = {
  'twice at once': async ({ phone, batch, random }) => {
    const answers = await Promise.all([phone.hand(batch), phone.hand(batch)]);
    for (const answer of random.shuffled(answers)) phone.take(answer);
  },
  'out of order': async ({ phone, batch, random }) => {
    phone.take(await phone.hand({ ...batch, commands: random.shuffled(batch.commands) }));
  },
  'in two halves, the second first': async ({ phone, batch }) => {
    const middle = batch.commands.length >> 1;
    const halves = [batch.commands.slice(middle), batch.commands.slice(0, middle)];
    for (const commands of halves) if (commands.length > 0) phone.take(await phone.hand({ ...batch, commands }));
  },
  'in two halves at once': async ({ phone, batch, random }) => {
    const middle = batch.commands.length >> 1;
    const halves = [batch.commands.slice(middle), batch.commands.slice(0, middle)].filter((half) => half.length > 0);
    const answers = await Promise.all(halves.map((commands) => phone.hand({ ...batch, commands })));
    for (const answer of random.shuffled(answers)) phone.take(answer);
  },
  'the answer lost': async ({ phone, batch }) => {
    await phone.hand(batch);
    phone.onSilence(batch);
  },
  'old ones after newer ones': async ({ phone, batch, kept, random }) => {
    phone.take(await phone.hand(batch));
    for (let n = 0; n < 3; n += 1) phone.take(await phone.hand(random.pick(kept)));
  },
  'old ones between newer ones': async ({ phone, batch, kept, random }) => {
    const answers = await Promise.all([
      phone.hand(random.pick(kept)),
      phone.hand(batch),
      phone.hand(random.pick(kept)),
    ]);
    for (const answer of answers) phone.take(answer);
  },
  /** The same id or the same number with other words is no replay: it must be refused, and what it would make is nobody's. */
  'the same id with other words': async ({ phone, batch }) => {
    phone.take(await phone.hand(batch));
    const forged = batch.commands.map((command, n) => ({
      ...command,
      ...(n % 2 ? { id: newId() } : {}),
      content: command.content.replaceAll(/"id":"[0-9a-f-]{36}"/g, () => `"id":"${newId()}"`).replace(/}$/, ' }'),
    }));
    const { results } = await phone.hand({ ...batch, commands: forged });
    const wrong = results.filter(({ outcome, code }) => outcome !== 'refused' || code !== 'ID_TAKEN');
    if (wrong.length > 0)
      throw new Contradiction(`Other words under a used number were taken: ${JSON.stringify(wrong[0])}`);
  },
};
