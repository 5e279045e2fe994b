import type { Role } from '@tilts/domain';
import { demoEmail, demoTotpSecret, SeededRandom } from '@tilts/testing';
import type { EntityManager } from 'typeorm';
import { createAccount } from '../access/accounts.js';
import { setUpTotp } from '../access/set-up-totp.js';
import type { Seals } from '../database/seals.js';
import { institutionId } from '../directory/directory-rows.js';
import { hasUsers } from '../directory/institution.service.js';
import { loadExampleDirectory } from '../directory/reference-data.js';
import { Assignment, Project } from '../mediators/project.entity.js';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { addCurrentWork, backTo, lastDay } from './current-work.js';
import { currentProject, demoCities, platformII, type DemoCity } from './demo-cities.js';
import { addFamily } from './demo-families.js';
import {
  chooseAssisted,
  doubleFamily,
  giveCodes,
  inventPeople,
  MERGED_ON,
  moveFamily,
  type CityPeople,
} from './demo-people.js';
import { DemoRecords } from './demo-records.js';
import { addReferral, type DemoInstitution, type Sides } from './demo-referrals.js';
import type { DemoFamily } from './households.js';
import { addPlatformWork, addVainTries, daySpan } from './platform-ii.js';
import { currentStories, platformStories } from './referral-stories.js';

const SEED = 20_171_001;

export interface DemoOptions {
  /** The owner's connection, on a migrated database with its reference data. */
  owner: EntityManager;
  seals: Seals;
  /** Of every demo account. */
  password: string;
  now: Date;
  progress?: (text: string) => void;
}

/**
 * Fills an empty database with invented people: Platform II with exactly the figures of the founding document, and a current
 * project up to yesterday. The same data at each load, except that the current project follows `now`. False: not empty, nothing done.
 */
export async function loadDemo({
  owner,
  seals,
  password,
  now,
  progress = () => undefined,
}: DemoOptions): Promise<boolean> {
  return owner.transaction(async (manager) => {
    const [{ filled }] = (await manager.query(
      'SELECT EXISTS (SELECT FROM account) OR EXISTS (SELECT FROM family) AS filled',
    )) as [{ filled: boolean }];
    if (filled) return false;
    await loadExampleDirectory(manager);
    progress('Inventing families and visits');
    const records = new DemoRecords(seals, new SeededRandom(SEED), now);
    const sides = await addAccounts(records, manager, seals, password);
    const projects = addProjects(records, sides);
    const institutions = await readInstitutions(manager);

    const people = demoCities.map((city) => inventPeople(records, city));
    const [jelgava, dobele, , , ventspils] = people as [CityPeople, CityPeople, CityPeople, CityPeople, CityPeople];
    const move = moveFamily(records, jelgava, dobele);
    // The family that was registered twice adds one record of a person who counts once.
    const double = doubleFamily(records, ventspils);
    for (const one of people)
      fillCity(records, one, projects, sides.get(one.city) as Sides, institutions, one === ventspils ? 1 : 0);

    progress('Writing the demo data');
    await records.write(manager);
    await linkRecords(manager, move, double);
    return true;
  });
}

interface Projects {
  platform: string;
  current: string;
}

function fillCity(
  records: DemoRecords,
  people: CityPeople,
  projects: Projects,
  sides: Sides,
  institutions: readonly DemoInstitution[],
  doubles: number,
): void {
  const { city, reached, neverMet, newcomers } = people;
  const { random } = records;
  chooseAssisted(records, people, city.persons + doubles);
  const platform = { projectId: projects.platform, mediatorId: sides.mediatorId };
  addPlatformWork(records, city, platform, reached);
  for (const family of neverMet) addVainTries(records, platform, family);
  const opening = daySpan(backTo(records, 260), lastDay(records));
  newcomers.forEach(
    (family, i) =>
      (family.openedOn = opening[Math.floor(((i + 1) / (newcomers.length + 1)) * opening.length)] ?? lastDay(records)),
  );
  giveCodes(people);

  const stories = platformStories(
    records,
    reached.filter((one) => one.to === platformII.endsOn).map((one) => one.family),
    institutions,
    Math.ceil(city.families / 2),
  );
  const families = [...reached.map((one) => one.family), ...neverMet];
  // The first ones stand in the drawings and go on.
  families.forEach((family, i) => {
    if (i > 3 && !family.closed && random.chance(0.5))
      family.closed = {
        on: random.pick(daySpan('2018-06-15', '2019-11-29')),
        reason: random.pick(['goalsReached', 'ownWish', 'noContact']),
      };
  });
  const active = [...families.filter((family) => !family.closed), ...newcomers];
  addCurrentWork(records, { projectId: projects.current, mediatorId: sides.mediatorId }, active);
  // The third family in the drawings waits for nothing but its referral.
  stories.push(...currentStories(records, [...active.slice(2), ...active.slice(0, 2)], institutions));

  const perYear = new Map<string, number>();
  for (const story of stories.sort((a, b) => a.day.localeCompare(b.day))) {
    const year = story.day.slice(0, 4);
    const number = (perYear.get(year) ?? 0) + 1;
    perYear.set(year, number);
    addReferral(records, sides, `${year}-${String(number).padStart(4, '0')}`, story);
  }
  for (const family of [...families, ...newcomers]) addFamily(records, family, sides.mediatorId);
}

async function addAccounts(
  records: DemoRecords,
  manager: EntityManager,
  seals: Seals,
  password: string,
): Promise<Map<DemoCity, Sides>> {
  const create = (role: Role, name: string, city?: DemoCity): Promise<string> => {
    const institution = role === 'socialWorker' && city ? institutionId(city.key, 'socialService') : null;
    const id = records.id('2017-09-28T07:00:00.000Z');
    return createAccount(manager, seals, {
      id,
      role,
      language: 'lv',
      institutionId: institution,
      name,
      email: demoEmail(role, city?.key),
      password,
    });
  };
  const sides = new Map<DemoCity, Sides>();
  for (const city of demoCities) {
    sides.set(city, {
      mediatorId: await create('mediator', city.mediator, city),
      socialWorkerId: await create('socialWorker', city.socialWorker, city),
    });
  }
  await create('evaluator', 'Elza T.');
  const coordinator = await create('coordinator', 'Jana D.');
  await setUpTotp(manager, seals, coordinator, { name: 'Demonstrācijas lietotne', secret: demoTotpSecret });
  return sides;
}

function addProjects(records: DemoRecords, sides: ReadonlyMap<DemoCity, Sides>): Projects {
  const made = records.id('2017-09-27T07:00:00.000Z');
  const current = records.id('2025-12-15T07:00:00.000Z');
  records.add(Project, { id: made, ...platformII, version: 1 });
  records.add(Project, { id: current, ...currentProject, endsOn: null, version: 1 });
  for (const [city, { mediatorId }] of sides) {
    const assignment = { mediatorId, municipalityId: municipalityId(city.key), hoursPerWeek: 20, version: 1 };
    records.add(Assignment, {
      ...assignment,
      id: records.id('2017-09-29T07:00:00.000Z'),
      projectId: made,
      startsOn: platformII.startsOn,
      endsOn: platformII.endsOn,
    });
    records.add(Assignment, {
      ...assignment,
      id: records.id('2025-12-16T07:00:00.000Z'),
      projectId: current,
      startsOn: currentProject.startsOn,
      endsOn: null,
    });
  }
  return { platform: made, current };
}

function readInstitutions(manager: EntityManager): Promise<DemoInstitution[]> {
  return manager.query(
    `SELECT id, municipality_id AS "municipalityId", kind, answer_days AS "answerDays", ${hasUsers('i')} AS "hasUsers", follows_moved_days AS "followsMovedDays" FROM institution i`,
  );
}

/** By the same rules of the database that a mediator's work uses: one human family in two cities, and two records of one family. */
async function linkRecords(
  manager: EntityManager,
  move: { from: DemoFamily; to: DemoFamily; on: string },
  double: { kept: DemoFamily; merged: DemoFamily },
): Promise<void> {
  const pairs = move.from.persons.map((person, i) => [person.id, move.to.persons[i]?.id]);
  await manager.query('SELECT move_family($1, $2, $3, $4, $5::uuid[][], $6)', [
    move.from.municipalityId,
    move.from.id,
    move.to.municipalityId,
    move.to.id,
    pairs,
    move.on,
  ]);
  const city = double.kept.municipalityId;
  await manager.query('SELECT merge_families($1, $2, $3, $4)', [city, double.kept.id, double.merged.id, MERGED_ON]);
  await manager.query('SELECT merge_persons($1, $2, $3)', [
    city,
    double.kept.persons[0].id,
    double.merged.persons[0].id,
  ]);
}
