import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts by invitation, one-time links, and the installation that knows who answers for its data. */
export class Accounts1795600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const [column, privacy] of Object.entries(privacyClasses))
      await runner.query(`COMMENT ON COLUMN ${column} IS '${privacy}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE one_time_link;
      DROP TABLE controller_naming;
      DROP TABLE installation;
      DELETE FROM credential WHERE password_hash IS NULL;
      ALTER TABLE credential ALTER COLUMN password_hash SET NOT NULL;
      ALTER TABLE account DROP COLUMN version, DROP COLUMN joined_at;
    `);
  }
}

const tables = `
  ALTER TABLE account ADD COLUMN joined_at timestamptz(3);
  ALTER TABLE account ADD COLUMN version integer NOT NULL DEFAULT 1 CONSTRAINT version_range CHECK (version >= 1);
  ALTER TABLE account ALTER COLUMN version DROP DEFAULT;
  -- Until now an account was made together with its password.
  UPDATE account SET joined_at = created_at;
  ALTER TABLE credential ALTER COLUMN password_hash DROP NOT NULL;

  CREATE TABLE one_time_link (
    hash bytea NOT NULL,
    account_id uuid NOT NULL,
    purpose text NOT NULL,
    removes_second_factors boolean NOT NULL,
    made_by uuid,
    made_at timestamptz(3) NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    used_at timestamptz(3),
    CONSTRAINT one_time_link_pkey PRIMARY KEY (hash),
    CONSTRAINT one_time_link_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT one_time_link_made_by_fkey FOREIGN KEY (made_by) REFERENCES account(id),
    CONSTRAINT purpose_listed CHECK (purpose IN ('invitation', 'passwordReset'))
  );
  CREATE INDEX one_time_link_account_id_idx ON one_time_link (account_id);

  CREATE TABLE installation (
    id integer NOT NULL,
    controller_name text,
    set_up_at timestamptz(3),
    generation uuid NOT NULL,
    CONSTRAINT installation_pkey PRIMARY KEY (id),
    CONSTRAINT id_range CHECK (id >= 1 AND id <= 1)
  );
  INSERT INTO installation (id, generation) VALUES (1, gen_random_uuid());

  CREATE TABLE controller_naming (
    id uuid NOT NULL,
    name text NOT NULL,
    since timestamptz(3) NOT NULL,
    named_by uuid,
    CONSTRAINT controller_naming_pkey PRIMARY KEY (id),
    CONSTRAINT controller_naming_named_by_fkey FOREIGN KEY (named_by) REFERENCES account(id)
  );
`;

const privacyClasses: Record<string, 'open' | 'technical'> = {
  'account.joined_at': 'technical',
  'account.version': 'open',
  'one_time_link.hash': 'technical',
  'one_time_link.account_id': 'technical',
  'one_time_link.purpose': 'open',
  'one_time_link.removes_second_factors': 'open',
  'one_time_link.made_by': 'technical',
  'one_time_link.made_at': 'technical',
  'one_time_link.expires_at': 'technical',
  'one_time_link.used_at': 'technical',
  'installation.id': 'open',
  'installation.controller_name': 'open',
  'installation.set_up_at': 'technical',
  'installation.generation': 'technical',
  'controller_naming.id': 'technical',
  'controller_naming.name': 'open',
  'controller_naming.since': 'technical',
  'controller_naming.named_by': 'technical',
};
