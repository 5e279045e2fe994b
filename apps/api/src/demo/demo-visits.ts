import type { AssistanceKind, ChoiceOf, Day, NeedArea, visitCapacities, VisitChannel, VisitPlace } from '@tilts/domain';
import { addDays } from '@tilts/domain';
import { Assistance, AssistancePerson, VisitPerson } from '../visits/assistance.entity.js';
import { NextStepDone } from '../visits/next-step-done.entity.js';
import { Visit } from '../visits/visit.entity.js';
import type { DemoRecords } from './demo-records.js';
import type { DemoFamily, DemoPerson } from './households.js';
import { correctionReasons, notes } from './words.js';

/** Who visits, and for which project. */
export interface Work {
  projectId: string;
  mediatorId: string;
}

export interface Help {
  needArea: NeedArea;
  kind: AssistanceKind;
  /** Named persons; none: the family. */
  persons: readonly DemoPerson[];
}

export interface DemoVisit {
  family: DemoFamily;
  day: Day;
  help: readonly Help[];
  reached?: boolean;
  capacity?: ChoiceOf<typeof visitCapacities>;
  nextStep?: { words: string; on: Day; done?: boolean };
  /** `voided`: a second version says that it never happened. `corrected`: the second one is right. */
  fate?: 'voided' | 'corrected';
  /** Written down so many days later. */
  lateBy?: number;
}

const channels: Record<VisitChannel, number> = {
  homeVisit: 46,
  phone: 18,
  atInstitution: 12,
  reception: 10,
  message: 7,
  street: 4,
  online: 3,
};
const places: Record<VisitChannel, VisitPlace> = {
  homeVisit: 'home',
  phone: 'remote',
  message: 'remote',
  online: 'remote',
  atInstitution: 'institution',
  reception: 'office',
  street: 'street',
};
const kinds: Record<AssistanceKind, number> = {
  inform: 18,
  consult: 14,
  contactInstitution: 14,
  fillForm: 11,
  accompany: 10,
  motivate: 8,
  explainLetter: 7,
  mediate: 5,
  followUp: 5,
  refer: 4,
  interpret: 4,
  transport: 3,
  crisisHelp: 2,
  groupEvent: 3,
};

export function anyKind(records: DemoRecords): AssistanceKind {
  return records.random.weighted(kinds);
}

/** Adds a visit with all its versions, persons and help; returns its stable id. */
export function addVisit(records: DemoRecords, { projectId, mediatorId }: Work, visit: DemoVisit): string {
  const { random } = records;
  const { family, day, help, reached = true, capacity = 'mediator', nextStep, fate } = visit;
  const recordedAt = records.moment(addDays(day, visit.lateBy ?? 0), random.int(12, 18));
  const visitId = records.id(recordedAt);
  const channel = reached ? random.weighted(channels) : random.pick(['homeVisit', 'phone'] as const);
  const place = channel === 'atInstitution' && random.chance(0.3) ? 'school' : places[channel];
  const minutes = reached
    ? random.pick(
        channel === 'homeVisit' || channel === 'atInstitution' ? [30, 45, 60, 60, 90, 120] : [10, 15, 15, 30, 30],
      )
    : 15;
  const needAreas = [...new Set(help.map((one) => one.needArea))];
  const note = reached && random.chance(0.6) ? random.pick(notes[needAreas[0] ?? 'OTH'] ?? notes.OTH) : undefined;
  const time = `${String(random.int(9, 17)).padStart(2, '0')}:${random.pick(['00', '10', '20', '30', '40'])}`;

  const addVersion = (id: string, version: number, current: boolean, at: string, correctionReason?: string): void => {
    const voided = fate === 'voided' && version === 2;
    const words = { note, nextStep: nextStep?.words, correctionReason };
    records.add(Visit, {
      municipalityId: family.municipalityId,
      id,
      visitId,
      version,
      current,
      voided,
      familyId: family.id,
      projectId,
      day,
      time,
      minutes: fate === 'corrected' && version === 1 ? minutes + 15 : minutes,
      channel,
      place,
      capacity,
      reached,
      needAreas,
      nextStepOn: nextStep?.on ?? null,
      mediatorId,
      recordedBy: mediatorId,
      recordedAt: at,
      sealed: Object.values(words).some(Boolean) ? records.seal(family, 'visit', id, words) : null,
    });
    const within = { municipalityId: family.municipalityId, familyId: family.id };
    if (reached)
      for (const person of met(records, visit))
        records.add(VisitPerson, { ...within, visitRowId: id, personId: person.id });
    for (const { needArea, kind, persons } of help) {
      const assistanceId = records.id(at);
      records.add(Assistance, { ...within, id: assistanceId, visitRowId: id, needArea, kind });
      for (const person of persons) records.add(AssistancePerson, { ...within, assistanceId, personId: person.id });
    }
  };

  addVersion(visitId, 1, fate === undefined, recordedAt);
  if (fate) {
    const at = records.moment(addDays(day, (visit.lateBy ?? 0) + random.int(1, 4)));
    addVersion(records.id(at), 2, true, at, fate === 'voided' ? correctionReasons[2] : random.pick(correctionReasons));
  }
  if (nextStep?.done) {
    const doneOn = nextStep.on < records.now.toISOString().slice(0, 10) ? nextStep.on : day;
    records.add(NextStepDone, {
      municipalityId: family.municipalityId,
      visitId,
      familyId: family.id,
      doneOn,
      doneBy: mediatorId,
      at: records.moment(doneOn),
    });
  }
  if (reached && fate !== 'voided' && (family.lastContactOn === null || family.lastContactOn < day))
    family.lastContactOn = day;
  return visitId;
}

/** The contact person, whoever was helped, and now and then somebody else. */
function met(records: DemoRecords, { family, help }: DemoVisit): DemoPerson[] {
  const others = family.persons.filter(() => records.random.chance(0.25));
  return [...new Set([family.persons[0], ...help.flatMap((one) => one.persons), ...others])];
}
