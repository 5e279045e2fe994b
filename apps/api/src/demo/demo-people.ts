import { addDays, type Day } from '@tilts/domain';
import { municipalityId } from '../municipalities/municipality-seed.js';
import type { DemoCity } from './demo-cities.js';
import type { DemoRecords } from './demo-records.js';
import { inventHousehold, type DemoFamily, type DemoPerson, type Household } from './households.js';
import { platformII } from './demo-cities.js';
import type { Reached } from './platform-ii.js';

const MOVED_ON: Day = '2018-02-05';
export const MERGED_ON: Day = '2018-06-04';

/** Households that people meet in the pages: those of the drawings, namesakes, and one of ten. */
const known: Record<string, Household[]> = {
  JELGAVA: [
    {
      contact: { firstName: 'Anna', lastName: 'Bērziņa', birthYear: 1984, gender: 'woman' },
      child: { firstName: 'Pēteris', birthYear: 2014 },
      size: 5,
    },
    { contact: { firstName: 'Marija', gender: 'woman' }, size: 4 },
    { contact: { firstName: 'Jānis', gender: 'man' }, size: 3 },
    { contact: { firstName: 'Anna', lastName: 'Bērziņa', birthYear: 1991, gender: 'woman' }, size: 4 },
  ],
  VENTSPILS: [
    { size: 10 },
    { contact: { firstName: 'Anna', lastName: 'Bērziņa', birthYear: 1979, gender: 'woman' }, size: 6 },
  ],
};
/** What those in the drawings are called by. */
const knownCodes: Record<string, readonly number[]> = { JELGAVA: [12, 7, 31] };

/** The families of one city. */
export interface CityPeople {
  city: DemoCity;
  reached: Reached[];
  neverMet: DemoFamily[];
  newcomers: DemoFamily[];
}

export function inventPeople(records: DemoRecords, city: DemoCity): CityPeople {
  const family = (year: number, household?: Household): DemoFamily => inventFamily(records, city, year, household);
  const families = Array.from({ length: city.families }, (_, i) => family(2017, known[city.key]?.[i]));
  const newcomers = Array.from({ length: city.newFamilies }, (_, i) => {
    const household =
      city.key === 'JELGAVA' && i === city.newFamilies - 1
        ? { contact: { firstName: 'Ruta', gender: 'woman' as const }, size: 6 }
        : undefined;
    return family(2026, household);
  });
  return {
    city,
    reached: families.map((one) => ({ family: one, assisted: [], from: platformII.startsOn, to: platformII.endsOn })),
    neverMet: Array.from({ length: city.neverMet }, () => family(2017)),
    newcomers,
  };
}

function inventFamily(records: DemoRecords, city: DemoCity, year: number, household?: Household): DemoFamily {
  const { random } = records;
  const newId = (): string => records.id(`${year}-01-02T08:00:00.000Z`);
  return {
    id: newId(),
    municipalityId: municipalityId(city.key),
    code: '',
    openedOn: '',
    persons: inventHousehold(random, newId, year, household),
    address: `Izdomātā iela ${random.int(1, 60)}–${random.int(1, 40)}`,
    language: random.weighted({ latvian: 5, russian: 3, romani: 3, other: 0 }),
    lastContactOn: null,
  };
}

/** Chooses who is helped by name: exactly as many as the city is to show. Families that came from elsewhere or twice keep their own. */
export function chooseAssisted({ random }: DemoRecords, { reached }: CityPeople, persons: number): void {
  const fixed = reached.filter((one) => one.assisted.length > 0);
  const free = random.shuffled(reached.filter((one) => one.assisted.length === 0));
  let left = persons - fixed.reduce((sum, one) => sum + one.assisted.length, 0);
  const chosen = new Map<Reached, DemoPerson[]>(free.map((one) => [one, []]));
  for (let round = 0; left > 0; round += 1) {
    for (const one of free) {
      const person = one.family.persons[round];
      // One family in seven is helped only as a family.
      if (left === 0 || !person || (round === 0 && chosen.size > 10 && free.indexOf(one) % 7 === 6)) continue;
      chosen.get(one)?.push(person);
      left -= 1;
    }
  }
  for (const [one, assisted] of chosen) one.assisted = assisted;
}

/** A family of the first city that goes on living in the second one, with the one person who is helped in both. */
export interface Move {
  from: DemoFamily;
  to: DemoFamily;
  on: Day;
}

export function moveFamily(records: DemoRecords, from: CityPeople, to: CityPeople): Move {
  const old = from.reached[4];
  const anew = to.reached[0];
  if (!old || !anew) throw new Error('The families that move are missing');
  anew.family.persons = old.family.persons.map((person) => ({
    ...person,
    id: records.id(`${MOVED_ON}T08:00:00.000Z`),
  })) as DemoFamily['persons'];
  old.assisted = [old.family.persons[0]];
  anew.assisted = [anew.family.persons[0]];
  old.to = addDays(MOVED_ON, -1);
  anew.from = MOVED_ON;
  old.family.closed = { on: MOVED_ON, reason: 'moved' };
  return { from: old.family, to: anew.family, on: MOVED_ON };
}

/** A family that was registered twice by mistake; the second record is closed and counts with the first. */
export function doubleFamily(records: DemoRecords, people: CityPeople): { kept: DemoFamily; merged: DemoFamily } {
  const kept = people.reached[5];
  if (!kept) throw new Error('The family that was registered twice is missing');
  const contact = { ...kept.family.persons[0], id: records.id('2018-03-01T08:00:00.000Z') };
  const merged: DemoFamily = {
    ...kept.family,
    id: records.id('2018-03-01T08:00:00.000Z'),
    persons: [contact],
    closed: { on: MERGED_ON, reason: 'other' },
  };
  kept.assisted = [kept.family.persons[0]];
  people.reached.push({ family: merged, assisted: [contact], from: '2018-03-01', to: platformII.endsOn });
  return { kept: kept.family, merged };
}

/** Codes in the order in which the families were registered, but the known ones keep those of the drawings. */
export function giveCodes({ city, reached, neverMet, newcomers }: CityPeople): void {
  const fixed = new Map((knownCodes[city.key] ?? []).map((number, i) => [number, reached[i]?.family]));
  const all = [...reached.map((one) => one.family), ...neverMet, ...newcomers];
  const queue = all
    .filter((one) => ![...fixed.values()].includes(one))
    .sort((a, b) => a.openedOn.localeCompare(b.openedOn));
  for (let number = 1; number <= all.length; number += 1) {
    const family = fixed.get(number) ?? queue.shift();
    if (family) family.code = `${city.prefix}-${String(number).padStart(4, '0')}`;
  }
}
