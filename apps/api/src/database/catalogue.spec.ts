import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '../../../../tools/test-database/test-database.js';
import { violations } from './catalogue.js';

/** What must hold for every table, function and role, whoever adds the next one (row-security.sql). */
describe('the catalogue', () => {
  let database: TestDatabase;
  let owner: Client;

  beforeAll(async () => {
    database = await testDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  it('breaks no rule', async () => {
    expect(await violations(owner)).toEqual([]);
  });

  const definer = (more: string, name = 'planted'): string =>
    `CREATE FUNCTION ${name}() RETURNS int LANGUAGE sql SECURITY DEFINER ${more} AS 'SELECT 1'; REVOKE ALL ON FUNCTION ${name}() FROM PUBLIC`;
  const asResolver = (sql: string): string =>
    `GRANT CREATE ON SCHEMA public TO tilts_resolver; SET LOCAL ROLE tilts_resolver; ${sql}; RESET ROLE; REVOKE CREATE ON SCHEMA public FROM tilts_resolver`;
  const closed = (table: string): string => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`;
  const family = 'REFERENCES family (municipality_id, id)';

  it.each([
    ['a table that is not closed', 'CREATE TABLE planted (municipality_id uuid)', 'planted has no forced row security'],
    [
      'a table closed to all but its owner',
      'ALTER TABLE person NO FORCE ROW LEVEL SECURITY',
      'person has no forced row security',
    ],
    [
      'a granted table without a policy',
      `CREATE TABLE planted (id uuid); ${closed('planted')}; GRANT SELECT ON planted TO tilts_read`,
      'planted has no policy',
    ],
    [
      'a policy for everybody',
      'CREATE POLICY planted ON person USING (true)',
      'person.planted is a policy for everybody',
    ],
    [
      'a unique that tells of other cities',
      'ALTER TABLE family ADD CONSTRAINT planted UNIQUE (code)',
      'planted is unique without the municipality',
    ],
    [
      'a unique index',
      'CREATE UNIQUE INDEX planted ON visit (visit_id) WHERE current',
      'planted is unique without the municipality',
    ],
    [
      'a reference without the municipality',
      `ALTER TABLE person ADD CONSTRAINT family_only UNIQUE (family_id); CREATE TABLE planted (family_id uuid CONSTRAINT planted_fkey REFERENCES person (family_id))`,
      'planted_fkey refers to a row of another municipality',
    ],
    [
      'a reference that crosses',
      `ALTER TABLE person ADD COLUMN other uuid; ALTER TABLE person ADD CONSTRAINT planted FOREIGN KEY (other, family_id) ${family}`,
      'planted refers to a row of another municipality',
    ],
    [
      'a view with its owner’s rights',
      'CREATE VIEW planted AS SELECT * FROM family',
      'planted is a view with the rights of its owner',
    ],
    ['a materialised view', 'CREATE MATERIALIZED VIEW planted AS SELECT 1', 'planted is a materialised view'],
    [
      'a definer without search_path',
      asResolver(definer('')),
      'planted() is a definer function without a fixed search_path',
    ],
    [
      'a definer that looks into pg_temp first',
      asResolver(definer('SET search_path = pg_catalog, public')),
      'planted() is a definer function without a fixed search_path',
    ],
    [
      'a definer of the owner',
      definer('SET search_path = pg_catalog, public, pg_temp'),
      'planted() is a definer function that tilts_resolver does not own',
    ],
    [
      'a function for everybody',
      `CREATE FUNCTION planted() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
      'planted() is a function that everybody may call',
    ],
    [
      'a column without a privacy class',
      'ALTER TABLE person ADD COLUMN nickname text',
      'person.nickname has no privacy class',
    ],
    [
      'a sealed column that is text',
      `ALTER TABLE person ADD COLUMN nickname text; COMMENT ON COLUMN person.nickname IS 'sealed'`,
      'person.nickname is called sealed and is readable',
    ],
    [
      'an enum',
      `CREATE TYPE planted AS ENUM ('a'); ALTER TABLE person ADD COLUMN kind planted; COMMENT ON COLUMN person.kind IS 'open'`,
      'person.kind is an enum',
    ],
    [
      'something that the API owns',
      `GRANT CREATE ON SCHEMA public TO tilts_app; GRANT tilts_app TO CURRENT_USER WITH SET TRUE; CREATE TABLE planted (id uuid); ${closed('planted')}; ALTER TABLE planted OWNER TO tilts_app`,
      'planted is owned by a role of the API',
    ],
    [
      'an API that may make databases',
      'ALTER ROLE tilts_app CREATEDB',
      'tilts_app is a role that may step over row security',
    ],
    [
      'an API that may make tables',
      'GRANT CREATE ON SCHEMA public TO tilts_app',
      'tilts_app may make things in the schema',
    ],
  ])('planted: %s', async (_words, plant, found) => {
    await owner.query('BEGIN');
    try {
      await owner.query(plant);
      expect(await violations(owner)).toContainEqual(expect.stringContaining(found));
    } finally {
      await owner.query('ROLLBACK');
    }
  });

  it('lets the API call these functions and no others', async () => {
    const { rows } = await owner.query<{ name: string; roles: string }>(`
      SELECT p.proname AS name, string_agg(r.rolname, ' ' ORDER BY r.rolname) AS roles FROM pg_proc p JOIN pg_roles r ON r.rolname IN ('tilts_app', 'tilts_read', 'tilts_mail', 'tilts_door')
      WHERE p.pronamespace = 'public'::regnamespace AND has_function_privilege(r.oid, p.oid, 'EXECUTE') GROUP BY p.oid, p.proname ORDER BY p.proname`);
    const both = 'tilts_app tilts_read';
    expect(Object.fromEntries(rows.map(({ name, roles }) => [name, roles]))).toEqual({
      access_ask_second_step: 'tilts_door',
      access_begin_sign_in: 'tilts_door',
      access_create_first_coordinator: 'tilts_door',
      access_is_empty: 'tilts_door',
      access_look_link: 'tilts_door',
      access_sweep: 'tilts_door',
      access_use_link: 'tilts_door',
      access_finish_second_step: 'tilts_door',
      access_prove: 'tilts_door',
      access_confirm_totp: 'tilts_door',
      access_add_passkey: 'tilts_door',
      access_rotate: 'tilts_door',
      access_session_factors: 'tilts_door',
      access_start_session: 'tilts_door',
      access_ticket_factors: 'tilts_door',
      access_try_proof: 'tilts_door',
      access_try_second_step: 'tilts_door',
      audit_read: both,
      audit_write: 'tilts_app',
      assignment_work_outside: 'tilts_app',
      caller: both,
      change_account: 'tilts_app',
      devices_of: both,
      end_account: 'tilts_app',
      end_sessions_of: 'tilts_app',
      end_own_session: 'tilts_app',
      own_devices: both,
      families_counted: both,
      families_to_hand_over: both,
      finish_set_up: 'tilts_app',
      hand_over: 'tilts_app',
      invite_account: 'tilts_app',
      keep_rescued: 'tilts_app',
      last_used: both,
      make_one_time_link: 'tilts_app',
      name_controller: 'tilts_app',
      with_second_factor: both,
      caller_institution: both,
      families_left: 'tilts_app',
      families_registered: 'tilts_app',
      installation_state: 'tilts_door',
      next_family_code: 'tilts_app',
      next_referral_number: 'tilts_app',
      proved_caller: both,
      project_work_outside: 'tilts_app',
      reach_families: both,
      reach_municipalities: both,
      referral_audience: 'tilts_app',
      remove_factor: 'tilts_app',
      replace_recovery_codes: 'tilts_app',
      rescued_standing: both,
      report_figures: 'tilts_read',
      riga_today: both,
      session_context: both,
      sweep_imports: 'tilts_door',
      sweep_receipts: 'tilts_door',
      undo_import: 'tilts_app',
      withdrawn_consents: both,
      work_municipalities: both,
    });
  });
});
