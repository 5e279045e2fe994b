import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Second factors, recovery codes, and what a session was begun with. */
export class SecondFactor1795600200000 implements MigrationInterface {
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
      DROP TABLE passkey_challenge, sign_in_ticket, recovery_code, second_factor;
      ALTER TABLE session DROP COLUMN level, DROP COLUMN proved_at`);
  }
}

const tables = `
  -- Sessions from before were begun with the password.
  ALTER TABLE session ADD COLUMN level text NOT NULL DEFAULT 'password', ADD COLUMN proved_at timestamptz(3);
  UPDATE session SET proved_at = started_at;
  ALTER TABLE session ALTER COLUMN level DROP DEFAULT, ALTER COLUMN proved_at SET NOT NULL,
    ADD CONSTRAINT level_listed CHECK (level IN ('password', 'second'));

  CREATE TABLE second_factor (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    kind text NOT NULL,
    sealed bytea NOT NULL,
    made_at timestamptz(3) NOT NULL,
    confirmed_at timestamptz(3),
    last_used_at timestamptz(3),
    mark bigint NOT NULL,
    credential_id bytea,
    public_key bytea,
    transports text,
    CONSTRAINT second_factor_pkey PRIMARY KEY (id),
    CONSTRAINT second_factor_credential_id_key UNIQUE (credential_id),
    CONSTRAINT second_factor_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT kind_listed CHECK (kind IN ('totp', 'passkey'))
  );
  CREATE INDEX second_factor_account_id_idx ON second_factor (account_id);

  CREATE TABLE recovery_code (
    hash bytea NOT NULL,
    account_id uuid NOT NULL,
    made_at timestamptz(3) NOT NULL,
    used_at timestamptz(3),
    CONSTRAINT recovery_code_pkey PRIMARY KEY (hash),
    CONSTRAINT recovery_code_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  );
  CREATE INDEX recovery_code_account_id_idx ON recovery_code (account_id);

  CREATE TABLE sign_in_ticket (
    hash bytea NOT NULL,
    account_id uuid NOT NULL,
    delay_key bytea NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    CONSTRAINT sign_in_ticket_pkey PRIMARY KEY (hash),
    CONSTRAINT sign_in_ticket_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  );

  CREATE TABLE passkey_challenge (
    challenge bytea NOT NULL,
    session_id uuid NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    CONSTRAINT passkey_challenge_pkey PRIMARY KEY (challenge)
  );
`;

const privacy: Record<string, Record<string, string>> = {
  session: { open: 'level', technical: 'proved_at' },
  second_factor: {
    open: 'kind',
    sealed: 'sealed',
    technical: 'id account_id made_at confirmed_at last_used_at mark credential_id public_key transports',
  },
  recovery_code: { technical: 'hash account_id made_at used_at' },
  sign_in_ticket: { technical: 'hash account_id delay_key expires_at' },
  passkey_challenge: { technical: 'challenge session_id expires_at' },
};
