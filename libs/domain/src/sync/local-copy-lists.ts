import type { OutcomeView } from '../outcomes/outcome.js';
import { birthYearOf, type PersonView } from '../persons/person.js';
import type { VisitView } from '../visits/visit.js';
import type { FamilyBundle } from './copy.js';
import type { HeldCopy } from './local-copy.js';
import { compare, sorted, type Place, type Sorted } from './local-copy-paging.js';

/** Before every id. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Works a thing out once for each value that is never changed: a list of ten thousand visits is sorted when it is first shown and not
 * again for every page of it.
 */
export function once<K extends object, V>(work: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, V>();
  return (of) => {
    let value = known.get(of);
    if (value === undefined) known.set(of, (value = work(of)));
    return value;
  };
}

const byIdOf = once((items: readonly { id: string }[]) => new Map(items.map((item) => [item.id, item])));

export function byId<V extends { id: string }>(items: readonly V[], id: string): V | undefined {
  return byIdOf(items).get(id) as V | undefined;
}

export function bundleOf(copy: HeldCopy, familyId: string): FamilyBundle | undefined {
  return copy.bundles.find(({ family }) => family.id === familyId);
}

type Listed = 'persons' | 'consents' | 'outcomes' | 'visits' | 'referrals';

/** The family in which that record is held, with the record. */
export function held<P extends Listed>(
  copy: HeldCopy,
  part: P,
  id: string,
): { bundle: FamilyBundle; record: FamilyBundle[P][number] } | undefined {
  for (const bundle of copy.bundles) {
    const record = byId<FamilyBundle[P][number]>(bundle[part], id);
    if (record) return { bundle, record };
  }
  return undefined;
}

export const visitPlace = (visit: VisitView): Place => [visit.day, visit.id];
export const stepPlace = (visit: VisitView): Place => [visit.nextStepOn ?? '', visit.id];
export const outcomePlace = (outcome: OutcomeView): Place => [outcome.day, outcome.id];

export function byBirth(a: PersonView, b: PersonView): number {
  return compare(birthYearOf(a) ?? 9999, birthYearOf(b) ?? 9999) || compare(a.id, b.id);
}

export function stepWaits(visit: VisitView): boolean {
  return !visit.voided && Boolean(visit.nextStepOn) && !visit.nextStepDoneOn;
}

/** Visits of one family or of all, newest first. */
export function visitsOf(bundles: readonly FamilyBundle[]): Sorted<VisitView> {
  const [only] = bundles;
  return only && bundles.length === 1 ? visitsOfOne(only) : visitsOfAll(bundles);
}

/** Those whose next step waits, the most urgent first: of all times, so nothing of them is only at the office. */
export const waitingSteps = once((visits: Sorted<VisitView>) => sorted(visits.items.filter(stepWaits), stepPlace));

const visitsOfOne = once((bundle: FamilyBundle) => sortedVisits(bundle.visits, [bundle]));
const visitsOfAll = once((bundles: readonly FamilyBundle[]) =>
  sortedVisits(
    bundles.flatMap((bundle) => visitsOfOne(bundle).items),
    bundles,
  ),
);

function sortedVisits(visits: readonly VisitView[], bundles: readonly FamilyBundle[]): Sorted<VisitView> {
  const since = latest(bundles.filter((bundle) => bundle.hasOlderVisits));
  return sorted(visits, visitPlace, { descending: true, until: since === null ? null : [since, FIRST_ID] });
}

/** From that day on everything of all these families is here; null when there is nothing before it. */
export function latest(bundles: readonly FamilyBundle[]): string | null {
  return bundles.reduce<string | null>((day, { since }) => (day === null || since > day ? since : day), null);
}

export const outcomesOfAll = once((bundles: readonly FamilyBundle[]) =>
  sorted(
    bundles.flatMap((bundle) => bundle.outcomes),
    outcomePlace,
    { descending: true },
  ),
);

export const personsOfAll = once((bundles: readonly FamilyBundle[]) =>
  bundles.flatMap((bundle) => bundle.persons).sort((a, b) => compare(a.familyId, b.familyId) || byBirth(a, b)),
);

// As the database of the office sorts text.
const latvian = new Intl.Collator('lv');

export const familiesOfAll = once((bundles: readonly FamilyBundle[]) =>
  bundles.map((bundle) => bundle.family).sort((a, b) => latvian.compare(a.code, b.code) || compare(a.id, b.id)),
);
