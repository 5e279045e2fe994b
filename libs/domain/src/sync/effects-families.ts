import type { Me } from '../access/session.js';
import { ConsentView, type NewConsent, type RecordConsent } from '../consents/consent.js';
import { consentEndpoints } from '../consents/consents.endpoints.js';
import { FamilyChange, FamilyDetails, type FamilyView } from '../families/family.js';
import { familyEndpoints } from '../families/families.endpoints.js';
import { dayOf } from '../fields/day.js';
import { declaredOf } from '../fields/registry.js';
import { municipalityEndpoints } from '../municipalities/municipalities.endpoints.js';
import { type OutcomeView } from '../outcomes/outcome.js';
import { outcomeEndpoints } from '../outcomes/outcomes.endpoints.js';
import {
  birthYearOf,
  PersonChange,
  PersonDetails,
  type PersonView,
  type NewHouseholdMember,
} from '../persons/person.js';
import { personEndpoints } from '../persons/persons.endpoints.js';
import { registrationEndpoints } from '../registration/registration.endpoints.js';
import { heldSince } from './copy.js';
import { changed, effect, overWhatStands, replaced, type Doing, type Effect } from './effecting.js';
import { bundleOf, byId, held } from './local-copy-lists.js';
import { keptAnswer, type HeldCopy } from './local-copy.js';

/** Registering, headers, consents and outcomes, as the services of the API write them. Versions are given by the office. */
export const familyEffects: Effect[] = [
  effect(
    registrationEndpoints.register,
    (copy, { input: family }, { by, at }) => {
      if (bundleOf(copy, family.id)) return copy;
      const today = dayOf(at);
      const view: FamilyView = {
        ...declaredOf(FamilyDetails, family),
        id: family.id,
        municipalityId: family.municipalityId,
        code: codeNotYetGiven(copy, family.municipalityId),
        status: 'active',
        closeReason: null,
        openedOn: today,
        closedOn: null,
        lastContactOn: null,
        version: 1,
      };
      const bundle = {
        stamp: '',
        since: heldSince(today),
        family: view,
        persons: family.persons.map((person) => memberOf(person, family.id)),
        consents: [consentOf({ ...family.consent, kind: 'record', familyId: family.id }, by, at)],
        ...{ outcomes: [], visits: [], hasOlderVisits: false, referrals: [], hasOlderReferrals: false, messages: [] },
      };
      return { ...copy, bundles: [...copy.bundles, bundle] };
    },
    (after, { input }) => bundleOf(after, input.id)?.family,
  ),

  effect(
    familyEndpoints.change,
    (copy, { params, input }, { at, base }) => {
      const bundle = bundleOf(copy, params.id);
      const change = bundle && overWhatStands(FamilyChange, input, bundle.family, base);
      if (!bundle || !change) return copy;
      const closed = change.status === 'closed';
      const family: FamilyView = {
        ...bundle.family,
        ...declaredOf(FamilyDetails, change),
        status: change.status,
        closeReason: closed ? (change.closeReason ?? null) : null,
        closedOn: closed ? (bundle.family.closedOn ?? dayOf(at)) : null,
      };
      return changed(copy, bundle, { family });
    },
    (after, { params }) => bundleOf(after, params.id)?.family,
  ),

  effect(
    personEndpoints.create,
    (copy, { input: person }) => {
      const bundle = bundleOf(copy, person.familyId);
      if (!bundle || byId(bundle.persons, person.id)) return copy;
      return changed(copy, bundle, { persons: [...bundle.persons, memberOf(person, person.familyId)] });
    },
    (after, { input }) => held(after, 'persons', input.id)?.record,
  ),

  effect(
    personEndpoints.change,
    (copy, { params, input }, { base }) => {
      const found = held(copy, 'persons', params.id);
      const change = found && overWhatStands(PersonChange, input, found.record, base);
      if (!found || !change) return copy;
      const details = { ...declaredOf(PersonDetails, change), birthYear: birthYearOf(change) };
      const person: PersonView = { ...found.record, ...details, leftOn: change.leftOn ?? null };
      return changed(copy, found.bundle, { persons: replaced(found.bundle.persons, person) });
    },
    (after, { params }) => held(after, 'persons', params.id)?.record,
  ),

  effect(
    consentEndpoints.create,
    (copy, { input: consent }, doing) => {
      const bundle = bundleOf(copy, consent.familyId);
      if (!bundle || byId(bundle.consents, consent.id)) return copy;
      const consents = consent.withdraws
        ? withoutThose(bundle.consents, consent, consent.withdraws)
        : [...bundle.consents, consentOf(consent, doing.by, doing.at)];
      return changed(copy, bundle, { consents });
    },
    // A withdrawal gives the consent that it ended.
    (after, { input }) => held(after, 'consents', input.withdraws ?? input.id)?.record,
  ),

  effect(
    outcomeEndpoints.create,
    (copy, { input: outcome }, doing) => {
      const bundle = bundleOf(copy, outcome.familyId);
      if (!bundle || byId(bundle.outcomes, outcome.id)) return copy;
      const outcomes = outcome.voids
        ? bundle.outcomes.filter(({ id }) => id !== outcome.voids)
        : [...bundle.outcomes, outcomeOf(outcome, doing)];
      return changed(copy, bundle, { outcomes });
    },
    (after, { input }) =>
      held(after, 'outcomes', input.id)?.record ??
      // What voids another one stands in no list.
      (input.voids && bundleOf(after, input.familyId) ? outcomeOf(input, { by: after.me, at: after.now }) : undefined),
  ),
];

/** Codes are counted at the office; until then the family is called by its city. */
function codeNotYetGiven(copy: HeldCopy, municipalityId: string): string {
  const municipalities = keptAnswer(copy, municipalityEndpoints.list)?.items ?? [];
  return `${byId(municipalities, municipalityId)?.familyPrefix ?? ''}-…`;
}

function memberOf(person: NewHouseholdMember, familyId: string): PersonView {
  const details = { ...declaredOf(PersonDetails, person), birthYear: birthYearOf(person) };
  return { ...details, id: person.id, familyId, version: 1, leftOn: null };
}

type Said = RecordConsent & Partial<NewConsent> & Pick<NewConsent, 'kind' | 'familyId'>;

function consentOf(consent: Omit<Said, 'rules'>, by: Me, at: string): ConsentView {
  const share = consent.kind === 'share';
  return {
    ...declaredOf(ConsentView, consent as unknown as ConsentView),
    purpose: share ? (consent.purpose ?? null) : null,
    recipientKind: share ? (consent.recipientKind ?? null) : null,
    recordedBy: by.name,
    recordedAt: at,
    withdrawnOn: null,
  };
}

/** The consent that ends; with the yes to being recorded end the shares that rest on it. */
function withoutThose(consents: readonly ConsentView[], withdrawal: NewConsent, endedId: string): ConsentView[] {
  const ended = byId(consents, endedId);
  const ends = (consent: ConsentView): boolean =>
    consent === ended ||
    (ended?.kind === 'record' &&
      consent.kind === 'share' &&
      (ended.personId === null || consent.personId === ended.personId));
  return consents.map((consent) =>
    ends(consent) ? { ...consent, withdrawnOn: consent.withdrawnOn ?? withdrawal.givenOn } : consent,
  );
}

type Recorded = Pick<OutcomeView, 'id' | 'familyId' | 'type' | 'day'> & { personId?: string | null };

/** `visitId`: the visit in which it was ticked. */
export function outcomeOf(
  outcome: Recorded,
  { by, at }: Pick<Doing, 'by' | 'at'>,
  visitId: string | null = null,
): OutcomeView {
  const { id, familyId, type, day, personId = null } = outcome;
  return { id, familyId, type, day, personId, visitId, recordedBy: by.name, recordedAt: at };
}
