import 'reflect-metadata';
import fc from 'fast-check';
import type { Liar } from './testing/liars.js';
import { look } from './testing/look.js';
import { kinds, ModelWorld, type Event } from './testing/model-world.js';

// A failure prints seed and path. Once more: TILTS_MODEL_SEED=… TILTS_MODEL_PATH=…; longer: TILTS_MODEL_RUNS=…
const { TILTS_MODEL_RUNS, TILTS_MODEL_SEED, TILTS_MODEL_PATH } = process.env;
const runs = Number(TILTS_MODEL_RUNS ?? 10_000);

const all: Event['kind'][] = (Object.keys(kinds) as Event['kind'][]).filter((kind) => kind !== 'copyBack');
/** Without another generation nothing tells the office that a late batch was sent to the one before it. */
const copiedBack: Event['kind'][] = [...all.filter((kind) => kind !== 'restore' && kind !== 'replay'), 'copyBack'];
const eventOf = (some: readonly Event['kind'][]): fc.Arbitrary<Event> =>
  fc.record({
    kind: fc.constantFrom(...some.flatMap((kind) => Array<Event['kind']>(kinds[kind]).fill(kind))),
    phone: fc.nat(1),
    pick: fc.nat(7),
    how: fc.nat(7),
  });
/** Every story begins with one family that both know. */
const begin: Event[] = [
  { kind: 'register', phone: 0, pick: 0, how: 0 },
  { kind: 'pull', phone: 0, pick: 0, how: 0 },
  { kind: 'send', phone: 0, pick: 0, how: 0 },
  { kind: 'pull', phone: 0, pick: 0, how: 0 },
  { kind: 'pull', phone: 1, pick: 0, how: 0 },
];

function stories(liar: Liar | null, some = all): fc.IPropertyWithHooks<[Event[]]> {
  return fc.property(fc.array(eventOf(some), { minLength: 3, maxLength: 35, size: 'max' }), (events) => {
    const world = new ModelWorld(liar);
    for (const next of [...begin, ...events]) {
      world.happen(next);
      look(world);
    }
    world.calm();
    look(world);
    if (liar === null)
      for (const phone of world.phones) expect(phone.standing).toEqual({ unsent: 0, needsYou: 0, allSent: true });
  });
}

describe('two phones and an office', () => {
  it('lose, double and invent nothing, whatever happens, and come to rest', () => {
    fc.assert(stories(null), {
      numRuns: runs,
      ...(TILTS_MODEL_SEED && { seed: Number(TILTS_MODEL_SEED) }),
      ...(TILTS_MODEL_PATH && { path: TILTS_MODEL_PATH }),
    });
  }, 3_600_000);

  it('make good what an office lacks whose files were copied back', () => {
    fc.assert(stories(null, copiedBack), { numRuns: Math.ceil(runs / 5) });
  }, 3_600_000);

  it.each<[Liar, RegExp, Event['kind'][]]>([
    ['newIdOnRetry', /^doubled/, all],
    ['acknowledgesBeforeCommit', /^lost|^doubled|^„all sent”/, all],
    ['lastWriteWins', /^lost: the word/, all],
    ['dropsRefusals', /^lost|^„all sent”/, all],
    ['trustsVersions', /^lost: the word/, ['edit', 'send', 'pull', 'refuseNext', 'decide']],
    ['takesOldBatches', /^doubled/, ['move', 'send', 'refuseNext', 'decide', 'backUp', 'restore', 'replay']],
    ['asksForGenerationsOnly', /^lost|^„all sent”/, copiedBack],
  ])(
    'are caught lying: %s',
    (liar, how, some) => {
      const { errorInstance } = fc.check(stories(liar, some), { numRuns: 10_000, endOnFailure: true });
      expect(String((errorInstance as Error | null)?.message)).toMatch(how);
    },
    60_000,
  );
});
