import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The directory, projects and code lists belong to the installation: versions, closing, own words for codes, reference data written once. */
export class Registry1795600100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(alreadyWritten);
    await runner.query(privacy);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE institution ADD COLUMN has_users boolean NOT NULL DEFAULT false, DROP COLUMN closed_on, DROP COLUMN version;
      ALTER TABLE institution ALTER COLUMN has_users DROP DEFAULT;
      COMMENT ON COLUMN institution.has_users IS 'open';
      ALTER TABLE municipality DROP COLUMN version;
      ALTER TABLE service DROP COLUMN version;
      ALTER TABLE project DROP COLUMN version;
      ALTER TABLE assignment DROP COLUMN version;
      DROP TABLE code_wording, reference_set`);
  }
}

const tables = `
  ALTER TABLE municipality ADD COLUMN version integer NOT NULL DEFAULT 1, ADD CONSTRAINT version_range CHECK (version >= 1);
  ALTER TABLE service ADD COLUMN version integer NOT NULL DEFAULT 1, ADD CONSTRAINT version_range CHECK (version >= 1);
  ALTER TABLE project ADD COLUMN version integer NOT NULL DEFAULT 1, ADD CONSTRAINT version_range CHECK (version >= 1);
  ALTER TABLE assignment ADD COLUMN version integer NOT NULL DEFAULT 1, ADD CONSTRAINT version_range CHECK (version >= 1);
  -- Whether an institution has users is asked of the accounts: a flag beside them could lie.
  ALTER TABLE institution DROP COLUMN has_users, ADD COLUMN closed_on date,
    ADD COLUMN version integer NOT NULL DEFAULT 1, ADD CONSTRAINT version_range CHECK (version >= 1);

  CREATE TABLE code_wording (
    list text NOT NULL,
    code text NOT NULL,
    lv text,
    en text,
    ru text,
    retired_on date,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT code_wording_pkey PRIMARY KEY (list, code),
    CONSTRAINT version_range CHECK (version >= 1)
  );

  CREATE TABLE reference_set (
    name text NOT NULL,
    written_at timestamptz(3) NOT NULL,
    CONSTRAINT reference_set_pkey PRIMARY KEY (name)
  );
`;

/** An installation that is brought up to date has its reference data; what its coordinator takes away must not come back. */
const alreadyWritten = `
  INSERT INTO reference_set (name, written_at) SELECT 'national', now() WHERE EXISTS (SELECT FROM institution WHERE municipality_id IS NULL);
  INSERT INTO reference_set (name, written_at) SELECT 'workingDays', now() WHERE EXISTS (SELECT FROM working_day_exception);
`;

const privacy = `
  COMMENT ON COLUMN municipality.version IS 'open';
  COMMENT ON COLUMN service.version IS 'open';
  COMMENT ON COLUMN project.version IS 'open';
  COMMENT ON COLUMN assignment.version IS 'open';
  COMMENT ON COLUMN institution.version IS 'open';
  COMMENT ON COLUMN institution.closed_on IS 'open';
  COMMENT ON COLUMN code_wording.list IS 'open';
  COMMENT ON COLUMN code_wording.code IS 'open';
  COMMENT ON COLUMN code_wording.lv IS 'open';
  COMMENT ON COLUMN code_wording.en IS 'open';
  COMMENT ON COLUMN code_wording.ru IS 'open';
  COMMENT ON COLUMN code_wording.retired_on IS 'open';
  COMMENT ON COLUMN code_wording.version IS 'open';
  COMMENT ON COLUMN reference_set.name IS 'open';
  COMMENT ON COLUMN reference_set.written_at IS 'technical';
`;
