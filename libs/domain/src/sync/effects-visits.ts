import { dayOf } from '../fields/day.js';
import { declaredOf } from '../fields/registry.js';
import { VisitCorrection, VisitDetails, type VisitView, type NewVisit } from '../visits/visit.js';
import { unrecordedHelpEndpoints, visitEndpoints } from '../visits/visits.endpoints.js';
import { projectOn } from './answers-reference.js';
import type { FamilyBundle } from './copy.js';
import { changed, effect, overWhatStands, replaced, type Doing, type Effect } from './effecting.js';
import { outcomeOf } from './effects-families.js';
import { bundleOf, byId, held } from './local-copy-lists.js';
import { compare } from './local-copy-paging.js';
import type { HeldCopy } from './local-copy.js';

/** Logging, correcting and finishing, as the visit service of the API does it. */
export const visitEffects: Effect[] = [
  effect(
    visitEndpoints.create,
    (copy, { input: visit }, doing) => {
      // The draft has the visit's id, and what is written is no draft any more.
      const written = { ...copy, drafts: copy.drafts.filter(({ id }) => id !== visit.id) };
      const bundle = bundleOf(copy, visit.familyId);
      if (!bundle || byId(bundle.visits, visit.id)) return written;
      const outcomes = visit.outcomes.map((outcome) =>
        outcomeOf({ ...outcome, familyId: visit.familyId, day: visit.day }, doing, visit.id),
      );
      const known = new Set(bundle.outcomes.map(({ id }) => id));
      return changed(written, bundle, {
        visits: [logged(copy, bundle, visit, doing), ...bundle.visits],
        outcomes: [...bundle.outcomes, ...outcomes.filter(({ id }) => !known.has(id))],
        family: visit.reached ? contacted(bundle, visit.day) : bundle.family,
      });
    },
    (after, { input }) => held(after, 'visits', input.id)?.record,
  ),

  effect(
    visitEndpoints.correct,
    (copy, { params, input }, doing) => {
      const found = held(copy, 'visits', params.id);
      const correction = found && overWhatStands(VisitCorrection, input, found.record, doing.base);
      if (!found || !correction) return copy;
      const { bundle, record: before } = found;
      const visit = corrected(copy, before, correction, doing);
      const visits = replaced(bundle.visits, visit);
      const outcomes = bundle.outcomes
        .filter(({ visitId }) => !visit.voided || visitId !== visit.id)
        .map((outcome) => (outcome.visitId === visit.id ? { ...outcome, day: visit.day } : outcome));
      return changed(copy, bundle, { visits, outcomes, family: contactedAsTold(bundle, visits) });
    },
    (after, { params, input }, base) =>
      held(after, 'visits', params.id)?.record ??
      // Of a visit of long ago, which is read at the office and corrected here.
      (base ? corrected(after, base as VisitView, input, { by: after.me, at: after.now }) : undefined),
  ),

  effect(
    visitEndpoints.finishNextStep,
    (copy, { params }, { at }) => {
      const found = held(copy, 'visits', params.id);
      if (!found?.record.nextStep || found.record.voided || found.record.nextStepDoneOn) return copy;
      const visit: VisitView = { ...found.record, nextStepDoneOn: dayOf(at) };
      return changed(copy, found.bundle, { visits: replaced(found.bundle.visits, visit) });
    },
    () => undefined,
  ),

  // It is about nobody, so no list on the phone shows it.
  effect(
    unrecordedHelpEndpoints.create,
    (copy) => copy,
    (_after, { input }) => ({ id: input.id }),
  ),
];

function logged(copy: HeldCopy, { family }: FamilyBundle, visit: NewVisit, { by, at }: Doing): VisitView {
  return {
    ...writtenIn(visit),
    id: visit.id,
    familyId: family.id,
    familyCode: family.code,
    // Of a day without an assignment, which the office refuses.
    projectId: projectOn(copy, family.municipalityId, visit.day) ?? '',
    version: 1,
    voided: false,
    correctionReason: null,
    nextStepDoneOn: null,
    recordedBy: by.name,
    recordedAt: at,
    versions: [],
  };
}

/** A correction over the version that was read is the next version; over a later one it is seen, and counted when the office has it. */
function corrected(
  copy: HeldCopy,
  before: VisitView,
  correction: VisitCorrection,
  { by, at }: Pick<Doing, 'by' | 'at'>,
): VisitView {
  const { version, recordedAt, recordedBy, correctionReason } = before;
  const family = bundleOf(copy, before.familyId)?.family;
  const project = correction.day === before.day ? undefined : projectOn(copy, family?.municipalityId, correction.day);
  const visit: VisitView = {
    ...before,
    ...writtenIn(correction),
    voided: correction.voided,
    projectId: project ?? before.projectId,
  };
  if (version !== correction.version) return visit;
  return {
    ...visit,
    version: version + 1,
    correctionReason: correction.correctionReason ?? null,
    recordedBy: by.name,
    recordedAt: at,
    versions: [...before.versions, { version, recordedAt, recordedBy, correctionReason }],
  };
}

/** What was written, with its lists in the order in which the office gives them. */
function writtenIn(visit: VisitDetails): VisitDetails {
  return {
    ...declaredOf(VisitDetails, visit),
    metPersonIds: [...visit.metPersonIds].sort(),
    assistance: visit.assistance
      .map((help) => ({ ...help, personIds: [...help.personIds].sort() }))
      .sort((a, b) => compare(a.id, b.id)),
  };
}

function contacted({ family }: FamilyBundle, day: string): FamilyBundle['family'] {
  return { ...family, lastContactOn: family.lastContactOn && family.lastContactOn > day ? family.lastContactOn : day };
}

/** The last day on which somebody was reached; of what lies before the visits held here, as the office said. */
function contactedAsTold({ family, since }: FamilyBundle, visits: readonly VisitView[]): FamilyBundle['family'] {
  const reached = visits.filter((visit) => visit.reached && !visit.voided).map(({ day }) => day);
  const told = family.lastContactOn !== null && family.lastContactOn < since ? [family.lastContactOn] : [];
  return { ...family, lastContactOn: [...reached, ...told].sort().at(-1) ?? null };
}
