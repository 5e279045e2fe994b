import { idsMadeBy } from '../depends.js';
import type { OutboxEntry } from '../outbox-entry.js';
import { wasSetBack } from '../outbox.js';
import { brings, type ModelPhone } from './model-phone.js';
import type { ModelWorld } from './model-world.js';

/** Throws in words what must never be: something lost, doubled, invented, or a phone that says „all sent” when it is not so. */
export function look(world: ModelWorld): void {
  const { visits, families, moves } = world.office.kept;
  const headers = JSON.stringify([...families.values()]);
  const live = world.phones.flatMap((phone) => phone.entries.filter((entry) => isLive(world, phone, entry)));
  const makes = (id: string): boolean => live.some(({ command }) => idsMadeBy(command).has(id));
  const carries = (token: string): boolean => live.some(({ command }) => brings(command, token));
  const must = (holds: boolean, what: string): void => {
    if (!holds) throw new Error(what);
  };

  for (const [id, note] of visits) must(note === world.visits.get(id)?.token, `invented: a visit with „${note}”`);
  for (const id of families.keys()) must(world.families.has(id), 'invented: a family');
  for (const token of moves) must(world.moves.has(token), `invented: ${token}`);
  must(new Set(moves).size === moves.length, `doubled: one of ${moves.join(' ')}`);

  for (const [id, { given, token }] of world.visits) must(given || visits.has(id) || makes(id), `lost: visit ${token}`);
  for (const [id, { given, token }] of world.families)
    must(given || families.has(id) || makes(id), `lost: family ${token}`);
  for (const { given, token } of world.moves.values())
    must(given || moves.includes(token) || carries(token), `lost: move ${token}`);
  for (const { given, token } of world.words.values())
    must(given || headers.includes(`"${token}"`) || carries(token), `lost: the word ${token}`);

  for (const phone of world.phones) {
    if (!phone.standing.allSent || hasNotHeard(world, phone)) continue;
    const own = (done: { phone: ModelPhone; given: boolean }): boolean => done.phone === phone && !done.given;
    for (const [id, done] of world.visits) must(!own(done) || visits.has(id), `„all sent” without visit ${done.token}`);
    for (const [id, done] of world.families) must(!own(done) || families.has(id), `„all sent” without ${done.token}`);
    for (const done of world.moves.values())
      must(!own(done) || moves.includes(done.token), `„all sent”: ${done.token}`);
    for (const done of world.words.values())
      must(!own(done) || headers.includes(`"${done.token}"`), `„all sent” without the word ${done.token}`);
  }
}

/** What it says will reach the office: it is not settled, or the phone does not know yet that the office was set back. */
function isLive(world: ModelWorld, phone: ModelPhone, { state, thrownAway }: OutboxEntry): boolean {
  return thrownAway !== true && (state !== 'settled' || hasNotHeard(world, phone));
}

function hasNotHeard({ office }: ModelWorld, phone: ModelPhone): boolean {
  return wasSetBack(phone.said, office.standing(phone.id));
}
