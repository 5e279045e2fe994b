import { addDays, outcomeTypes, type Day, type NeedArea } from '@tilts/domain';
import { Outcome } from '../outcomes/outcome.entity.js';
import { UnrecordedHelp } from '../visits/unrecorded-help.entity.js';
import { platformII, type DemoCity } from './demo-cities.js';
import type { DemoRecords } from './demo-records.js';
import { addVisit, anyKind, type Help, type Work } from './demo-visits.js';
import type { DemoFamily, DemoPerson } from './households.js';

const needs: Partial<Record<NeedArea, number>> = {
  EDU: 30,
  SOC: 24,
  HOU: 17,
  EMP: 13,
  HEA: 9,
  DOC: 11,
  DEB: 6,
  LAN: 5,
  CUL: 5,
  OTH: 5,
};

/** A family that Platform II is to reach, and which of its members are to be helped by name. */
export interface Reached {
  family: DemoFamily;
  assisted: readonly DemoPerson[];
  /** Visits of a family that moves lie before or after its move. */
  from: Day;
  to: Day;
}

/** Adds the visits of one city in Platform II, so that exactly these families are reached and exactly these persons assisted. */
export function addPlatformWork(records: DemoRecords, city: DemoCity, work: Work, reached: readonly Reached[]): void {
  const { random } = records;
  const visitsOf = new Map(reached.map((one) => [one, Math.max(1, Math.min(one.assisted.length, 3))]));
  for (let left = city.visits - [...visitsOf.values()].reduce((a, b) => a + b, 0); left > 0; left -= 1) {
    // Some families need much, most a little.
    const one = random.chance(0.5)
      ? random.pick(reached.slice(0, Math.ceil(reached.length / 3)))
      : random.pick(reached);
    visitsOf.set(one, (visitsOf.get(one) ?? 0) + 1);
  }
  const rare = [...Array<NeedArea>(city.rare.CHI).fill('CHI'), ...Array<NeedArea>(city.rare.DIS).fill('DIS')];
  // One city shows every type of outcome.
  let made = city.key === 'JELGAVA' ? 0 : outcomeTypes.values.length;
  for (const [one, count] of visitsOf) {
    const days = daysOfWork(records, one, count);
    one.family.openedOn = days[0] ?? one.from;
    days.forEach((day, i) => {
      const help = helpOn(
        records,
        one.assisted.filter((_, n) => n % days.length === i),
        one.assisted,
        one.assisted.length > 0 && i === 0 ? rare.pop() : undefined,
      );
      addVisit(records, work, {
        family: one.family,
        day,
        help,
        ...(random.chance(0.02) && { fate: 'corrected' as const }),
        ...(random.chance(0.06) && { lateBy: random.int(9, 20) }),
      });
      if (random.chance(0.11)) addOutcome(records, work, one, day, made++);
    });
    addWhatDoesNotCount(records, work, one.family, one.to);
  }
  addUnrecordedHelp(
    records,
    work,
    reached[0]?.family.municipalityId ?? '',
    random.int(5, 8),
    daySpan(platformII.startsOn, platformII.endsOn),
  );
}

/** Tries without anybody at home, work as family assistant, and visits that were voided. */
function addWhatDoesNotCount(records: DemoRecords, work: Work, family: DemoFamily, to: Day): void {
  const { random } = records;
  const day = (): Day => weekday(records, family.openedOn, to);
  if (random.chance(0.35)) addVisit(records, work, { family, day: day(), help: [], reached: false });
  if (random.chance(0.08))
    addVisit(records, work, { family, day: day(), help: familyHelp(records, 'SOC'), capacity: 'familyAssistant' });
  if (random.chance(0.07))
    addVisit(records, work, { family, day: day(), help: familyHelp(records, 'EDU'), fate: 'voided' });
}

/** Registered, but nobody was ever met as a mediator. */
export function addVainTries(records: DemoRecords, work: Work, family: DemoFamily): void {
  family.openedOn = weekday(records, '2017-11-01', '2018-04-30');
  for (let tries = records.random.int(1, 3); tries > 0; tries -= 1) {
    addVisit(records, work, {
      family,
      day: weekday(records, family.openedOn, platformII.endsOn),
      help: [],
      reached: false,
    });
  }
}

function helpOn(
  records: DemoRecords,
  mustBeNamed: readonly DemoPerson[],
  assisted: readonly DemoPerson[],
  rare: NeedArea | undefined,
): Help[] {
  const { random } = records;
  const first = rare ?? random.weighted(needs as Record<NeedArea, number>);
  const named = mustBeNamed.length > 0 ? mustBeNamed : random.chance(0.45) ? assisted.slice(0, 1) : [];
  const help: Help[] = [{ needArea: first, kind: anyKind(records), persons: named }];
  if (random.chance(0.3))
    help.push({ needArea: first, kind: anyKind(records), persons: random.chance(0.5) ? named : [] });
  if (random.chance(0.25)) help.push(...familyHelp(records, random.weighted(needs as Record<NeedArea, number>)));
  return help;
}

function familyHelp(records: DemoRecords, needArea: NeedArea): Help[] {
  return [{ needArea, kind: anyKind(records), persons: [] }];
}

/** `made` goes through the list of types, so that each comes up; beyond it, any. */
export function addOutcome(
  records: DemoRecords,
  { projectId, mediatorId }: Work,
  { family, assisted }: Pick<Reached, 'family' | 'assisted'>,
  day: Day,
  made: number,
): void {
  const type = outcomeTypes.values[made] ?? records.random.pick(outcomeTypes.values);
  const recordedAt = records.moment(day);
  const row = {
    municipalityId: family.municipalityId,
    familyId: family.id,
    personId: assisted[0]?.id ?? null,
    visitId: null,
    type,
    day,
    projectId,
    recordedBy: mediatorId,
    recordedAt,
  };
  const id = records.id(recordedAt);
  records.add(Outcome, { ...row, id, voids: null });
  if (made === 12) records.add(Outcome, { ...row, id: records.id(recordedAt), voids: id });
}

export function addUnrecordedHelp(
  records: DemoRecords,
  { projectId, mediatorId }: Work,
  municipalityId: string,
  times: number,
  days: readonly Day[],
): void {
  for (let i = 0; i < times; i += 1) {
    const day = records.random.pick(days);
    const recordedAt = records.moment(day);
    const needArea = records.random.weighted(needs as Record<NeedArea, number>);
    records.add(UnrecordedHelp, {
      municipalityId,
      id: records.id(recordedAt),
      day,
      needArea,
      kind: anyKind(records),
      minutes: records.random.pick([10, 15, 20, 30]),
      mediatorId,
      projectId,
      recordedAt,
    });
  }
}

/** Different working days, the first one early: families are met one after another, not evenly over the months. */
function daysOfWork({ random }: DemoRecords, { from, to }: Reached, count: number): Day[] {
  const all = daySpan(from, to);
  // Who needs much was met early, so that there is room for it.
  const first = Math.floor(random.next() ** 2 * Math.max(1, all.length - Math.min(all.length, count * 5)));
  const later = random.shuffled(all.slice(first + 1)).slice(0, count - 1);
  return [all[first] ?? from, ...later.sort()];
}

function weekday(records: DemoRecords, from: Day, to: Day): Day {
  return records.random.pick(daySpan(from, to));
}

/** Monday to Friday and some Saturdays. */
export function daySpan(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const weekdayNumber = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekdayNumber !== 0 && (weekdayNumber !== 6 || Number(day.slice(8)) % 3 === 0)) days.push(day);
  }
  return days.length > 0 ? days : [from];
}
