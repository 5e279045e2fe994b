import { readFileSync } from 'node:fs';
import {
  addDays,
  newId,
  registrationEndpoints,
  reportEndpoints,
  visitEndpoints,
  type NewFamily,
  type ReportFilter,
} from '@tilts/domain';
import { aCorrection, aFamily, anAssistance, aVisit, SeededRandom, type CityKey } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type TestApp } from '../test-app.js';

/** What was counted ahead says the same as the rows, whatever was logged, corrected, taken back, linked, and in whatever order. */
let app: TestApp;
const cities = ['JELGAVA', 'DOBELE'] as const satisfies readonly CityKey[];
const random = new SeededRandom(20_171_001);
const today = new Date().toISOString().slice(0, 10);
const months = { from: addDays(today, -80).slice(0, 7), to: today.slice(0, 7) };

type Rows = Record<string, number>;

/** The report is asked for first: asking is what counts stale sheets anew. */
async function both(): Promise<{ ahead: Rows; plainly: Rows }> {
  await app.as
    .evaluator()
    .call(reportEndpoints.outcomes, { input: { ...months, project: app.projectId } as ReportFilter });
  const [{ id }] = (await app.owner.query(
    `SELECT s.id FROM session s JOIN account a ON a.id = s.account_id WHERE a.role = 'evaluator' AND s.ended_at IS NULL LIMIT 1`,
  )) as [{ id: string }];
  return app.owner.transaction(async (owner) => {
    await owner.query('SET LOCAL ROLE tilts_resolver');
    await owner.query(`SELECT set_config('app.session', $1, true)`, [id]);
    const ask = async (counting: string): Promise<Rows> => {
      const rows: { section: string; row_key: string; column_key: string; measure: string; value: number | null }[] =
        await owner.query(`SELECT * FROM ${counting}($1, $2::date, ($3 || '-28')::date, '{}', '{}')`, [
          app.projectId,
          `${months.from}-01`,
          months.to,
        ]);
      // Zero and no row are one answer.
      const told = rows.filter((row) => row.value !== null && row.value !== 0);
      return Object.fromEntries(
        told
          .map((row): [string, number] => [
            `${row.section}|${row.row_key}|${row.column_key}|${row.measure}`,
            Number(row.value),
          ])
          .sort(([a], [b]) => a.localeCompare(b)),
      );
    };
    return { ahead: await ask('report_figures'), plainly: await ask('counted_plainly') };
  });
}

async function agree(): Promise<Rows> {
  const { ahead, plainly } = await both();
  expect(ahead).toEqual(plainly);
  return plainly;
}

const families: { city: CityKey; family: NewFamily }[] = [];
const visits: { city: CityKey; family: NewFamily; visit: ReturnType<typeof aVisit>; version: number }[] = [];

async function register(city: CityKey): Promise<void> {
  const family = aFamily({ municipalityId: municipalityId(city) });
  await app.as.mediator(city).call(registrationEndpoints.register, { input: family });
  families.push({ city, family });
}

const visitOf = (family: NewFamily): ReturnType<typeof aVisit> => {
  const needAreas = random.shuffled(['EDU', 'HEA', 'SOC'] as const).slice(0, random.int(1, 3));
  const reached = random.chance(0.8);
  const assistance = needAreas.map((needArea) =>
    anAssistance({
      needArea,
      kind: random.pick(['inform', 'accompany'] as const),
      personIds: random.chance(0.6) ? [random.pick(family.persons).id] : [],
    }),
  );
  // The 28th is the last day that the comparison asks for.
  const day = addDays(today, -random.int(0, 75));
  return aVisit(family, {
    day: day.slice(8) > '28' ? `${day.slice(0, 8)}28` : day,
    channel: random.pick(['homeVisit', 'phone'] as const),
    capacity: random.chance(0.9) ? 'mediator' : 'familyAssistant',
    reached,
    needAreas,
    assistance: reached ? assistance : [],
  });
};

async function log(): Promise<void> {
  const { city, family } = random.pick(families);
  const visit = visitOf(family);
  await app.as.mediator(city).call(visitEndpoints.create, { input: visit });
  visits.push({ city, family, visit, version: 1 });
}

async function correct(): Promise<void> {
  const at = random.int(0, visits.length - 1);
  const known = visits[at];
  if (!known) return;
  const voided = random.chance(0.3);
  const { id: _, familyId: __, outcomes: ___, ...details } = visitOf(known.family);
  const input = aCorrection(known.visit, {
    ...details,
    id: newId(),
    version: known.version,
    voided,
    correctionReason: 'Kļūda',
  });
  await app.as.mediator(known.city).call(visitEndpoints.correct, { params: { id: known.visit.id }, input });
  if (voided) visits.splice(at, 1);
  else known.version += 1;
}

beforeAll(async () => {
  app = await startTestApp();
  await app.owner.query(readFileSync(new URL('testing/counted-plainly.sql', import.meta.url), 'utf8'));
  await app.owner.query(
    'GRANT EXECUTE ON FUNCTION counted_plainly(uuid, date, date, date[], date[]) TO tilts_resolver',
  );
  for (const city of cities) for (let n = 0; n < 4; n += 1) await register(city);
});
afterAll(() => app.close());

describe('what is counted ahead', () => {
  it('says what the rows say, after each of many random steps', async () => {
    for (let round = 0; round < 12; round += 1) {
      for (let step = random.int(1, 6); step > 0; step -= 1) await (random.chance(0.75) ? log() : correct());
      // Families come in between: sheets of before are shorter than those of after.
      if (round === 5) for (const city of cities) await register(city);
      await agree();
    }
    expect(Object.keys(await agree()).length).toBeGreaterThan(40);
  });

  it('counts a family that moved, and two records of one family, once', async () => {
    const here = families.filter(({ city }) => city === 'JELGAVA');
    const [first, second] = here;
    const moved = families.find(({ city }) => city === 'DOBELE');
    if (!first || !second || !moved) throw new Error('no families');
    for (const { city, family } of [first, second, moved]) {
      const assistance = [anAssistance({ needArea: 'SOC', personIds: [family.persons[0]?.id ?? ''] })];
      const input = aVisit(family, { day: `${months.to}-01`, needAreas: ['SOC'], assistance });
      await app.as.mediator(city).call(visitEndpoints.create, { input });
    }
    const reached = (rows: Rows): number | undefined => rows['total|||familiesReached'];
    const assisted = (rows: Rows): number | undefined => rows['total|||personsAssisted'];
    const apart = await agree();

    const [jelgava, dobele] = [municipalityId('JELGAVA'), municipalityId('DOBELE')];
    await app.owner.query('SELECT merge_families($1, $2, $3, $4)', [jelgava, first.family.id, second.family.id, today]);
    const merged = await agree();
    expect(reached(merged)).toBe((reached(apart) ?? 0) - 1);
    await app.owner.query('SELECT merge_persons($1, $2, $3)', [
      jelgava,
      first.family.persons[0]?.id,
      second.family.persons[0]?.id,
    ]);
    expect(assisted(await agree())).toBe((assisted(merged) ?? 0) - 1);

    const pairs = [[first.family.persons[0]?.id, moved.family.persons[0]?.id]];
    await app.owner.query('SELECT move_family($1, $2, $3, $4, $5::uuid[][], $6)', [
      jelgava,
      first.family.id,
      dobele,
      moved.family.id,
      pairs,
      today,
    ]);
    const linked = await agree();
    expect(reached(linked)).toBe((reached(merged) ?? 0) - 1);
    // In each of the two cities it still counts.
    expect(linked[`municipality|${jelgava}||familiesReached`]).toBe(merged[`municipality|${jelgava}||familiesReached`]);
    expect(linked[`municipality|${dobele}||familiesReached`]).toBe(merged[`municipality|${dobele}||familiesReached`]);
  });

  it('is not counted anew for words that were only sealed with another key', async () => {
    await agree();
    const marks = async (): Promise<number> =>
      ((await app.owner.query('SELECT count(*) AS marks FROM reach_stale')) as [{ marks: number }])[0].marks;
    await app.owner.query(`UPDATE visit SET sealed = sealed || '\\x00' WHERE sealed IS NOT NULL`);
    expect(await marks()).toBe(0);
    await app.owner.query('UPDATE visit SET minutes = minutes + 1');
    expect(await marks()).toBeGreaterThan(0);
    await agree();
  });

  it('keeps the mark of a visit that was logged while a report was counted', async () => {
    await agree();
    const last = families.at(-1);
    if (!last) throw new Error('no family');
    const { city, family } = last;
    const reports = [1, 2, 3].map(() =>
      app.as
        .evaluator()
        .call(reportEndpoints.outcomes, { input: { ...months, project: app.projectId } as ReportFilter }),
    );
    const logged = [1, 2, 3, 4].map(() =>
      app.as.mediator(city).call(visitEndpoints.create, { input: visitOf(family) }),
    );
    await Promise.all([...reports, ...logged]);
    await agree();
  });
});
