import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists of families that a mediator takes over: announced, kept sealed until they are confirmed, and to be taken back for a day. */
export class Imports1795600300000 implements MigrationInterface {
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
    await runner.query('DROP TABLE family_of_import, family_import_part, family_import');
  }
}

const tables = `
  CREATE TABLE family_import (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    municipality_id uuid NOT NULL,
    families integer NOT NULL,
    persons integer NOT NULL,
    parts integer NOT NULL,
    started_at timestamptz(3) NOT NULL,
    written_at timestamptz(3),
    undone_at timestamptz(3),
    removed integer NOT NULL,
    CONSTRAINT family_import_pkey PRIMARY KEY (id),
    CONSTRAINT family_import_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT family_import_fkey FOREIGN KEY (municipality_id) REFERENCES municipality(id),
    CONSTRAINT families_range CHECK (families >= 1 AND families <= 1000),
    CONSTRAINT persons_range CHECK (persons >= 1 AND persons <= 1000),
    CONSTRAINT parts_range CHECK (parts >= 1 AND parts <= 1000),
    CONSTRAINT removed_range CHECK (removed >= 0)
  );
  CREATE INDEX family_import_account_id_started_at_idx ON family_import (account_id, started_at);

  CREATE TABLE family_import_part (
    id uuid NOT NULL,
    import_id uuid NOT NULL,
    account_id uuid NOT NULL,
    number integer NOT NULL,
    families integer NOT NULL,
    persons integer NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT family_import_part_pkey PRIMARY KEY (id),
    CONSTRAINT family_import_part_import_id_number_key UNIQUE (import_id, number),
    CONSTRAINT family_import_part_import_id_fkey FOREIGN KEY (import_id) REFERENCES family_import(id),
    CONSTRAINT family_import_part_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT number_range CHECK (number >= 1 AND number <= 1000),
    CONSTRAINT families_range CHECK (families >= 1 AND families <= 1000),
    CONSTRAINT persons_range CHECK (persons >= 1 AND persons <= 1000)
  );

  CREATE TABLE family_of_import (
    municipality_id uuid NOT NULL,
    family_id uuid NOT NULL,
    import_id uuid NOT NULL,
    consent_id uuid NOT NULL,
    person_ids uuid[] NOT NULL,
    CONSTRAINT family_of_import_pkey PRIMARY KEY (municipality_id, family_id),
    CONSTRAINT family_of_import_family_id_fkey FOREIGN KEY (municipality_id, family_id) REFERENCES family(municipality_id, id),
    CONSTRAINT family_of_import_consent_id_fkey FOREIGN KEY (municipality_id, consent_id) REFERENCES consent(municipality_id, id),
    CONSTRAINT family_of_import_import_id_fkey FOREIGN KEY (import_id) REFERENCES family_import(id)
  );
  CREATE INDEX family_of_import_import_id_idx ON family_of_import (import_id);
`;

const privacy = {
  family_import: {
    open: 'families persons parts removed',
    technical: 'id account_id municipality_id started_at written_at undone_at',
  },
  family_import_part: { open: 'number families persons', technical: 'id import_id account_id', sealed: 'sealed' },
  family_of_import: { open: 'municipality_id', technical: 'family_id import_id consent_id person_ids' },
};
