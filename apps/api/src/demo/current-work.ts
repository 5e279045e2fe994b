import { addDays, type Day, type NeedArea } from '@tilts/domain';
import type { DemoRecords } from './demo-records.js';
import { addVisit, anyKind, type Work } from './demo-visits.js';
import type { DemoFamily } from './households.js';
import { addOutcome, addUnrecordedHelp, daySpan } from './platform-ii.js';
import { currentProject } from './demo-cities.js';
import { nextSteps } from './words.js';

const needs: Record<NeedArea, number> = {
  EDU: 20,
  SOC: 18,
  HOU: 11,
  EMP: 10,
  HEA: 9,
  DOC: 9,
  DEB: 6,
  LAN: 5,
  CUL: 4,
  CHI: 4,
  DIS: 3,
  OTH: 3,
};

/** How many days from today the next steps of one mediator fall due; those of the past are late. */
const dueInDays = [-2, 4, 0, -6, 1, 10, 18];

/** The last day of which the demo tells: yesterday, so that today is still to be written. */
export function lastDay(records: DemoRecords): Day {
  return addDays(records.now.toISOString().slice(0, 10), -1);
}

/** So many days back, but not before the project began. */
export function backTo(records: DemoRecords, days: number): Day {
  const day = addDays(lastDay(records), -days);
  return day > currentProject.startsOn ? day : currentProject.startsOn;
}

/** Adds what a mediator did lately, up to yesterday whatever day it is: visits to their active families, with next steps that wait. */
export function addCurrentWork(records: DemoRecords, work: Work, families: readonly DemoFamily[]): void {
  const { random } = records;
  const today = addDays(lastDay(records), 1);
  families.forEach((family, i) => {
    const due = dueInDays[i];
    const from = latest(family.openedOn, backTo(records, i < 12 ? 60 : 150));
    const lately = random.shuffled(daySpan(from, lastDay(records))).slice(0, random.int(1, 3));
    const before = random
      .shuffled(daySpan(latest(family.openedOn, currentProject.startsOn), from))
      .slice(0, random.int(1, 6));
    const days = [...new Set([...before, ...lately])].sort();
    if (family.openedOn >= currentProject.startsOn) days[0] = family.openedOn;
    days.forEach((day, n) => {
      const last = n === days.length - 1;
      const waits = last && due !== undefined;
      // What was to be done by then was agreed before.
      const on = waits ? latest(addDays(today, due), day) : addDays(day, random.int(2, 12));
      const step = waits || (!last && random.chance(0.3));
      const needArea = random.weighted(needs);
      const named = random.chance(0.6) ? [random.pick(family.persons)] : [];
      const help = [
        { needArea, kind: anyKind(records), persons: named },
        ...(random.chance(0.3) ? [{ needArea: random.weighted(needs), kind: anyKind(records), persons: [] }] : []),
      ];
      const nextStep = { words: nextSteps[i] ?? random.pick(nextSteps), on, done: !waits };
      if (random.chance(0.09)) addOutcome(records, work, { family, assisted: named }, day, Infinity);
      addVisit(records, work, {
        family,
        day,
        help,
        ...(step && { nextStep }),
        ...(random.chance(0.04) && { fate: 'corrected' as const }),
      });
    });
    if (random.chance(0.12))
      addVisit(records, work, { family, day: random.pick(daySpan(from, lastDay(records))), help: [], reached: false });
  });
  addUnrecordedHelp(
    records,
    work,
    families[0]?.municipalityId ?? '',
    random.int(3, 5),
    daySpan(backTo(records, 120), lastDay(records)),
  );
}

function latest(a: Day, b: Day): Day {
  return a > b ? a : b;
}
