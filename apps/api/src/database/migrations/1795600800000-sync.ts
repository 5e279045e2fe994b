import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Phones that work without a network: what each has handed in and what became of it, and which families changed since it asked. */
export class Sync1795600800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const [table, classes] of Object.entries(privacy)) {
      for (const [privacyClass, columns] of Object.entries(classes)) {
        for (const column of columns.split(' '))
          await runner.query(`COMMENT ON COLUMN ${table}.${column} IS '${privacyClass}'`);
      }
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$ DECLARE t record; BEGIN
        FOR t IN SELECT tgname, tgrelid::regclass AS of FROM pg_trigger WHERE tgname LIKE 'stamp\\_%' AND NOT tgisinternal LOOP
          EXECUTE format('DROP TRIGGER %I ON %s', t.tgname, t.of);
        END LOOP;
      END $$;
      DROP TABLE family_stamp, receipt, device`);
  }
}

const tables = `
  CREATE TABLE device (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    numbered integer NOT NULL,
    received_up_to integer NOT NULL,
    first_seen_at timestamptz(3) NOT NULL,
    last_contact_at timestamptz(3) NOT NULL,
    CONSTRAINT device_pkey PRIMARY KEY (id),
    CONSTRAINT device_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT numbered_range CHECK (numbered >= 0),
    CONSTRAINT received_up_to_range CHECK (received_up_to >= 0)
  );
  CREATE INDEX device_account_id_idx ON device (account_id);

  CREATE TABLE receipt (
    id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq integer NOT NULL,
    command_id uuid NOT NULL,
    account_id uuid NOT NULL,
    operation text NOT NULL,
    outcome text NOT NULL,
    hash bytea NOT NULL,
    sealed bytea,
    at timestamptz(3) NOT NULL,
    CONSTRAINT receipt_pkey PRIMARY KEY (id),
    CONSTRAINT receipt_device_id_seq_key UNIQUE (device_id, seq),
    CONSTRAINT receipt_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT receipt_device_id_fkey FOREIGN KEY (device_id) REFERENCES device(id),
    CONSTRAINT seq_range CHECK (seq >= 1),
    CONSTRAINT outcome_listed CHECK (outcome = ANY (ARRAY['applied'::text, 'refused'::text, 'conflict'::text]))
  );
  CREATE INDEX receipt_device_id_command_id_idx ON receipt (device_id, command_id);
  CREATE INDEX receipt_at_idx ON receipt (at);

  CREATE TABLE family_stamp (
    municipality_id uuid NOT NULL,
    family_id uuid NOT NULL,
    changed_in bigint NOT NULL,
    CONSTRAINT family_stamp_pkey PRIMARY KEY (municipality_id, family_id),
    CONSTRAINT family_stamp_family_id_fkey FOREIGN KEY (municipality_id, family_id) REFERENCES family(municipality_id, id)
  );
  INSERT INTO family_stamp (municipality_id, family_id, changed_in) SELECT municipality_id, id, 0 FROM family;
`;

const privacy = {
  device: { open: 'numbered received_up_to', technical: 'id account_id first_seen_at last_contact_at' },
  receipt: {
    open: 'seq outcome',
    technical: 'id device_id command_id account_id operation hash at',
    sealed: 'sealed',
  },
  family_stamp: { open: 'municipality_id', technical: 'family_id changed_in' },
};
