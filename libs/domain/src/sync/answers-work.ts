import { consentEndpoints } from '../consents/consents.endpoints.js';
import { familyEndpoints } from '../families/families.endpoints.js';
import { addMonths, firstDayOf, monthOf } from '../fields/day.js';
import { outcomeEndpoints } from '../outcomes/outcomes.endpoints.js';
import { personEndpoints } from '../persons/persons.endpoints.js';
import type { OwnMonth, VisitView } from '../visits/visit.js';
import { draftEndpoints, visitEndpoints } from '../visits/visits.endpoints.js';
import { answer, type Answering } from './answering.js';
import type { HeldCopy } from './local-copy.js';
import {
  bundleOf,
  byBirth,
  byId,
  familiesOfAll,
  held,
  outcomePlace,
  outcomesOfAll,
  personsOfAll,
  visitsOf,
  waitingSteps,
} from './local-copy-lists.js';
import { compare, pageOfCopy, sorted } from './local-copy-paging.js';

const DRAFTS = 100;

/** Families and what was written about them, as the services of the API read it. */
export const workAnswers: Answering[] = [
  answer(familyEndpoints.list, (copy) => (copy.complete ? whole(familiesOfAll(copy.bundles)) : undefined)),
  answer(familyEndpoints.read, (copy, { params }) => bundleOf(copy, params.id)?.family),

  answer(personEndpoints.list, (copy, { input }) => {
    if (!input.familyId) return copy.complete ? whole(personsOfAll(copy.bundles)) : undefined;
    const bundle = bundleOf(copy, input.familyId);
    return bundle && whole([...bundle.persons].sort(byBirth));
  }),
  answer(personEndpoints.read, (copy, { params }) => held(copy, 'persons', params.id)?.record),

  answer(consentEndpoints.list, (copy, { input }) => {
    const bundle = bundleOf(copy, input.familyId);
    return bundle && whole([...bundle.consents].sort((a, b) => compare(b.givenOn, a.givenOn) || compare(b.id, a.id)));
  }),

  answer(outcomeEndpoints.list, (copy, { input }) => {
    if (!input.familyId) return copy.complete ? pageOfCopy(outcomesOfAll(copy.bundles), input) : undefined;
    const bundle = bundleOf(copy, input.familyId);
    return bundle && pageOfCopy(sorted(bundle.outcomes, outcomePlace, { descending: true }), input);
  }),

  answer(visitEndpoints.list, (copy, { input }) => {
    const bundles = input.familyId ? copy.bundles.filter(({ family }) => family.id === input.familyId) : copy.bundles;
    if (input.familyId ? bundles.length === 0 : !copy.complete) return undefined;
    const { from, to, nextStepOpen } = input;
    const all = visitsOf(bundles);
    // What lies before the first day that was asked for is not missed.
    const reaches = all.until === null || (from && from >= all.until[0]);
    const list = nextStepOpen ? waitingSteps(all) : reaches ? { ...all, until: null } : all;
    const page = pageOfCopy(list, input, ({ day }) => (!from || day >= from) && (!to || day <= to));
    return page && { ...page, items: page.items.map(listed) };
  }),
  answer(visitEndpoints.read, (copy, { params }) => held(copy, 'visits', params.id)?.record),
  answer(visitEndpoints.ownMonths, (copy) => (copy.complete ? whole(ownMonths(copy)) : undefined)),

  answer(draftEndpoints.list, ({ drafts }) =>
    whole([...drafts].sort((a, b) => compare(b.savedAt, a.savedAt) || compare(a.id, b.id)).slice(0, DRAFTS)),
  ),
  answer(draftEndpoints.read, ({ drafts }, { params }) => byId(drafts, params.id)),
];

function whole<V>(items: V[]): { items: V[]; next: null } {
  return { items, next: null };
}

/** In lists a visit comes without its earlier versions. */
function listed(visit: VisitView): VisitView {
  return { ...visit, versions: [] };
}

/** A visit is whose who logged it, also when somebody else corrected it. Two of one name who share a family would be taken for one. */
function ownMonths({ bundles, me, today }: HeldCopy): OwnMonth[] {
  const thisMonth = monthOf(today);
  const months = [thisMonth, addMonths(thisMonth, -1)].map((month): OwnMonth => ({ month, visits: 0, minutes: 0 }));
  const first = firstDayOf(addMonths(thisMonth, -1));
  for (const visit of visitsOf(bundles).items) {
    if (visit.day < first) break;
    const month = months.find((one) => one.month === monthOf(visit.day));
    if (!month || visit.voided || (visit.versions[0] ?? visit).recordedBy !== me.name) continue;
    month.visits += 1;
    month.minutes += visit.minutes;
  }
  return months;
}
