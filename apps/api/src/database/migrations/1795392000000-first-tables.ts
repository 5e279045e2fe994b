import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The first tables: directory, accounts, families with their facts, visits, referrals, notices, audit. */
export class FirstTables1795392000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const [table, classes] of Object.entries(privacy)) {
      for (const [privacyClass, columns] of Object.entries(classes)) {
        for (const column of columns.split(' '))
          await runner.query(`COMMENT ON COLUMN ${table}.${column} IS '${privacyClass}'`);
      }
    }
  }

  down(): Promise<void> {
    throw new Error('The first tables are not taken away: that would be the end of the data');
  }
}

const tables = `
  CREATE TABLE municipality (
    id uuid NOT NULL,
    key text NOT NULL,
    family_prefix text NOT NULL,
    name text NOT NULL,
    name_in text NOT NULL,
    CONSTRAINT municipality_pkey PRIMARY KEY (id),
    CONSTRAINT municipality_family_prefix_key UNIQUE (family_prefix),
    CONSTRAINT municipality_key_key UNIQUE (key)
  );

  CREATE TABLE municipality_period (
    id uuid NOT NULL,
    municipality_id uuid NOT NULL,
    valid_from date,
    valid_to date,
    atvk text NOT NULL,
    name text NOT NULL,
    CONSTRAINT municipality_period_pkey PRIMARY KEY (id),
    CONSTRAINT municipality_period_fkey FOREIGN KEY (municipality_id) REFERENCES municipality(id)
  );

  CREATE TABLE institution (
    id uuid NOT NULL,
    municipality_id uuid,
    kind text NOT NULL,
    name text NOT NULL,
    address text,
    phone text,
    email text,
    hours text,
    answer_days integer NOT NULL,
    has_users boolean NOT NULL,
    follows_moved_days boolean NOT NULL,
    confirmed_on date,
    CONSTRAINT institution_pkey PRIMARY KEY (id),
    CONSTRAINT institution_fkey FOREIGN KEY (municipality_id) REFERENCES municipality(id),
    CONSTRAINT kind_listed CHECK (kind IN ('socialService', 'educationBoard',
      'school', 'preschool', 'pedagogicalCommission', 'employmentAgency',
      'custodyCourt', 'childProtectionCentre', 'migrationOffice', 'registryOffice',
      'housingCommission', 'familyDoctor', 'disabilityCommission', 'insuranceAgency',
      'probationService', 'statePolice', 'municipalPolice', 'integrationFoundation',
      'ombudsman', 'bailiff', 'crisisCentre', 'ngo')),
    CONSTRAINT answer_days_range CHECK (answer_days >= 1 AND answer_days <= 120)
  );

  CREATE TABLE service (
    id uuid NOT NULL,
    institution_id uuid NOT NULL,
    name text NOT NULL,
    description text,
    need_areas text array NOT NULL,
    required_documents text,
    fees text,
    status text NOT NULL,
    CONSTRAINT service_pkey PRIMARY KEY (id),
    CONSTRAINT service_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES institution(id),
    CONSTRAINT need_areas_listed CHECK (need_areas <@ ARRAY['EDU',
      'EMP', 'HOU', 'HEA', 'SOC', 'DOC', 'DEB', 'CHI', 'DIS', 'LAN',
      'CUL', 'OTH']),
    CONSTRAINT status_listed CHECK (status IN ('active', 'inactive', 'temporarilyClosed'))
  );
  CREATE INDEX service_institution_id_idx ON service (institution_id);

  CREATE TABLE account (
    id uuid NOT NULL,
    role text NOT NULL,
    language text NOT NULL,
    institution_id uuid,
    salt bytea NOT NULL,
    sealed bytea NOT NULL,
    created_at timestamptz(3) NOT NULL,
    ended_at timestamptz(3),
    CONSTRAINT account_pkey PRIMARY KEY (id),
    CONSTRAINT account_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES institution(id),
    CONSTRAINT role_listed CHECK (role IN ('mediator', 'socialWorker', 'evaluator', 'coordinator')),
    CONSTRAINT language_listed CHECK (language IN ('lv', 'en'))
  );
  CREATE INDEX account_institution_id_idx ON account (institution_id);

  CREATE TABLE credential (
    account_id uuid NOT NULL,
    email_token bytea NOT NULL,
    password_hash text NOT NULL,
    CONSTRAINT credential_pkey PRIMARY KEY (account_id),
    CONSTRAINT credential_email_token_key UNIQUE (email_token),
    CONSTRAINT credential_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  );

  CREATE TABLE session (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    started_at timestamptz(3) NOT NULL,
    last_used_at timestamptz(3) NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    ended_at timestamptz(3),
    device text NOT NULL,
    CONSTRAINT session_pkey PRIMARY KEY (id),
    CONSTRAINT session_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  );
  CREATE INDEX session_account_id_idx ON session (account_id);

  CREATE TABLE refresh_token (
    hash bytea NOT NULL,
    session_id uuid NOT NULL,
    made_at timestamptz(3) NOT NULL,
    used_at timestamptz(3),
    used_attempt uuid,
    expires_at timestamptz(3) NOT NULL,
    CONSTRAINT refresh_token_pkey PRIMARY KEY (hash),
    CONSTRAINT refresh_token_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id)
  );
  CREATE INDEX refresh_token_session_id_idx ON refresh_token (session_id);

  CREATE TABLE sign_in_delay (
    key bytea NOT NULL,
    failures integer NOT NULL,
    not_before timestamptz(3) NOT NULL,
    CONSTRAINT sign_in_delay_pkey PRIMARY KEY (key),
    CONSTRAINT failures_range CHECK (failures >= 0)
  );

  CREATE TABLE family (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    code text NOT NULL,
    status text NOT NULL,
    close_reason text,
    opened_on date NOT NULL,
    closed_on date,
    last_contact_on date,
    version integer NOT NULL,
    created_by uuid NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT family_pkey PRIMARY KEY (municipality_id, id),
    CONSTRAINT family_code_key UNIQUE (municipality_id, code),
    CONSTRAINT family_created_by_fkey FOREIGN KEY (created_by) REFERENCES account(id),
    CONSTRAINT family_fkey FOREIGN KEY (municipality_id) REFERENCES municipality(id),
    CONSTRAINT status_listed CHECK (status IN ('active', 'paused', 'closed')),
    CONSTRAINT close_reason_listed CHECK (close_reason IN ('goalsReached',
      'moved', 'ownWish', 'noContact', 'other')),
    CONSTRAINT version_range CHECK (version >= 1)
  );

  CREATE TABLE family_salt (
    municipality_id uuid NOT NULL,
    family_id uuid NOT NULL,
    salt bytea NOT NULL,
    CONSTRAINT family_salt_pkey PRIMARY KEY (municipality_id, family_id),
    CONSTRAINT family_salt_family_id_fkey FOREIGN KEY (municipality_id,
      family_id) REFERENCES family(municipality_id, id)
  );

  CREATE TABLE person (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    family_id uuid NOT NULL,
    household_role text NOT NULL,
    birth_year integer,
    gender text NOT NULL,
    school_status text NOT NULL,
    employment_status text NOT NULL,
    left_on date,
    version integer NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT person_pkey PRIMARY KEY (municipality_id, id),
    CONSTRAINT person_family_id_fkey FOREIGN KEY (municipality_id, family_id) REFERENCES family(municipality_id, id),
    CONSTRAINT household_role_listed CHECK (household_role IN ('contact',
      'partner', 'child', 'parent', 'grandparent', 'grandchild', 'sibling',
      'relative', 'other')),
    CONSTRAINT birth_year_range CHECK (birth_year >= 1890 AND birth_year <= 2100),
    CONSTRAINT gender_listed CHECK (gender IN ('woman', 'man', 'notStated')),
    CONSTRAINT school_status_listed CHECK (school_status IN ('notApplicable',
      'preschool', 'school', 'vocational', 'higher', 'notAttending',
      'leftEarly', 'unknown')),
    CONSTRAINT employment_status_listed CHECK (employment_status IN ('notApplicable',
      'employed', 'selfEmployed', 'jobSeeker', 'registeredUnemployed',
      'inactive', 'retired', 'unknown')),
    CONSTRAINT version_range CHECK (version >= 1)
  );
  CREATE INDEX person_family_id_idx ON person (family_id, municipality_id);

  CREATE TABLE person_identity (
    municipality_id uuid NOT NULL,
    person_id uuid NOT NULL,
    identity uuid NOT NULL,
    CONSTRAINT person_identity_pkey PRIMARY KEY (municipality_id, person_id),
    CONSTRAINT person_identity_person_id_fkey FOREIGN KEY (municipality_id,
      person_id) REFERENCES person(municipality_id, id)
  );
  CREATE INDEX person_identity_identity_idx ON person_identity (identity);

  CREATE TABLE consent (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    family_id uuid NOT NULL,
    person_id uuid,
    kind text NOT NULL,
    purpose text,
    recipient_kind text,
    giver text NOT NULL,
    guardian_id uuid,
    given_on date NOT NULL,
    notice_version text NOT NULL,
    withdraws uuid,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz(3) NOT NULL,
    CONSTRAINT consent_pkey PRIMARY KEY (municipality_id, id),
    CONSTRAINT consent_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES account(id),
    CONSTRAINT consent_withdraws_fkey FOREIGN KEY (municipality_id,
      withdraws) REFERENCES consent(municipality_id, id),
    CONSTRAINT consent_guardian_id_fkey FOREIGN KEY (municipality_id,
      guardian_id) REFERENCES person(municipality_id, id),
    CONSTRAINT consent_person_id_fkey FOREIGN KEY (municipality_id,
      person_id) REFERENCES person(municipality_id, id),
    CONSTRAINT consent_family_id_fkey FOREIGN KEY (municipality_id,
      family_id) REFERENCES family(municipality_id, id),
    CONSTRAINT kind_listed CHECK (kind IN ('record', 'share')),
    CONSTRAINT purpose_listed CHECK (purpose IN ('EDU', 'EMP', 'HOU',
      'HEA', 'SOC', 'DOC', 'DEB', 'CHI', 'DIS', 'LAN', 'CUL', 'OTH')),
    CONSTRAINT recipient_kind_listed CHECK (recipient_kind IN ('socialService',
      'educationBoard', 'school', 'preschool', 'pedagogicalCommission',
      'employmentAgency', 'custodyCourt', 'childProtectionCentre', 'migrationOffice',
      'registryOffice', 'housingCommission', 'familyDoctor', 'disabilityCommission',
      'insuranceAgency', 'probationService', 'statePolice', 'municipalPolice',
      'integrationFoundation', 'ombudsman', 'bailiff', 'crisisCentre',
      'ngo')),
    CONSTRAINT giver_listed CHECK (giver IN ('person', 'guardian')),
    CONSTRAINT notice_version_listed CHECK (notice_version IN ('2017-10', '2026-11'))
  );
  CREATE INDEX consent_withdraws_idx ON consent (municipality_id, withdraws) WHERE withdraws IS NOT NULL;
  CREATE INDEX consent_family_id_idx ON consent (family_id, municipality_id);

  CREATE TABLE audit_event (
    id uuid NOT NULL,
    at timestamptz(3) NOT NULL,
    request_id text NOT NULL,
    session_id uuid,
    account_id uuid,
    role text,
    operation text NOT NULL,
    kind text NOT NULL,
    subject_ids uuid array NOT NULL,
    municipality_ids uuid array,
    CONSTRAINT audit_event_pkey PRIMARY KEY (id),
    CONSTRAINT role_listed CHECK (role IN ('mediator', 'socialWorker', 'evaluator', 'coordinator')),
    CONSTRAINT kind_listed CHECK (kind IN ('read', 'write'))
  );
  CREATE INDEX audit_event_at_idx ON audit_event (at);

  CREATE TABLE key_check (
    id integer NOT NULL,
    value bytea NOT NULL,
    CONSTRAINT key_check_pkey PRIMARY KEY (id),
    CONSTRAINT id_range CHECK (id >= 1)
  );

  CREATE TABLE working_day_exception (
    day date NOT NULL,
    works boolean NOT NULL,
    moved boolean NOT NULL,
    note text NOT NULL,
    CONSTRAINT working_day_exception_pkey PRIMARY KEY (day)
  );

  CREATE TABLE family_mediator (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    family_id uuid NOT NULL,
    mediator_id uuid NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    reason text NOT NULL,
    CONSTRAINT family_mediator_pkey PRIMARY KEY (municipality_id, id),
    CONSTRAINT family_mediator_mediator_id_fkey FOREIGN KEY (mediator_id) REFERENCES account(id),
    CONSTRAINT family_mediator_family_id_fkey FOREIGN KEY (municipality_id,
      family_id) REFERENCES family(municipality_id, id),
    CONSTRAINT reason_listed CHECK (reason IN ('made', 'handedOver', 'cover')),
    CONSTRAINT family_mediator_days CHECK (ends_on >= starts_on - 1)
  );
  CREATE INDEX family_mediator_family_id_idx ON family_mediator (family_id, municipality_id);
  CREATE INDEX family_mediator_mediator_id_family_id_idx ON family_mediator (mediator_id, municipality_id, family_id);

  CREATE TABLE family_identity (
    municipality_id uuid NOT NULL,
    family_id uuid NOT NULL,
    identity uuid NOT NULL,
    CONSTRAINT family_identity_pkey PRIMARY KEY (municipality_id, family_id),
    CONSTRAINT family_identity_family_id_fkey FOREIGN KEY (municipality_id,
      family_id) REFERENCES family(municipality_id, id)
  );
  CREATE INDEX family_identity_identity_idx ON family_identity (identity);

  CREATE TABLE project (
    id uuid NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    grant_number text,
    starts_on date NOT NULL,
    ends_on date,
    funder text,
    funder_en text,
    CONSTRAINT project_pkey PRIMARY KEY (id),
    CONSTRAINT project_days CHECK (ends_on >= starts_on)
  );

  CREATE TABLE assignment (
    id uuid NOT NULL,
    mediator_id uuid NOT NULL,
    municipality_id uuid NOT NULL,
    project_id uuid NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    hours_per_week integer NOT NULL,
    CONSTRAINT assignment_pkey PRIMARY KEY (id),
    CONSTRAINT assignment_project_id_fkey FOREIGN KEY (project_id) REFERENCES project(id),
    CONSTRAINT assignment_fkey FOREIGN KEY (municipality_id) REFERENCES municipality(id),
    CONSTRAINT assignment_mediator_id_fkey FOREIGN KEY (mediator_id) REFERENCES account(id),
    CONSTRAINT hours_per_week_range CHECK (hours_per_week >= 1 AND hours_per_week <= 60),
    CONSTRAINT assignment_days CHECK (ends_on >= starts_on)
  );
  CREATE INDEX assignment_mediator_id_starts_on_idx ON assignment (mediator_id, starts_on);

  CREATE TABLE notice (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    kind text NOT NULL,
    referral_id uuid NOT NULL,
    referral_number text NOT NULL,
    at timestamptz(3) NOT NULL,
    read_at timestamptz(3),
    CONSTRAINT notice_pkey PRIMARY KEY (id),
    CONSTRAINT notice_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT kind_listed CHECK (kind IN ('sent', 'received', 'moreInfoNeeded',
      'answered', 'accepted', 'inProgress', 'completed', 'declined',
      'withdrawn', 'message'))
  );
  CREATE INDEX notice_unread_idx ON notice (account_id) WHERE read_at IS NULL;
  CREATE INDEX notice_account_id_at_id_idx ON notice (account_id, at, id);

  CREATE TABLE outcome (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    family_id uuid NOT NULL,
    person_id uuid,
    visit_id uuid,
    type text NOT NULL,
    day date NOT NULL,
    voids uuid,
    project_id uuid NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz(3) NOT NULL,
    CONSTRAINT outcome_pkey PRIMARY KEY (municipality_id, id),
    CONSTRAINT outcome_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES account(id),
    CONSTRAINT outcome_project_id_fkey FOREIGN KEY (project_id) REFERENCES project(id),
    CONSTRAINT outcome_voids_fkey FOREIGN KEY (municipality_id, voids) REFERENCES outcome(municipality_id, id),
    CONSTRAINT outcome_person_id_fkey FOREIGN KEY (municipality_id,
      person_id) REFERENCES person(municipality_id, id),
    CONSTRAINT outcome_family_id_fkey FOREIGN KEY (municipality_id,
      family_id) REFERENCES family(municipality_id, id),
    CONSTRAINT type_listed CHECK (type IN ('documentObtained', 'addressDeclared',
      'gpRegistered', 'vaccinated', 'enrolledSchool', 'enrolledPreschool',
      'backToSchool', 'inEducation', 'qualificationGained', 'jobSearchBegun',
      'inWork', 'flatObtained', 'flatRepaired', 'evictionPrevented',
      'benefitGranted', 'statusGranted', 'debtArranged', 'otherImproved'))
  );
  CREATE INDEX outcome_visit_id_idx ON outcome (municipality_id, visit_id) WHERE visit_id IS NOT NULL;
  CREATE INDEX outcome_family_id_day_idx ON outcome (municipality_id, family_id, day);

  CREATE TABLE referral (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    number text NOT NULL,
    family_id uuid NOT NULL,
    person_id uuid NOT NULL,
    institution_id uuid NOT NULL,
    service_id uuid,
    need_area text NOT NULL,
    status text NOT NULL,
    ground text NOT NULL,
    consent_id uuid,
    created_by uuid NOT NULL,
    created_at timestamptz(3) NOT NULL,
    sent_at timestamptz(3),
    due_on date,
    received_at timestamptz(3),
    answered_at timestamptz(3),
    taken_by uuid,
    version integer NOT NULL,
    CONSTRAINT referral_pkey PRIMARY KEY (municipality_id, id),
    CONSTRAINT referral_family_id_id_key UNIQUE (family_id, municipality_id, id),
    CONSTRAINT referral_number_key UNIQUE (municipality_id, number),
    CONSTRAINT referral_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES account(id),
    CONSTRAINT referral_created_by_fkey FOREIGN KEY (created_by) REFERENCES account(id),
    CONSTRAINT referral_service_id_fkey FOREIGN KEY (service_id) REFERENCES service(id),
    CONSTRAINT referral_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES institution(id),
    CONSTRAINT referral_consent_id_fkey FOREIGN KEY (municipality_id,
      consent_id) REFERENCES consent(municipality_id, id),
    CONSTRAINT referral_person_id_fkey FOREIGN KEY (municipality_id,
      person_id) REFERENCES person(municipality_id, id),
    CONSTRAINT referral_family_id_fkey FOREIGN KEY (municipality_id,
      family_id) REFERENCES family(municipality_id, id),
    CONSTRAINT need_area_listed CHECK (need_area IN ('EDU', 'EMP',
      'HOU', 'HEA', 'SOC', 'DOC', 'DEB', 'CHI', 'DIS', 'LAN', 'CUL',
      'OTH')),
    CONSTRAINT status_listed CHECK (status IN ('draft', 'sent', 'received',
      'moreInfoNeeded', 'accepted', 'inProgress', 'completed', 'declined',
      'withdrawn')),
    CONSTRAINT ground_listed CHECK (ground IN ('consent', 'childProtection', 'vitalInterest')),
    CONSTRAINT version_range CHECK (version >= 1)
  );
  CREATE INDEX referral_report_idx ON referral (municipality_id, sent_at) WHERE sent_at IS NOT NULL;
  CREATE INDEX referral_inbox_idx ON referral (institution_id, status, answered_at, id);
  CREATE INDEX referral_open_inbox_idx ON referral (institution_id, due_on, id) WHERE status IN ('sent', 'received', 'moreInfoNeeded', 'accepted', 'inProgress');
  CREATE INDEX referral_id_idx ON referral (id);

  CREATE TABLE referral_snapshot (
    municipality_id uuid NOT NULL,
    referral_id uuid NOT NULL,
    family_id uuid NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT referral_snapshot_pkey PRIMARY KEY (municipality_id, referral_id),
    CONSTRAINT referral_snapshot_family_id_referral_id_fkey FOREIGN KEY (municipality_id,
      family_id, referral_id) REFERENCES referral(municipality_id, family_id,
      id)
  );

  CREATE TABLE referral_reference (
    municipality_id uuid NOT NULL,
    referral_id uuid NOT NULL,
    family_id uuid NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT referral_reference_pkey PRIMARY KEY (municipality_id, referral_id),
    CONSTRAINT referral_reference_family_id_referral_id_fkey FOREIGN KEY (municipality_id,
      family_id, referral_id) REFERENCES referral(municipality_id, family_id,
      id)
  );

  CREATE TABLE referral_event (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    family_id uuid NOT NULL,
    referral_id uuid NOT NULL,
    move text NOT NULL,
    status text NOT NULL,
    side text NOT NULL,
    by uuid NOT NULL,
    at timestamptz(3) NOT NULL,
    reason text,
    sealed bytea,
    CONSTRAINT referral_event_pkey PRIMARY KEY (municipality_id, id),
    CONSTRAINT referral_event_by_fkey FOREIGN KEY (by) REFERENCES account(id),
    CONSTRAINT referral_event_family_id_referral_id_fkey FOREIGN KEY (municipality_id,
      family_id, referral_id) REFERENCES referral(municipality_id, family_id,
      id),
    CONSTRAINT move_listed CHECK (move IN ('send', 'receive', 'askMore',
      'answer', 'accept', 'acceptAndFinish', 'start', 'complete', 'decline',
      'withdraw', 'take', 'release', 'setReference', 'recordAcceptance',
      'recordCompletion', 'recordRefusal')),
    CONSTRAINT status_listed CHECK (status IN ('draft', 'sent', 'received',
      'moreInfoNeeded', 'accepted', 'inProgress', 'completed', 'declined',
      'withdrawn')),
    CONSTRAINT side_listed CHECK (side IN ('sender', 'receiver')),
    CONSTRAINT reason_listed CHECK (reason IN ('notOurTask', 'noCapacity',
      'notEntitled', 'alreadyHelped', 'cannotReach', 'missingPapers',
      'other'))
  );
  CREATE INDEX referral_event_referral_id_at_id_idx ON referral_event (municipality_id, referral_id, at, id);

  CREATE TABLE referral_message (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    family_id uuid NOT NULL,
    referral_id uuid NOT NULL,
    side text NOT NULL,
    by uuid NOT NULL,
    at timestamptz(3) NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT referral_message_pkey PRIMARY KEY (municipality_id, id),
    CONSTRAINT referral_message_by_fkey FOREIGN KEY (by) REFERENCES account(id),
    CONSTRAINT referral_message_family_id_referral_id_fkey FOREIGN KEY (municipality_id,
      family_id, referral_id) REFERENCES referral(municipality_id, family_id,
      id),
    CONSTRAINT side_listed CHECK (side IN ('sender', 'receiver'))
  );
  CREATE INDEX referral_message_referral_id_at_id_idx ON referral_message (municipality_id, referral_id, at, id);

  CREATE TABLE visit (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    visit_id uuid NOT NULL,
    version integer NOT NULL,
    current boolean NOT NULL,
    voided boolean NOT NULL,
    family_id uuid NOT NULL,
    project_id uuid NOT NULL,
    day date NOT NULL,
    time text,
    minutes integer NOT NULL,
    channel text NOT NULL,
    place text NOT NULL,
    capacity text NOT NULL,
    reached boolean NOT NULL,
    need_areas text array NOT NULL,
    next_step_on date,
    mediator_id uuid NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz(3) NOT NULL,
    sealed bytea,
    CONSTRAINT visit_pkey PRIMARY KEY (municipality_id, id),
    CONSTRAINT visit_family_id_id_key UNIQUE (municipality_id, family_id, id),
    CONSTRAINT visit_visit_id_version_key UNIQUE (municipality_id, visit_id, version),
    CONSTRAINT visit_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES account(id),
    CONSTRAINT visit_mediator_id_fkey FOREIGN KEY (mediator_id) REFERENCES account(id),
    CONSTRAINT visit_project_id_fkey FOREIGN KEY (project_id) REFERENCES project(id),
    CONSTRAINT visit_family_id_fkey FOREIGN KEY (municipality_id, family_id) REFERENCES family(municipality_id, id),
    CONSTRAINT version_range CHECK (version >= 1),
    CONSTRAINT minutes_range CHECK (minutes >= 1 AND minutes <= 1440),
    CONSTRAINT channel_listed CHECK (channel IN ('homeVisit', 'reception',
      'phone', 'message', 'atInstitution', 'online', 'street')),
    CONSTRAINT place_listed CHECK (place IN ('home', 'office', 'institution',
      'school', 'street', 'remote', 'other')),
    CONSTRAINT capacity_listed CHECK (capacity IN ('mediator', 'familyAssistant', 'other')),
    CONSTRAINT need_areas_listed CHECK (need_areas <@ ARRAY['EDU',
      'EMP', 'HOU', 'HEA', 'SOC', 'DOC', 'DEB', 'CHI', 'DIS', 'LAN',
      'CUL', 'OTH']),
    CONSTRAINT time_of_day CHECK (time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$')
  );
  CREATE INDEX visit_own_idx ON visit (mediator_id, day) WHERE current AND NOT voided;
  CREATE INDEX visit_report_idx ON visit (project_id, day) WHERE current AND NOT voided;
  CREATE INDEX visit_recent_idx ON visit (day, visit_id) WHERE current;
  CREATE INDEX visit_next_step_idx ON visit (municipality_id, family_id, next_step_on) WHERE current AND next_step_on IS NOT NULL;
  CREATE INDEX visit_list_idx ON visit (municipality_id, family_id, day, visit_id) WHERE current;
  CREATE UNIQUE INDEX visit_current_idx ON visit (municipality_id, visit_id) WHERE current;

  CREATE TABLE visit_person (
    municipality_id uuid NOT NULL,
    visit_row_id uuid NOT NULL,
    person_id uuid NOT NULL,
    family_id uuid NOT NULL,
    CONSTRAINT visit_person_pkey PRIMARY KEY (municipality_id, visit_row_id, person_id),
    CONSTRAINT visit_person_person_id_fkey FOREIGN KEY (municipality_id,
      person_id) REFERENCES person(municipality_id, id),
    CONSTRAINT visit_person_family_id_visit_row_id_fkey FOREIGN KEY (municipality_id,
      family_id, visit_row_id) REFERENCES visit(municipality_id, family_id,
      id)
  );
  CREATE INDEX visit_person_person_id_idx ON visit_person (municipality_id, person_id);

  CREATE TABLE assistance (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    family_id uuid NOT NULL,
    visit_row_id uuid NOT NULL,
    need_area text NOT NULL,
    kind text NOT NULL,
    CONSTRAINT assistance_pkey PRIMARY KEY (municipality_id, id),
    CONSTRAINT assistance_family_id_id_key UNIQUE (municipality_id, family_id, id),
    CONSTRAINT assistance_family_id_visit_row_id_fkey FOREIGN KEY (municipality_id,
      family_id, visit_row_id) REFERENCES visit(municipality_id, family_id,
      id),
    CONSTRAINT need_area_listed CHECK (need_area IN ('EDU', 'EMP',
      'HOU', 'HEA', 'SOC', 'DOC', 'DEB', 'CHI', 'DIS', 'LAN', 'CUL',
      'OTH')),
    CONSTRAINT kind_listed CHECK (kind IN ('inform', 'explainLetter',
      'motivate', 'consult', 'accompany', 'interpret', 'fillForm', 'contactInstitution',
      'mediate', 'refer', 'transport', 'crisisHelp', 'followUp', 'groupEvent'))
  );
  CREATE INDEX assistance_visit_row_id_idx ON assistance (municipality_id, visit_row_id);

  CREATE TABLE assistance_person (
    municipality_id uuid NOT NULL,
    assistance_id uuid NOT NULL,
    person_id uuid NOT NULL,
    family_id uuid NOT NULL,
    CONSTRAINT assistance_person_pkey PRIMARY KEY (municipality_id, assistance_id, person_id),
    CONSTRAINT assistance_person_person_id_fkey FOREIGN KEY (municipality_id,
      person_id) REFERENCES person(municipality_id, id),
    CONSTRAINT assistance_person_family_id_assistance_id_fkey FOREIGN KEY (municipality_id,
      family_id, assistance_id) REFERENCES assistance(municipality_id,
      family_id, id)
  );
  CREATE INDEX assistance_person_person_id_idx ON assistance_person (municipality_id, person_id);

  CREATE TABLE draft (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    kind text NOT NULL,
    family_id uuid,
    sealed bytea NOT NULL,
    saved_at timestamptz(3) NOT NULL,
    CONSTRAINT draft_pkey PRIMARY KEY (id),
    CONSTRAINT draft_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT kind_listed CHECK (kind IN ('visit', 'referral'))
  );
  CREATE INDEX draft_account_id_saved_at_idx ON draft (account_id, saved_at);

  CREATE TABLE next_step_done (
    municipality_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    family_id uuid NOT NULL,
    done_on date NOT NULL,
    done_by uuid NOT NULL,
    at timestamptz(3) NOT NULL,
    CONSTRAINT next_step_done_pkey PRIMARY KEY (municipality_id, visit_id),
    CONSTRAINT next_step_done_done_by_fkey FOREIGN KEY (done_by) REFERENCES account(id),
    CONSTRAINT next_step_done_family_id_fkey FOREIGN KEY (municipality_id,
      family_id) REFERENCES family(municipality_id, id)
  );

  CREATE TABLE unrecorded_help (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    day date NOT NULL,
    need_area text NOT NULL,
    kind text NOT NULL,
    minutes integer NOT NULL,
    mediator_id uuid NOT NULL,
    project_id uuid NOT NULL,
    recorded_at timestamptz(3) NOT NULL,
    CONSTRAINT unrecorded_help_pkey PRIMARY KEY (municipality_id, id),
    CONSTRAINT unrecorded_help_mediator_id_fkey FOREIGN KEY (mediator_id) REFERENCES account(id),
    CONSTRAINT unrecorded_help_project_id_fkey FOREIGN KEY (project_id) REFERENCES project(id),
    CONSTRAINT unrecorded_help_fkey FOREIGN KEY (municipality_id) REFERENCES municipality(id),
    CONSTRAINT need_area_listed CHECK (need_area IN ('EDU', 'EMP',
      'HOU', 'HEA', 'SOC', 'DOC', 'DEB', 'CHI', 'DIS', 'LAN', 'CUL',
      'OTH')),
    CONSTRAINT kind_listed CHECK (kind IN ('inform', 'explainLetter',
      'motivate', 'consult', 'accompany', 'interpret', 'fillForm', 'contactInstitution',
      'mediate', 'refer', 'transport', 'crisisHelp', 'followUp', 'groupEvent')),
    CONSTRAINT minutes_range CHECK (minutes >= 1 AND minutes <= 1440)
  );
  CREATE INDEX unrecorded_help_project_id_day_idx ON unrecorded_help (project_id, day);
`;

/** The privacy class of each column (columns.ts), kept in the database itself as the column's comment. */
const privacy: Record<string, Partial<Record<'open' | 'sealed' | 'technical', string>>> = {
  municipality: { open: 'key family_prefix name name_in', technical: 'id' },
  municipality_period: { open: 'valid_from valid_to atvk name', technical: 'id municipality_id' },
  institution: {
    open: 'kind name address phone email hours answer_days has_users follows_moved_days confirmed_on',
    technical: 'id municipality_id',
  },
  service: { open: 'name description need_areas required_documents fees status', technical: 'id institution_id' },
  account: { open: 'role language', sealed: 'sealed', technical: 'id institution_id salt created_at ended_at' },
  credential: { technical: 'account_id email_token password_hash' },
  session: { technical: 'id account_id started_at last_used_at expires_at ended_at device' },
  refresh_token: { technical: 'hash session_id made_at used_at used_attempt expires_at' },
  sign_in_delay: { open: 'failures', technical: 'key not_before' },
  family: {
    open: 'municipality_id code status close_reason opened_on closed_on last_contact_on version',
    sealed: 'sealed',
    technical: 'id created_by',
  },
  family_salt: { open: 'municipality_id', technical: 'family_id salt' },
  person: {
    open: 'municipality_id household_role birth_year gender school_status employment_status left_on version',
    sealed: 'sealed',
    technical: 'id family_id',
  },
  person_identity: { open: 'municipality_id', technical: 'person_id identity' },
  consent: {
    open: 'municipality_id kind purpose recipient_kind giver given_on notice_version',
    technical: 'id family_id person_id guardian_id withdraws recorded_by recorded_at',
  },
  audit_event: {
    open: 'role',
    technical: 'id at request_id session_id account_id operation kind subject_ids municipality_ids',
  },
  key_check: { open: 'id', technical: 'value' },
  working_day_exception: { open: 'day works moved note' },
  family_mediator: { open: 'municipality_id starts_on ends_on reason', technical: 'id family_id mediator_id' },
  family_identity: { open: 'municipality_id', technical: 'family_id identity' },
  project: { open: 'name name_en grant_number starts_on ends_on funder funder_en', technical: 'id' },
  assignment: { open: 'starts_on ends_on hours_per_week', technical: 'id mediator_id municipality_id project_id' },
  notice: { open: 'kind referral_number', technical: 'id account_id referral_id at read_at' },
  outcome: {
    open: 'municipality_id type day',
    technical: 'id family_id person_id visit_id voids project_id recorded_by recorded_at',
  },
  referral: {
    open: 'municipality_id number need_area status ground due_on version',
    technical:
      'id family_id person_id institution_id service_id consent_id created_by created_at sent_at received_at answered_at taken_by',
  },
  referral_snapshot: { open: 'municipality_id', sealed: 'sealed', technical: 'referral_id family_id' },
  referral_reference: { open: 'municipality_id', sealed: 'sealed', technical: 'referral_id family_id' },
  referral_event: {
    open: 'municipality_id move status side reason',
    sealed: 'sealed',
    technical: 'id family_id referral_id by at',
  },
  referral_message: { open: 'municipality_id side', sealed: 'sealed', technical: 'id family_id referral_id by at' },
  visit: {
    open: 'municipality_id version current voided day time minutes channel place capacity reached need_areas next_step_on',
    sealed: 'sealed',
    technical: 'id visit_id family_id project_id mediator_id recorded_by recorded_at',
  },
  visit_person: { open: 'municipality_id', technical: 'visit_row_id person_id family_id' },
  assistance: { open: 'municipality_id need_area kind', technical: 'id family_id visit_row_id' },
  assistance_person: { open: 'municipality_id', technical: 'assistance_id person_id family_id' },
  draft: { open: 'kind', sealed: 'sealed', technical: 'id account_id family_id saved_at' },
  next_step_done: { open: 'municipality_id done_on', technical: 'visit_id family_id done_by at' },
  unrecorded_help: {
    open: 'municipality_id day need_area kind minutes',
    technical: 'id mediator_id project_id recorded_at',
  },
};
