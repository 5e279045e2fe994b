import { NewVisit, VisitCorrection, checkInput, newId, type AssistanceDetails, type FieldProblem } from '@tilts/domain';
import { inArea, personsHelped, type Help, type VisitForm } from './visit-form';

// What goes between the form and the server: a new visit, a written one, its correction, and the draft of what is typed.

function details(form: VisitForm): Omit<NewVisit, 'id' | 'familyId' | 'outcomes' | 'rules'> {
  const { day, time, channel, place, capacity, reached, note, nextStep, nextStepOn } = form;
  // An empty minutes field is checked as missing, never sent as zero.
  const minutes = form.minutes as number;
  const told = { day, time, minutes, channel, place, capacity, reached, note, nextStep, nextStepOn };
  if (!reached) return { ...told, metPersonIds: [], needAreas: [], assistance: [] };
  return {
    ...told,
    metPersonIds: form.metPersonIds,
    needAreas: form.needAreas,
    assistance: form.helps.flatMap((help) => assistanceOf(form, help)),
  };
}

function assistanceOf(form: VisitForm, help: Help): AssistanceDetails[] {
  const personIds = personsHelped(form, help);
  return help.inAreas.map(({ area, id }) => ({ id, needArea: area, kind: help.kind, personIds }));
}

export type VisitInput = Omit<NewVisit, 'rules'>;

export function newVisitOf(form: VisitForm): VisitInput {
  return { ...details(form), id: form.id, familyId: form.familyId, outcomes: form.reached ? form.outcomes : [] };
}

/** The server's own rules, and one of the page: a next step without a day would never come back to Today. */
export function visitProblems(form: VisitForm): FieldProblem[] {
  const { problems } = checkInput(NewVisit, newVisitOf(form));
  return form.nextStep?.trim() && !form.nextStepOn
    ? [...problems, { field: 'nextStepOn', code: 'required' }]
    : problems;
}

/** A visit as it was written, ready to be corrected. The new version has assistance of its own. */
export function formOfVisit(visit: Omit<VisitInput, 'outcomes'>): VisitForm {
  const helps: Help[] = [];
  for (const { kind, needArea, personIds } of visit.assistance) {
    const same = helps.find((help) => help.kind === kind && samePersons(help.personIds, personIds));
    if (same) same.inAreas.push(inArea(needArea));
    else
      helps.push({
        key: newId(),
        kind,
        inAreas: [inArea(needArea)],
        toWhom: personIds.length > 0 ? 'chosen' : 'family',
        personIds,
      });
  }
  const {
    id,
    familyId,
    day,
    time,
    channel,
    place,
    capacity,
    reached,
    minutes,
    metPersonIds,
    needAreas,
    note,
    nextStep,
    nextStepOn,
  } = visit;
  return {
    id,
    familyId,
    day,
    time: time ?? null,
    channel,
    place,
    capacity,
    reached,
    minutes,
    metPersonIds,
    needAreas,
    helps,
    outcomes: [],
    note: note ?? null,
    nextStep: nextStep ?? null,
    nextStepOn: nextStepOn ?? null,
  };
}

/** A visit that was not taken, as it was written: saved again it is the same visit. */
export function formOfRefused(visit: VisitInput): VisitForm {
  return {
    ...formOfVisit(visit),
    outcomes: visit.outcomes.map(({ id, type, personId }) => ({ id, type, personId: personId ?? null })),
  };
}

export type CorrectionInput = Omit<VisitCorrection, 'rules'>;

export function correctionOf(
  form: VisitForm,
  correction: Pick<CorrectionInput, 'id' | 'version' | 'voided' | 'correctionReason'>,
): CorrectionInput {
  return { ...details(form), ...correction };
}

/** Bumped when the shape changes: an older draft is then not read as something that it is not. */
const layout = 1;

export function draftOf(form: VisitForm): string {
  return JSON.stringify({ layout, form });
}

/** Null: the text is not a draft of this form. */
export function formOfDraft(content: string): VisitForm | null {
  try {
    const kept = JSON.parse(content) as { layout?: number; form?: VisitForm } | null;
    return kept?.layout === layout && kept.form ? kept.form : null;
  } catch {
    return null;
  }
}

function samePersons(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}
