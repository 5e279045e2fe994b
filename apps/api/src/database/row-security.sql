-- Who may see and write which rows. Applied anew after each migration, in its transaction. Roles: the owner migrates; tilts_app
-- is the API's login; tilts_read is what it becomes to answer a GET; tilts_mail sends mail; tilts_resolver owns the functions
-- that look past their caller. Every policy calls a function once a statement: = ANY ((SELECT f())::uuid[]).

SET LOCAL ROLE tilts_resolver;

CREATE OR REPLACE FUNCTION riga_today() RETURNS date LANGUAGE sql STABLE AS $$ SELECT (now() AT TIME ZONE 'Europe/Riga')::date $$;

-- Before it told level and proof (CREATE OR REPLACE cannot widen an answer).
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_proc WHERE oid = to_regproc('session_context') AND cardinality(proallargtypes) = 4) THEN DROP FUNCTION session_context(uuid); END IF;
END $$;

-- The account behind a session that holds; no row when it ended, expired, or the account was closed. `proved`: its person showed
-- a short while ago that it is them.
CREATE OR REPLACE FUNCTION session_context(p_session uuid) RETURNS TABLE (account_id uuid, role text, institution_id uuid, level text, proved boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT a.id, a.role, a.institution_id, s.level, s.proved_at > now() - interval '10 minutes' FROM session s JOIN account a ON a.id = s.account_id
    WHERE s.id = p_session AND s.ended_at IS NULL AND s.expires_at > now() AND a.ended_at IS NULL;
END $$;

-- The caller, if they are of that role (of any, when none is asked for). Raises when no session was laid down: nobody is nobody.
-- Whoever signed in with the password alone is no coordinator yet.
-- Here and below plpgsql: it keeps its plans, which SQL functions make anew at each call (measured: 2 ms instead of 0.1).
CREATE OR REPLACE FUNCTION caller(p_role text DEFAULT NULL) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  -- After a transaction the setting reads '' and not NULL.
  v_session uuid := nullif(current_setting('app.session', true), '');
  v_account uuid;
  v_role text;
  v_level text;
BEGIN
  IF v_session IS NULL THEN RAISE EXCEPTION 'Tilts: a statement without a session' USING ERRCODE = '42501'; END IF;
  SELECT c.account_id, c.role, c.level INTO v_account, v_role, v_level FROM session_context(v_session) c;
  IF v_account IS NULL THEN RAISE EXCEPTION 'Tilts: the session is over' USING ERRCODE = '42501'; END IF;
  RETURN CASE WHEN p_role IS NULL OR (p_role = v_role AND (v_role <> 'coordinator' OR v_level = 'second')) THEN v_account END;
END $$;

-- The same for what an open screen must not give away: NULL, when it is too long ago that they proved themselves.
CREATE OR REPLACE FUNCTION proved_caller(p_role text DEFAULT NULL) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_me uuid := caller(p_role);
BEGIN
  RETURN (SELECT v_me FROM session_context(current_setting('app.session')::uuid) c WHERE c.proved);
END $$;

-- The institution of a social worker; nothing for anybody else.
CREATE OR REPLACE FUNCTION caller_institution() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_me uuid := caller('socialWorker');
BEGIN
  RETURN (SELECT a.institution_id FROM account a WHERE a.id = v_me);
END $$;

-- A mediator's families today. (A family's id exists in one municipality only: see family_made.)
CREATE OR REPLACE FUNCTION reach_families() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_me uuid := caller('mediator'); v_today date := riga_today();
BEGIN
  RETURN (SELECT coalesce(array_agg(r.family_id), '{}') FROM family_mediator r WHERE r.mediator_id = v_me AND r.starts_on <= v_today AND (r.ends_on IS NULL OR r.ends_on >= v_today));
END $$;

CREATE OR REPLACE FUNCTION reach_municipalities() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_me uuid := caller('mediator'); v_today date := riga_today();
BEGIN
  -- Asked of each municipality: there are few, and one look into the index answers; of the families there are hundreds.
  RETURN (SELECT coalesce(array_agg(m.id), '{}') FROM municipality m WHERE EXISTS (SELECT FROM family_mediator r
          WHERE r.mediator_id = v_me AND r.municipality_id = m.id AND r.starts_on <= v_today AND (r.ends_on IS NULL OR r.ends_on >= v_today)));
END $$;

-- Where a mediator works today and may register families.
CREATE OR REPLACE FUNCTION work_municipalities() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_me uuid := caller('mediator'); v_today date := riga_today();
BEGIN
  RETURN (SELECT coalesce(array_agg(DISTINCT w.municipality_id), '{}') FROM assignment w WHERE w.mediator_id = v_me AND w.starts_on <= v_today AND (w.ends_on IS NULL OR w.ends_on >= v_today));
END $$;

-- Consents that no longer hold, among those that referrals to the caller's institution rest on.
CREATE OR REPLACE FUNCTION withdrawn_consents() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_institution uuid := caller_institution();
BEGIN
  RETURN (SELECT coalesce(array_agg(w.withdraws), '{}') FROM consent w JOIN referral r ON r.municipality_id = w.municipality_id AND r.consent_id = w.withdraws
          WHERE w.withdraws IS NOT NULL AND r.institution_id = v_institution);
END $$;

GRANT EXECUTE ON FUNCTION riga_today(), session_context(uuid), caller(text), proved_caller(text), caller_institution(), reach_families(), reach_municipalities(), work_municipalities(), withdrawn_consents() TO tilts_app, tilts_read;
RESET ROLE;

-- Every table is closed first, and again opened to its owner (migrations) and to the functions that look past their caller.
DO $$
DECLARE t regclass; p record;
BEGIN
  FOR t IN SELECT c.oid FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'migration' LOOP
    FOR p IN SELECT polname FROM pg_policy WHERE polrelid = t LOOP EXECUTE format('DROP POLICY %I ON %s', p.polname, t); END LOOP;
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, tilts_app, tilts_read, tilts_mail, tilts_resolver', t);
    EXECUTE format('CREATE POLICY owner ON %s TO CURRENT_USER USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY functions ON %s TO tilts_resolver USING (true) WITH CHECK (true)', t);
    IF t NOT IN ('audit_event'::regclass, 'key_check'::regclass) THEN EXECUTE format('GRANT SELECT ON %s TO tilts_resolver', t); END IF;
  END LOOP;

  -- What every signed-in person may read: nothing of it tells of a family. Names of staff are sealed.
  FOREACH t IN ARRAY '{municipality,municipality_period,institution,service,working_day_exception,code_wording,project,account,installation,controller_naming}'::regclass[] LOOP
    EXECUTE format('GRANT SELECT ON %s TO tilts_app, tilts_read', t);
    EXECUTE format('CREATE POLICY signed_in ON %s FOR SELECT TO tilts_app, tilts_read USING ((SELECT caller()) IS NOT NULL)', t);
  END LOOP;

  -- What belongs to the installation: kept by its coordinators. What may be changed or deleted at all stands in the grants below.
  FOREACH t IN ARRAY '{municipality,municipality_period,institution,service,working_day_exception,code_wording,project,assignment}'::regclass[] LOOP
    EXECUTE format('GRANT INSERT ON %s TO tilts_app', t);
    EXECUTE format('CREATE POLICY coordinator_write ON %s FOR INSERT TO tilts_app WITH CHECK ((SELECT caller(''coordinator'')) IS NOT NULL)', t);
    EXECUTE format('CREATE POLICY coordinator_change ON %s FOR UPDATE TO tilts_app USING ((SELECT caller(''coordinator'')) IS NOT NULL)', t);
    EXECUTE format('CREATE POLICY coordinator_remove ON %s FOR DELETE TO tilts_app USING ((SELECT caller(''coordinator'')) IS NOT NULL)', t);
  END LOOP;

  -- What belongs to a family: whoever has the family in reach. Append-only where nothing more is granted below.
  FOREACH t IN ARRAY '{family_salt,family_mediator,family_stamp,person,consent,family_of_import,outcome,visit,visit_person,assistance,assistance_person,next_step_done,referral,referral_snapshot,referral_reference,referral_event,referral_message}'::regclass[] LOOP
    EXECUTE format('GRANT SELECT ON %s TO tilts_app, tilts_read', t);
    EXECUTE format('CREATE POLICY reach_read ON %s FOR SELECT TO tilts_app, tilts_read USING (municipality_id = ANY ((SELECT reach_municipalities())::uuid[]) AND family_id = ANY ((SELECT reach_families())::uuid[]))', t);
    CONTINUE WHEN t IN ('family_mediator'::regclass, 'family_stamp'::regclass);
    EXECUTE format('GRANT INSERT ON %s TO tilts_app', t);
    EXECUTE format('CREATE POLICY reach_write ON %s FOR INSERT TO tilts_app WITH CHECK (municipality_id = ANY ((SELECT reach_municipalities())::uuid[]) AND family_id = ANY ((SELECT reach_families())::uuid[]))', t);
  END LOOP;
  FOREACH t IN ARRAY '{person,visit,referral,referral_snapshot,referral_reference}'::regclass[] LOOP
    EXECUTE format('CREATE POLICY reach_change ON %s FOR UPDATE TO tilts_app USING (municipality_id = ANY ((SELECT reach_municipalities())::uuid[]) AND family_id = ANY ((SELECT reach_families())::uuid[]))', t);
  END LOOP;

  -- The receiving institution: what it was sent, only while the referral was not withdrawn and its consent holds. Whether the caller
  -- has an institution is asked first: a mediator has none, and the rest would be looked up in vain.
  FOREACH t IN ARRAY '{referral_snapshot,referral_reference,referral_message,family_salt}'::regclass[] LOOP
    EXECUTE format('CREATE POLICY receiver_read ON %1$s FOR SELECT TO tilts_app, tilts_read USING ((SELECT caller_institution()) IS NOT NULL AND EXISTS (
      SELECT FROM referral r WHERE r.municipality_id = %1$s.municipality_id AND r.%2$I = %1$s.%3$I AND r.institution_id = (SELECT caller_institution()) AND r.status <> ''withdrawn''
        AND (r.ground <> ''consent'' OR r.consent_id <> ALL ((SELECT withdrawn_consents())::uuid[]))))', t,
      CASE WHEN t = 'family_salt'::regclass THEN 'family_id' ELSE 'id' END, CASE WHEN t = 'family_salt'::regclass THEN 'family_id' ELSE 'referral_id' END);
  END LOOP;
  FOREACH t IN ARRAY '{referral_reference,referral_event,referral_message}'::regclass[] LOOP
    EXECUTE format('CREATE POLICY receiver_write ON %1$s FOR INSERT TO tilts_app WITH CHECK (EXISTS (
      SELECT FROM referral r WHERE r.municipality_id = %1$s.municipality_id AND r.id = %1$s.referral_id AND r.institution_id = (SELECT caller_institution())))', t);
  END LOOP;
END $$;

-- A referral itself; drafts were never sent, so they do not exist for the institution (not even withdrawn ones).
CREATE POLICY receiver_read ON referral FOR SELECT TO tilts_app, tilts_read USING (institution_id = (SELECT caller_institution()) AND sent_at IS NOT NULL);
CREATE POLICY receiver_change ON referral FOR UPDATE TO tilts_app USING (institution_id = (SELECT caller_institution()) AND sent_at IS NOT NULL);
CREATE POLICY receiver_read ON referral_event FOR SELECT TO tilts_app, tilts_read USING ((SELECT caller_institution()) IS NOT NULL AND EXISTS (SELECT FROM referral r WHERE r.municipality_id = referral_event.municipality_id AND r.id = referral_id AND r.institution_id = (SELECT caller_institution())));
CREATE POLICY receiver_change ON referral_reference FOR UPDATE TO tilts_app USING (EXISTS (SELECT FROM referral r WHERE r.municipality_id = referral_reference.municipality_id AND r.id = referral_id AND r.institution_id = (SELECT caller_institution())));
-- The consent that a referral rests on, for its day.
CREATE POLICY receiver_read ON consent FOR SELECT TO tilts_app, tilts_read USING ((SELECT caller_institution()) IS NOT NULL AND EXISTS (SELECT FROM referral r WHERE r.municipality_id = consent.municipality_id AND r.consent_id = consent.id AND r.institution_id = (SELECT caller_institution())));

CREATE POLICY reach_read ON family FOR SELECT TO tilts_app, tilts_read USING (municipality_id = ANY ((SELECT reach_municipalities())::uuid[]) AND id = ANY ((SELECT reach_families())::uuid[]));
CREATE POLICY reach_change ON family FOR UPDATE TO tilts_app USING (municipality_id = ANY ((SELECT reach_municipalities())::uuid[]) AND id = ANY ((SELECT reach_families())::uuid[]));
CREATE POLICY work_write ON family FOR INSERT TO tilts_app WITH CHECK (municipality_id = ANY ((SELECT work_municipalities())::uuid[]) AND created_by = (SELECT caller('mediator')));
CREATE POLICY own_read ON unrecorded_help FOR SELECT TO tilts_app, tilts_read USING (mediator_id = (SELECT caller('mediator')));
CREATE POLICY work_write ON unrecorded_help FOR INSERT TO tilts_app WITH CHECK (municipality_id = ANY ((SELECT work_municipalities())::uuid[]) AND mediator_id = (SELECT caller('mediator')));
CREATE POLICY own_or_coordinator ON assignment FOR SELECT TO tilts_app, tilts_read USING (mediator_id = (SELECT caller('mediator')) OR (SELECT caller('coordinator')) IS NOT NULL);

-- By-lines cannot be forged: whoever writes a fact is its author.
CREATE POLICY author ON consent AS RESTRICTIVE FOR INSERT TO tilts_app WITH CHECK (recorded_by = (SELECT caller()));
CREATE POLICY author ON outcome AS RESTRICTIVE FOR INSERT TO tilts_app WITH CHECK (recorded_by = (SELECT caller()));
CREATE POLICY author ON visit AS RESTRICTIVE FOR INSERT TO tilts_app WITH CHECK (recorded_by = (SELECT caller()));
CREATE POLICY author ON referral AS RESTRICTIVE FOR INSERT TO tilts_app WITH CHECK (created_by = (SELECT caller()));
CREATE POLICY author ON referral_event AS RESTRICTIVE FOR INSERT TO tilts_app WITH CHECK (by = (SELECT caller()));
CREATE POLICY author ON referral_message AS RESTRICTIVE FOR INSERT TO tilts_app WITH CHECK (by = (SELECT caller()));

-- One's own, and nobody else's.
CREATE POLICY own ON draft TO tilts_app, tilts_read USING (account_id = (SELECT caller()));
CREATE POLICY own ON family_import TO tilts_app, tilts_read USING (account_id = (SELECT caller('mediator')));
CREATE POLICY own ON family_import_part TO tilts_app, tilts_read USING (account_id = (SELECT caller('mediator')) AND EXISTS (SELECT FROM family_import i WHERE i.id = import_id));
CREATE POLICY own ON family_of_import AS RESTRICTIVE TO tilts_app, tilts_read USING (EXISTS (SELECT FROM family_import i WHERE i.id = import_id));
CREATE POLICY own ON device TO tilts_app, tilts_read USING (account_id = (SELECT caller('mediator')));
CREATE POLICY own ON receipt TO tilts_app, tilts_read USING (account_id = (SELECT caller('mediator')) AND EXISTS (SELECT FROM device d WHERE d.id = device_id));
-- Whose phone it came from takes it over. A coordinator who loads a rescue file does so by functions, which tell counts and no more.
CREATE POLICY own ON rescued_work TO tilts_app, tilts_read USING (account_id = (SELECT caller('mediator')));
-- Sessions nobody sees: whoever knows a session's id could lay it down and see what its person sees, or what a fresher one of theirs
-- may do. One's own devices, and those of an account, are listed and ended through account-functions.sql.
-- The coordinator sees which links still wait; anybody, what became of their own.
CREATE POLICY coordinator_read ON one_time_link FOR SELECT TO tilts_app, tilts_read USING ((SELECT caller('coordinator')) IS NOT NULL);
CREATE POLICY own_read ON one_time_link FOR SELECT TO tilts_app, tilts_read USING (account_id = (SELECT caller()));
-- What raises a session is done by functions (second-factor-functions.sql); an app that one adds here waits to be confirmed by one.
CREATE POLICY own_read ON second_factor FOR SELECT TO tilts_app, tilts_read USING (account_id = (SELECT caller()));
CREATE POLICY own_begin ON second_factor FOR INSERT TO tilts_app WITH CHECK (account_id = (SELECT caller()) AND kind = 'totp' AND confirmed_at IS NULL);
CREATE POLICY own_give_up ON second_factor FOR DELETE TO tilts_app USING (account_id = (SELECT caller()) AND confirmed_at IS NULL);
CREATE POLICY own_read ON recovery_code FOR SELECT TO tilts_app, tilts_read USING (account_id = (SELECT caller()));
CREATE POLICY own ON passkey_challenge TO tilts_app USING ((SELECT caller()) IS NOT NULL AND session_id = current_setting('app.session')::uuid);
CREATE POLICY own_change ON account FOR UPDATE TO tilts_app USING (id = (SELECT caller()));
CREATE POLICY own_read ON notice FOR SELECT TO tilts_app, tilts_read USING (account_id = (SELECT caller()));
CREATE POLICY own_change ON notice FOR UPDATE TO tilts_app USING (account_id = (SELECT caller()));
CREATE POLICY tell ON notice FOR INSERT TO tilts_app WITH CHECK (EXISTS (SELECT FROM referral r WHERE r.id = notice.referral_id));
-- The mail service has no session: it sees notices that nobody read yet and whom they are for, and nothing else.
CREATE POLICY mail ON notice FOR SELECT TO tilts_mail USING (read_at IS NULL);
CREATE POLICY mail ON account FOR SELECT TO tilts_mail USING (EXISTS (SELECT FROM notice n WHERE n.account_id = account.id));

GRANT SELECT ON family, assignment, unrecorded_help, draft, notice TO tilts_app, tilts_read;
GRANT SELECT (account_id, purpose, made_by, made_at, expires_at, used_at) ON one_time_link TO tilts_app, tilts_read;
GRANT INSERT ON family, unrecorded_help, draft, notice TO tilts_app;
GRANT UPDATE (family_prefix, name, name_in, version) ON municipality TO tilts_app;
GRANT UPDATE (name, address, phone, email, hours, answer_days, follows_moved_days, confirmed_on, closed_on, version) ON institution TO tilts_app;
GRANT UPDATE (name, description, need_areas, required_documents, fees, status, version) ON service TO tilts_app;
GRANT UPDATE (works, moved, note) ON working_day_exception TO tilts_app;
GRANT UPDATE (lv, en, ru, retired_on, version) ON code_wording TO tilts_app;
GRANT UPDATE (name, name_en, grant_number, starts_on, ends_on, funder, funder_en, version) ON project TO tilts_app;
GRANT UPDATE (starts_on, ends_on, hours_per_week, version) ON assignment TO tilts_app;
-- Rows that a fact refers to are held by their foreign keys.
GRANT DELETE ON municipality_period, institution, service, working_day_exception, project, assignment TO tilts_app;
GRANT UPDATE (status, close_reason, closed_on, last_contact_on, version, sealed) ON family TO tilts_app;
GRANT UPDATE (household_role, birth_year, gender, school_status, employment_status, left_on, version, sealed) ON person TO tilts_app;
GRANT UPDATE (current) ON visit TO tilts_app;
GRANT UPDATE (status, sent_at, due_on, received_at, answered_at, taken_by, consent_id, version) ON referral TO tilts_app;
GRANT UPDATE (sealed) ON referral_snapshot, referral_reference TO tilts_app;
GRANT UPDATE (kind, family_id, sealed, saved_at), DELETE ON draft TO tilts_app;
GRANT SELECT ON device, receipt TO tilts_app, tilts_read;
GRANT INSERT ON device, receipt TO tilts_app;
GRANT UPDATE (numbered, received_up_to, last_contact_at) ON device TO tilts_app;
GRANT INSERT, UPDATE, DELETE ON family_stamp TO tilts_resolver;
GRANT DELETE ON device, receipt TO tilts_resolver;
GRANT SELECT ON rescued_work TO tilts_app, tilts_read;
GRANT DELETE ON rescued_work TO tilts_app;
GRANT INSERT, UPDATE ON rescued_work TO tilts_resolver;
GRANT SELECT ON family_import, family_import_part TO tilts_app, tilts_read;
GRANT INSERT, DELETE ON family_import, family_import_part TO tilts_app;
GRANT UPDATE (families, persons, written_at) ON family_import TO tilts_app;
GRANT UPDATE (families, persons, sealed) ON family_import_part TO tilts_app;
-- Taking back an import, and forgetting old ones.
GRANT UPDATE, DELETE ON family_import TO tilts_resolver;
GRANT DELETE ON family_import_part, family_of_import, consent, person, person_identity, family, family_salt, family_identity, family_mediator TO tilts_resolver;
GRANT SELECT (id, account_id, kind, sealed, made_at, confirmed_at, last_used_at, mark, credential_id, transports) ON second_factor TO tilts_app, tilts_read;
GRANT SELECT (account_id, used_at) ON recovery_code TO tilts_app, tilts_read;
GRANT INSERT, DELETE ON second_factor TO tilts_app;
GRANT SELECT, INSERT, DELETE ON passkey_challenge TO tilts_app;
GRANT UPDATE (language) ON account TO tilts_app;
GRANT UPDATE (read_at) ON notice TO tilts_app;
GRANT SELECT ON notice, account TO tilts_mail;
GRANT INSERT ON family_mediator, family_identity, person_identity, audit_event TO tilts_resolver;
GRANT UPDATE ON family_mediator, family_identity, person_identity, family TO tilts_resolver;
GRANT INSERT, UPDATE, DELETE ON account, credential, session, refresh_token, sign_in_delay, one_time_link TO tilts_resolver;
GRANT UPDATE ON installation TO tilts_resolver;
GRANT INSERT ON controller_naming, referral_event TO tilts_resolver;
GRANT UPDATE (taken_by, version) ON referral TO tilts_resolver;
GRANT UPDATE, DELETE ON assignment TO tilts_resolver;
GRANT DELETE ON draft, notice TO tilts_resolver;
GRANT INSERT, UPDATE, DELETE ON second_factor, recovery_code, sign_in_ticket, passkey_challenge TO tilts_resolver;
