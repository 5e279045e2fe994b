import { Injectable } from '@nestjs/common';
import { heldSince, type BundlesAsked, type FamilyBundle, type FamilyBundles } from '@tilts/domain';
import { ConsentService } from '../consents/consent.service.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { FamilyService } from '../families/family.service.js';
import { OutcomeService } from '../outcomes/outcome.service.js';
import { PersonService } from '../persons/person.service.js';
import { ReferralMessages } from '../referrals/referral-messages.js';
import { ReferralReader } from '../referrals/referral-reader.js';
import { VisitReader } from '../visits/visit-reader.js';
import { ChangesSince } from './changes.js';

/** Reads families whole, as a phone holds them: one statement for each kind of thing, however many families. */
@Injectable()
export class Bundles {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly changes: ChangesSince,
    private readonly families: FamilyService,
    private readonly persons: PersonService,
    private readonly consents: ConsentService,
    private readonly outcomes: OutcomeService,
    private readonly visits: VisitReader,
    private readonly referrals: ReferralReader,
    private readonly messages: ReferralMessages,
  ) {}

  async read({ ids }: BundlesAsked): Promise<FamilyBundles> {
    const since = heldSince(this.transaction.today);
    const stamps = await this.changes.stampsOf(ids);
    const families = await this.families.readSome(ids);
    const persons = byFamily(await this.persons.ofFamilies(ids));
    const consents = byFamily(await this.consents.ofFamilies(ids));
    const outcomes = byFamily(await this.outcomes.ofFamilies(ids));
    const visits = byFamily(await this.visits.held(ids, since));
    const olderVisits = await this.visits.withVisitsBefore(ids, since);
    const held = await this.referrals.held(ids, since);
    const referrals = byFamily(held.map(({ view }) => view));
    const olderReferrals = await this.referrals.withReferralsBefore(ids, since);
    const threads = await this.messages.beside(held.map(({ row }) => row));
    const bundles = families.flatMap((family): FamilyBundle[] => {
      const { id } = family;
      const stamp = stamps.get(id);
      // Given to them between two statements: the next time.
      if (!stamp) return [];
      const sent = referrals.get(id) ?? [];
      return [
        {
          ...{ stamp, since, family },
          persons: persons.get(id) ?? [],
          consents: consents.get(id) ?? [],
          outcomes: outcomes.get(id) ?? [],
          visits: visits.get(id) ?? [],
          hasOlderVisits: olderVisits.has(id),
          referrals: sent,
          hasOlderReferrals: olderReferrals.has(id),
          messages: sent.map((referral) => ({ referralId: referral.id, messages: threads.get(referral.id) ?? [] })),
        },
      ];
    });
    return { bundles };
  }
}

/** In the order in which they came. */
function byFamily<T extends { familyId: string | null }>(items: readonly T[]): Map<string, T[]> {
  const grouped = new Map<string, T[]>();
  for (const item of items) {
    if (!item.familyId) continue;
    const those = grouped.get(item.familyId);
    if (those) those.push(item);
    else grouped.set(item.familyId, [item]);
  }
  return grouped;
}
