import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was reached is counted ahead, a sheet for each city, project and month: a report of a million visits waits for nothing. */
export class ReachSheets1795600700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(privacy);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER IF EXISTS reach_inserted ON visit;
      DROP TRIGGER IF EXISTS reach_updated ON visit;
      DROP TRIGGER IF EXISTS reach_deleted ON visit;
      DROP TRIGGER IF EXISTS reach_linked ON family_identity;
      DROP TRIGGER IF EXISTS reach_linked ON person_identity;
      DROP TABLE reach_sheet, reach_stale;
      ALTER TABLE family_identity DROP COLUMN number;
      ALTER TABLE person_identity DROP COLUMN number;
      DROP INDEX referral_consent_idx;
      DROP INDEX family_mediator_mediator_id_family_id_starts_on_ends_on_idx;
      CREATE INDEX family_mediator_mediator_id_family_id_idx ON family_mediator (mediator_id, municipality_id, family_id);
      DROP INDEX visit_report_idx;
      CREATE INDEX visit_report_idx ON visit (project_id, day) WHERE current AND NOT voided`);
  }
}

const tables = `
  ALTER TABLE family_identity ADD COLUMN number integer, ADD CONSTRAINT number_range CHECK (number >= 0),
    ADD CONSTRAINT family_identity_number_key UNIQUE (municipality_id, number);
  ALTER TABLE person_identity ADD COLUMN number integer, ADD CONSTRAINT number_range CHECK (number >= 0),
    ADD CONSTRAINT person_identity_number_key UNIQUE (municipality_id, number);

  CREATE TABLE reach_sheet (
    municipality_id uuid NOT NULL,
    project_id uuid NOT NULL,
    month date NOT NULL,
    section text NOT NULL,
    row_key text NOT NULL,
    column_key text NOT NULL,
    families bit varying NOT NULL,
    persons bit varying NOT NULL,
    shared_families uuid array NOT NULL,
    shared_persons uuid array NOT NULL,
    visits integer NOT NULL,
    minutes integer NOT NULL,
    not_reached integer NOT NULL,
    entered_late integer NOT NULL,
    CONSTRAINT reach_sheet_pkey PRIMARY KEY (municipality_id, project_id, month, section, row_key, column_key),
    CONSTRAINT visits_range CHECK (visits >= 0),
    CONSTRAINT minutes_range CHECK (minutes >= 0),
    CONSTRAINT not_reached_range CHECK (not_reached >= 0),
    CONSTRAINT entered_late_range CHECK (entered_late >= 0)
  );
  CREATE INDEX reach_sheet_project_id_month_idx ON reach_sheet (project_id, month);

  CREATE TABLE reach_stale (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    project_id uuid NOT NULL,
    month date NOT NULL,
    CONSTRAINT reach_stale_pkey PRIMARY KEY (municipality_id, id)
  );
  CREATE INDEX reach_stale_project_id_month_idx ON reach_stale (project_id, month);

  -- A sheet is counted from one city's visits.
  DROP INDEX visit_report_idx;
  CREATE INDEX visit_report_idx ON visit (project_id, municipality_id, day) WHERE current AND NOT voided;

  -- Row security asks at each statement whose families there are: found in the index alone.
  DROP INDEX family_mediator_mediator_id_family_id_idx;
  CREATE INDEX family_mediator_mediator_id_family_id_starts_on_ends_on_idx ON family_mediator (mediator_id, municipality_id, family_id, starts_on, ends_on);

  CREATE INDEX referral_consent_idx ON referral (municipality_id, consent_id) WHERE consent_id IS NOT NULL;

  -- What was logged before has no sheets yet.
  INSERT INTO reach_stale (municipality_id, id, project_id, month)
  SELECT v.municipality_id, gen_random_uuid(), v.project_id, v.month
  FROM (SELECT DISTINCT municipality_id, project_id, date_trunc('month', day)::date AS month FROM visit) v;
`;

const privacy = `
  COMMENT ON COLUMN family_identity.number IS 'open';
  COMMENT ON COLUMN person_identity.number IS 'open';
  COMMENT ON COLUMN reach_sheet.municipality_id IS 'open';
  COMMENT ON COLUMN reach_sheet.project_id IS 'technical';
  COMMENT ON COLUMN reach_sheet.month IS 'open';
  COMMENT ON COLUMN reach_sheet.section IS 'technical';
  COMMENT ON COLUMN reach_sheet.row_key IS 'technical';
  COMMENT ON COLUMN reach_sheet.column_key IS 'technical';
  COMMENT ON COLUMN reach_sheet.families IS 'technical';
  COMMENT ON COLUMN reach_sheet.persons IS 'technical';
  COMMENT ON COLUMN reach_sheet.shared_families IS 'technical';
  COMMENT ON COLUMN reach_sheet.shared_persons IS 'technical';
  COMMENT ON COLUMN reach_sheet.visits IS 'open';
  COMMENT ON COLUMN reach_sheet.minutes IS 'open';
  COMMENT ON COLUMN reach_sheet.not_reached IS 'open';
  COMMENT ON COLUMN reach_sheet.entered_late IS 'open';
  COMMENT ON COLUMN reach_stale.municipality_id IS 'open';
  COMMENT ON COLUMN reach_stale.id IS 'technical';
  COMMENT ON COLUMN reach_stale.project_id IS 'technical';
  COMMENT ON COLUMN reach_stale.month IS 'open';
`;
