import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came by rescue files from phones that could not send, until another phone of the same person takes it over. */
export class RescueFiles1795600900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const [privacyClass, columns] of Object.entries(privacy)) {
      for (const column of columns.split(' '))
        await runner.query(`COMMENT ON COLUMN rescued_work.${column} IS '${privacyClass}'`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE rescued_work;
      DROP INDEX receipt_account_id_command_id_idx;
      CREATE INDEX receipt_device_id_command_id_idx ON receipt (device_id, command_id)`);
  }
}

const tables = `
  CREATE TABLE rescued_work (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    thing_id uuid NOT NULL,
    kind text NOT NULL,
    device_id uuid NOT NULL,
    place integer NOT NULL,
    made_at timestamptz(3) NOT NULL,
    loaded_at timestamptz(3) NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT rescued_work_pkey PRIMARY KEY (id),
    CONSTRAINT rescued_work_account_id_thing_id_key UNIQUE (account_id, thing_id),
    CONSTRAINT rescued_work_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT kind_listed CHECK (kind = ANY (ARRAY['command'::text, 'draft'::text])),
    CONSTRAINT place_range CHECK (place >= 0)
  );

  -- What one phone handed in is looked for when another phone of the same person has it, too.
  DROP INDEX receipt_device_id_command_id_idx;
  CREATE INDEX receipt_account_id_command_id_idx ON receipt (account_id, command_id);
`;

const privacy = {
  open: 'kind place',
  technical: 'id account_id thing_id device_id made_at loaded_at',
  sealed: 'sealed',
};
