import {
  dayOf,
  newId,
  timeOf,
  type AssistanceKind,
  type NeedArea,
  type OutcomeType,
  type VisitChannel,
  type VisitPlace,
  type VisitView,
} from '@tilts/domain';

/**
 * What a mediator has said so far about one visit, and what each tap changes in it.
 *
 * Taps, counted from Today (a chip, a button and a choice are one tap each; typing is never needed):
 *   the common visit      Log · need area · kind of help · minutes · Save                                                = 5
 *   nobody home           Log · nobody was there · minutes · Save                                                        = 4
 *   three people, two kinds of help, in the form   3 persons met · need area · kind · everyone met · kind · everyone met · minutes · Save = 10
 *     (a household of three: „visa ģimene” instead of three persons = 8)
 */
export interface VisitForm {
  /** Of the visit to be, made when the form opens: a retry or a second tap writes the same visit. */
  id: string;
  familyId: string;
  day: string;
  time: string | null;
  channel: VisitChannel;
  place: VisitPlace;
  capacity: VisitView['capacity'];
  reached: boolean;
  /** No default: a default would make a figure. */
  minutes: number | null;
  metPersonIds: string[];
  /** In the order of choosing; the last one is what a new kind of help is about. */
  needAreas: NeedArea[];
  helps: Help[];
  outcomes: TickedOutcome[];
  note: string | null;
  nextStep: string | null;
  nextStepOn: string | null;
}

/** One kind of help: in which need areas and for whom. It is written as one assistance for each area. */
export interface Help {
  key: string;
  kind: AssistanceKind;
  inAreas: { area: NeedArea; id: string }[];
  toWhom: 'family' | 'everyoneMet' | 'chosen';
  /** Only for `chosen`. */
  personIds: string[];
}

export interface TickedOutcome {
  id: string;
  type: OutcomeType;
  personId: string | null;
}

/** Where one usually is, by how one meets. */
const usualPlace: Record<VisitChannel, VisitPlace> = {
  homeVisit: 'home',
  reception: 'office',
  phone: 'remote',
  message: 'remote',
  online: 'remote',
  atInstitution: 'institution',
  street: 'street',
};

export function newVisitForm(familyId: string, now = new Date()): VisitForm {
  return {
    id: newId(),
    familyId,
    day: dayOf(now),
    time: timeOf(now),
    channel: 'homeVisit',
    place: 'home',
    capacity: 'mediator',
    reached: true,
    minutes: null,
    metPersonIds: [],
    needAreas: [],
    helps: [],
    outcomes: [],
    note: null,
    nextStep: null,
    nextStepOn: null,
  };
}

/** The place follows the way of meeting until somebody says otherwise. */
export function meetBy(form: VisitForm, channel: VisitChannel): VisitForm {
  return { ...form, channel, place: form.place === usualPlace[form.channel] ? usualPlace[channel] : form.place };
}

/** What was chosen before stays in the form, so that a slip of the finger loses nothing; it is not written. */
export function reach(form: VisitForm, reached: boolean): VisitForm {
  return { ...form, reached };
}

export function meet(form: VisitForm, metPersonIds: string[]): VisitForm {
  // „Everyone met” of nobody would silently mean the family: say so.
  const helps =
    metPersonIds.length > 0
      ? form.helps
      : form.helps.map((help) => (help.toWhom === 'everyoneMet' ? { ...help, toWhom: 'family' as const } : help));
  return { ...form, metPersonIds, helps };
}

export function toggleArea(form: VisitForm, area: NeedArea): VisitForm {
  if (!form.needAreas.includes(area)) {
    const helps = form.helps.map((help) => (help.inAreas.length === 0 ? { ...help, inAreas: [inArea(area)] } : help));
    return { ...form, needAreas: [...form.needAreas, area], helps };
  }
  const needAreas = form.needAreas.filter((one) => one !== area);
  const helps = form.helps.map((help) => {
    const left = help.inAreas.filter((one) => one.area !== area);
    return { ...help, inAreas: left.length > 0 ? left : lastOf(needAreas).map(inArea) };
  });
  return { ...form, needAreas, helps };
}

/** A new kind of help is about the area chosen last, for the family, until somebody says otherwise. */
export function toggleKind(form: VisitForm, kind: AssistanceKind): VisitForm {
  if (form.helps.some((help) => help.kind === kind))
    return { ...form, helps: form.helps.filter((help) => help.kind !== kind) };
  const help: Help = {
    key: newId(),
    kind,
    inAreas: lastOf(form.needAreas).map(inArea),
    toWhom: 'family',
    personIds: [],
  };
  return { ...form, helps: [...form.helps, help] };
}

/** A help is always about some area: the last one cannot be taken away. */
export function toggleHelpArea(form: VisitForm, key: string, area: NeedArea): VisitForm {
  return changeHelp(form, key, (help) => {
    if (!help.inAreas.some((one) => one.area === area)) return { ...help, inAreas: [...help.inAreas, inArea(area)] };
    return help.inAreas.length === 1 ? help : { ...help, inAreas: help.inAreas.filter((one) => one.area !== area) };
  });
}

export function helpGroup(form: VisitForm, key: string, toWhom: 'family' | 'everyoneMet'): VisitForm {
  return changeHelp(form, key, (help) => ({ ...help, toWhom, personIds: [] }));
}

/** With nobody left it is the family again. */
export function toggleHelped(form: VisitForm, key: string, personId: string): VisitForm {
  return changeHelp(form, key, (help) => {
    const before = personsHelped(form, help);
    const personIds = before.includes(personId) ? before.filter((id) => id !== personId) : [...before, personId];
    return { ...help, toWhom: personIds.length > 0 ? 'chosen' : 'family', personIds };
  });
}

/** A person counts as assisted only where an assistance names them. */
export function personsHelped(form: VisitForm, help: Help): string[] {
  return help.toWhom === 'family' ? [] : help.toWhom === 'everyoneMet' ? form.metPersonIds : help.personIds;
}

export function toggleOutcome(form: VisitForm, type: OutcomeType): VisitForm {
  const outcomes = form.outcomes.some((outcome) => outcome.type === type)
    ? form.outcomes.filter((outcome) => outcome.type !== type)
    : [...form.outcomes, { id: newId(), type, personId: null }];
  return { ...form, outcomes };
}

/** Null: the family as a whole. */
export function giveOutcome(form: VisitForm, id: string, personId: string | null): VisitForm {
  return {
    ...form,
    outcomes: form.outcomes.map((outcome) => (outcome.id === id ? { ...outcome, personId } : outcome)),
  };
}

function changeHelp(form: VisitForm, key: string, change: (help: Help) => Help): VisitForm {
  return { ...form, helps: form.helps.map((help) => (help.key === key ? change(help) : help)) };
}

export function inArea(area: NeedArea): { area: NeedArea; id: string } {
  return { area, id: newId() };
}

function lastOf<T>(list: readonly T[]): T[] {
  return list.slice(-1);
}
