import { newId } from '@tilts/domain';
import { World, type Someone } from './testing/world.js';

/** Who may write what belongs to the installation (row-security.sql), asked below every feature. */
describe('row security of the registry', () => {
  let world: World;
  let coordinator: Someone;
  let others: Someone[];
  beforeAll(async () => {
    world = await World.make();
    coordinator = await world.someone('coordinator');
    others = [
      await world.someone('mediator', [world.jelgava]),
      await world.someone('socialWorker'),
      await world.someone('evaluator'),
    ];
  });
  afterAll(() => world.end());

  const refused = { code: '42501' };
  /** Rows that the statement touched. */
  const write = (someone: Someone, sql: string): Promise<number> =>
    someone.write(async () => (await world.transaction.query(`${sql} RETURNING 1`)).length);

  const inserts = (): string[] => [
    `INSERT INTO municipality (id, key, family_prefix, name, name_in) VALUES ('${newId()}', '${newId().slice(-6)}', '${newId().slice(-3)}', 'Tukums', 'Tukumā')`,
    `INSERT INTO municipality_period (id, municipality_id, atvk, name) VALUES ('${newId()}', '${world.dobele}', '0028000', 'Dobeles novads')`,
    `INSERT INTO institution (id, kind, name, answer_days, follows_moved_days) VALUES ('${newId()}', 'ngo', 'Biedrība', 5, false)`,
    `INSERT INTO service (id, institution_id, name, need_areas, status) VALUES ('${newId()}', '${world.institution}', 'Padoms', '{SOC}', 'active')`,
    `INSERT INTO working_day_exception (day, works, moved, note) VALUES ('2026-01-02', false, true, 'Pārcelta') ON CONFLICT (day) DO UPDATE SET note = excluded.note`,
    `INSERT INTO code_wording (list, code, lv, version) VALUES ('visits.channel', '${newId()}', 'Zvans', 1)`,
    `INSERT INTO project (id, name, name_en, starts_on) VALUES ('${newId()}', 'Projekts', 'Project', '2026-01-01')`,
    `INSERT INTO assignment (id, mediator_id, municipality_id, project_id, starts_on, hours_per_week) VALUES ('${newId()}', '${others[0]?.id ?? ''}', '${world.dobele}', '${world.project}', '2026-01-01', 8)`,
  ];
  const changes = [
    `UPDATE municipality SET name = 'Cits'`,
    `UPDATE institution SET closed_on = '2026-01-01'`,
    `UPDATE service SET status = 'inactive'`,
    `UPDATE working_day_exception SET works = true`,
    `UPDATE code_wording SET lv = 'Cits'`,
    `UPDATE project SET ends_on = '2030-01-01'`,
    `UPDATE assignment SET ends_on = '2030-01-01'`,
    `DELETE FROM municipality_period`,
    `DELETE FROM service`,
    `DELETE FROM institution i WHERE NOT EXISTS (SELECT FROM account a WHERE a.institution_id = i.id)`,
    `DELETE FROM working_day_exception`,
    `DELETE FROM assignment`,
    `DELETE FROM project`,
  ];

  it('lets coordinators add, nobody else', async () => {
    for (const [at] of inserts().entries()) {
      for (const someone of others) await expect(write(someone, inserts()[at] ?? '')).rejects.toMatchObject(refused);
      expect(await write(coordinator, inserts()[at] ?? '')).toBe(1);
    }
  });

  it('lets coordinators change and delete, and shows nobody else a row to change', async () => {
    for (const sql of changes) {
      for (const someone of others) expect([sql, await write(someone, sql)]).toEqual([sql, 0]);
      expect(await write(coordinator, sql)).toBeGreaterThan(0);
    }
  });

  it.each([
    `UPDATE municipality SET key = 'CITS'`,
    `DELETE FROM municipality`,
    `UPDATE institution SET kind = 'ngo'`,
    `UPDATE institution SET municipality_id = NULL`,
    `UPDATE service SET institution_id = institution_id`,
    `UPDATE assignment SET mediator_id = mediator_id`,
    `UPDATE code_wording SET code = 'cits'`,
    `DELETE FROM code_wording`,
    `SELECT * FROM reference_set`,
  ])('refuses even coordinators: %s', async (sql) => {
    await expect(coordinator.write(() => world.transaction.query(sql))).rejects.toMatchObject(refused);
  });

  it('counts for coordinators, and tells nobody else a number', async () => {
    const counts = `SELECT families_registered('${world.jelgava}') AS a, project_work_outside('${world.project}', '2026-01-01', '2026-12-31') AS b,
      families_left('${others[0]?.id ?? ''}', '${world.jelgava}', '2026-12-31') AS c`;
    const asked = (someone: Someone): Promise<object[]> => someone.write(() => world.transaction.query(counts));
    expect(await asked(coordinator)).toEqual([{ a: 0, b: 0, c: 0 }]);
    for (const someone of others) expect(await asked(someone)).toEqual([{ a: null, b: null, c: null }]);
  });
});
