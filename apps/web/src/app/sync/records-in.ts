import type { FamilyBundle, HeldCopy } from '@tilts/domain';

const known = new WeakMap<FamilyBundle, ReadonlySet<string>>();

/** The ids of everything in a bundle that pages show by itself. */
export function recordsIn(bundle: FamilyBundle): ReadonlySet<string> {
  let ids = known.get(bundle);
  if (!ids) {
    const { family, persons, consents, outcomes, visits, referrals } = bundle;
    ids = new Set([family, ...persons, ...consents, ...outcomes, ...visits, ...referrals].map(({ id }) => id));
    known.set(bundle, ids);
  }
  return ids;
}

/** The copy with these records in the place of those that have their ids. */
export function withRecords(copy: HeldCopy, records: ReadonlyMap<string, object>): HeldCopy {
  if (records.size === 0) return copy;
  const put = <V extends { id: string }>(record: V): V => (records.get(record.id) as V | undefined) ?? record;
  const bundles = copy.bundles.map((bundle) => {
    if (![...records.keys()].some((id) => recordsIn(bundle).has(id))) return bundle;
    const { family, persons, consents, outcomes, visits, referrals } = bundle;
    return {
      ...bundle,
      family: put(family),
      persons: persons.map(put),
      consents: consents.map(put),
      outcomes: outcomes.map(put),
      visits: visits.map(put),
      referrals: referrals.map(put),
    };
  });
  return { ...copy, bundles };
}
