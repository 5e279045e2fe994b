-- What the coordinator does to accounts. Every function asks first who calls it: tables of accounts and links are written by
-- nobody else, so no statement of a feature can give a role, a password or a family away. They answer with a word where
-- something stands against it, and the API says it to people. Owned by tilts_resolver; applied after beyond-reach.sql.

SET LOCAL ROLE tilts_resolver;

-- The coordinator who calls; raises for anybody else.
CREATE OR REPLACE FUNCTION calling_coordinator() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_me uuid := caller('coordinator');
BEGIN
  IF v_me IS NULL THEN RAISE EXCEPTION 'Tilts: only a coordinator may do this' USING ERRCODE = '42501'; END IF;
  RETURN v_me;
END $$;

-- The same for what must not be done at a screen that somebody left open.
CREATE OR REPLACE FUNCTION proved_coordinator() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_me uuid := proved_caller('coordinator');
BEGIN
  IF v_me IS NULL THEN RAISE EXCEPTION 'Tilts: only a coordinator who proved themselves may do this' USING ERRCODE = '42501'; END IF;
  RETURN v_me;
END $$;

-- An account that waits for its person. 'emailTaken': somebody else signs in with this e-mail.
CREATE OR REPLACE FUNCTION invite_account(p_id uuid, p_role text, p_language text, p_institution uuid, p_salt bytea, p_sealed bytea, p_email_token bytea) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM proved_coordinator();
  PERFORM pg_advisory_xact_lock(hashtextextended('account e-mails', 0));
  IF EXISTS (SELECT FROM credential c WHERE c.email_token = p_email_token) THEN RETURN 'emailTaken'; END IF;
  INSERT INTO account (id, role, language, institution_id, salt, sealed, created_at, version)
  VALUES (p_id, p_role, p_language, p_institution, p_salt, p_sealed, now(), 1);
  INSERT INTO credential (account_id, email_token) VALUES (p_id, p_email_token);
  RETURN 'done';
END $$;

-- A new link ends the older ones of its purpose. 'inUse', 'notInUse', 'ended': not for an account in this state.
CREATE OR REPLACE FUNCTION make_one_time_link(p_account uuid, p_purpose text, p_hash bytea, p_expires_at timestamptz, p_removes_second_factors boolean) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_me uuid := proved_coordinator();
  v_account account%ROWTYPE;
BEGIN
  SELECT * INTO v_account FROM account a WHERE a.id = p_account FOR UPDATE;
  IF v_account.id IS NULL THEN RETURN 'notThere'; END IF;
  IF v_account.ended_at IS NOT NULL THEN RETURN 'ended'; END IF;
  IF p_purpose = 'invitation' AND v_account.joined_at IS NOT NULL THEN RETURN 'inUse'; END IF;
  IF p_purpose = 'passwordReset' AND v_account.joined_at IS NULL THEN RETURN 'notInUse'; END IF;
  DELETE FROM one_time_link l WHERE l.account_id = p_account AND l.purpose = p_purpose AND l.used_at IS NULL;
  INSERT INTO one_time_link (hash, account_id, purpose, removes_second_factors, made_by, made_at, expires_at)
  VALUES (p_hash, p_account, p_purpose, p_removes_second_factors, v_me, now(), p_expires_at);
  RETURN 'done';
END $$;

-- Families for which a mediator answers today or later; a family that they only stand in for has somebody else.
CREATE OR REPLACE FUNCTION has_families(p_mediator uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM family_mediator r WHERE r.mediator_id = p_mediator AND r.reason <> 'cover' AND (r.ends_on IS NULL OR r.ends_on >= greatest(riga_today(), r.starts_on)))
$$;

-- Nobody may be left without a coordinator. Callers hold the lock 'coordinators': two who end each other would both see the other.
CREATE OR REPLACE FUNCTION is_last_coordinator(p_account uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM account a WHERE a.id = p_account AND a.role = 'coordinator' AND a.joined_at IS NOT NULL AND a.ended_at IS NULL)
    AND NOT EXISTS (SELECT FROM account a WHERE a.id <> p_account AND a.role = 'coordinator' AND a.joined_at IS NOT NULL AND a.ended_at IS NULL)
$$;

-- What goes with a role: devices, links that were not used yet, assignments, cover, drafts, imports that were not written, notices,
-- and referrals that were taken.
CREATE OR REPLACE FUNCTION lay_down_role(p_account uuid, p_by uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_today date := riga_today();
BEGIN
  WITH released AS (
    UPDATE referral r SET taken_by = NULL, version = r.version + 1
    WHERE r.taken_by = p_account AND r.status IN ('sent', 'received', 'moreInfoNeeded', 'accepted', 'inProgress') RETURNING r.*)
  INSERT INTO referral_event (municipality_id, id, family_id, referral_id, move, status, side, by, at)
  SELECT municipality_id, gen_random_uuid(), family_id, id, 'release', status, 'receiver', p_by, now() FROM released;
  UPDATE session s SET ended_at = now() WHERE s.account_id = p_account AND s.ended_at IS NULL;
  DELETE FROM one_time_link l WHERE l.account_id = p_account AND l.used_at IS NULL;
  UPDATE assignment w SET ends_on = v_today, version = w.version + 1 WHERE w.mediator_id = p_account AND w.starts_on <= v_today AND (w.ends_on IS NULL OR w.ends_on > v_today);
  DELETE FROM assignment w WHERE w.mediator_id = p_account AND w.starts_on > v_today;
  UPDATE family_mediator r SET ends_on = greatest(v_today, r.starts_on) - 1 WHERE r.mediator_id = p_account AND (r.ends_on IS NULL OR r.ends_on >= v_today);
  DELETE FROM draft d WHERE d.account_id = p_account;
  DELETE FROM family_import_part p WHERE p.account_id = p_account;
  DELETE FROM family_import i WHERE i.account_id = p_account AND i.written_at IS NULL;
  DELETE FROM notice n WHERE n.account_id = p_account;
END $$;

-- 'changedMeanwhile', 'emailTaken', 'lastCoordinator', 'hasFamilies', 'ended', 'notThere': nothing was changed.
CREATE OR REPLACE FUNCTION change_account(p_id uuid, p_version integer, p_role text, p_language text, p_institution uuid, p_sealed bytea, p_email_token bytea) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_me uuid;
  v_account account%ROWTYPE;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('coordinators', 0));
  PERFORM pg_advisory_xact_lock(hashtextextended('account e-mails', 0));
  SELECT * INTO v_account FROM account a WHERE a.id = p_id FOR UPDATE;
  -- Asked after the locks: whoever waited may have been ended by the one before.
  v_me := proved_coordinator();
  IF v_account.id IS NULL THEN RETURN 'notThere'; END IF;
  IF v_account.ended_at IS NOT NULL THEN RETURN 'ended'; END IF;
  IF v_account.version <> p_version THEN RETURN 'changedMeanwhile'; END IF;
  IF EXISTS (SELECT FROM credential c WHERE c.email_token = p_email_token AND c.account_id <> p_id) THEN RETURN 'emailTaken'; END IF;
  IF p_role <> v_account.role THEN
    IF is_last_coordinator(p_id) THEN RETURN 'lastCoordinator'; END IF;
    IF has_families(p_id) THEN RETURN 'hasFamilies'; END IF;
    PERFORM lay_down_role(p_id, v_me);
  ELSIF p_institution IS DISTINCT FROM v_account.institution_id THEN
    -- Its referrals are none of theirs any more.
    PERFORM lay_down_role(p_id, v_me);
  END IF;
  UPDATE credential c SET email_token = p_email_token WHERE c.account_id = p_id AND c.email_token <> p_email_token;
  -- The e-mail was wrong: whoever got the link by mail may be somebody else.
  IF FOUND THEN DELETE FROM one_time_link l WHERE l.account_id = p_id AND l.used_at IS NULL; END IF;
  UPDATE account a SET role = p_role, language = p_language, institution_id = p_institution, sealed = p_sealed, version = a.version + 1 WHERE a.id = p_id;
  RETURN 'done';
END $$;

-- 'lastCoordinator', 'hasFamilies', 'notThere': nothing was changed. The e-mail is free again, the name stays for by-lines.
CREATE OR REPLACE FUNCTION end_account(p_id uuid) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_me uuid;
  v_account account%ROWTYPE;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('coordinators', 0));
  -- Waits for whoever makes a family just now (family_made shares this row), so that none is made for an account that ends.
  SELECT * INTO v_account FROM account a WHERE a.id = p_id FOR UPDATE;
  v_me := proved_coordinator();
  IF v_account.id IS NULL THEN RETURN 'notThere'; END IF;
  IF v_account.ended_at IS NOT NULL THEN RETURN 'done'; END IF;
  IF is_last_coordinator(p_id) THEN RETURN 'lastCoordinator'; END IF;
  IF has_families(p_id) THEN RETURN 'hasFamilies'; END IF;
  PERFORM lay_down_role(p_id, v_me);
  UPDATE account a SET ended_at = now(), version = a.version + 1 WHERE a.id = p_id;
  DELETE FROM credential c WHERE c.account_id = p_id;
  PERFORM forget_second_factors(p_id);
  RETURN 'done';
END $$;

-- What people call a session. Its own id must not be told: laid down in a transaction (app.session), it would open whatever its person
-- sees, and one's own other session may be more freshly proved than this one.
CREATE OR REPLACE FUNCTION device_of(p_session uuid) RETURNS uuid
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT overlay(overlay(substr(h, 1, 32) PLACING '8' FROM 13) PLACING '8' FROM 17)::uuid FROM encode(sha256(uuid_send(p_session)), 'hex') h
$$;

-- Where I am signed in, the last used first.
CREATE OR REPLACE FUNCTION own_devices() RETURNS TABLE (id uuid, started_at timestamptz, last_used_at timestamptz, device text, current boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_me uuid := caller();
BEGIN
  RETURN QUERY SELECT device_of(s.id), s.started_at::timestamptz, s.last_used_at::timestamptz, s.device, s.id = current_setting('app.session')::uuid FROM session s
    WHERE s.account_id = v_me AND s.ended_at IS NULL AND s.expires_at > now() ORDER BY s.last_used_at DESC LIMIT 100;
END $$;

-- One of my devices, this one when none is named: 'this' or 'other'. NULL: there is no such.
DROP FUNCTION IF EXISTS end_own_session(uuid);
CREATE OR REPLACE FUNCTION end_own_session(p_device uuid) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_me uuid := caller();
  v_this uuid := current_setting('app.session')::uuid;
  v_which text;
BEGIN
  UPDATE session s SET ended_at = now() WHERE s.account_id = v_me AND s.ended_at IS NULL AND device_of(s.id) = coalesce(p_device, device_of(v_this))
    RETURNING CASE s.id WHEN v_this THEN 'this' ELSE 'other' END INTO v_which;
  RETURN v_which;
END $$;

-- Where an account is signed in, the last used first.
CREATE OR REPLACE FUNCTION devices_of(p_account uuid) RETURNS TABLE (id uuid, started_at timestamptz, last_used_at timestamptz, device text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM calling_coordinator();
  RETURN QUERY SELECT device_of(s.id), s.started_at::timestamptz, s.last_used_at::timestamptz, s.device FROM session s
    WHERE s.account_id = p_account AND s.ended_at IS NULL AND s.expires_at > now() ORDER BY s.last_used_at DESC LIMIT 100;
END $$;

-- The last sign of life of these accounts.
CREATE OR REPLACE FUNCTION last_used(p_accounts uuid[]) RETURNS TABLE (account_id uuid, last_used_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM calling_coordinator();
  RETURN QUERY SELECT s.account_id, max(s.last_used_at)::timestamptz FROM session s WHERE s.account_id = ANY (p_accounts) GROUP BY 1;
END $$;

-- One device of an account, or all of them; how many were signed in.
DROP FUNCTION IF EXISTS end_sessions_of(uuid, uuid);
CREATE OR REPLACE FUNCTION end_sessions_of(p_account uuid, p_device uuid) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_ended integer;
BEGIN
  PERFORM calling_coordinator();
  UPDATE session s SET ended_at = now() WHERE s.account_id = p_account AND (p_device IS NULL OR device_of(s.id) = p_device) AND s.ended_at IS NULL;
  GET DIAGNOSTICS v_ended = ROW_COUNT;
  RETURN v_ended;
END $$;

-- For how many families these mediators answer in each city, today or later.
CREATE OR REPLACE FUNCTION families_counted(p_mediators uuid[]) RETURNS TABLE (mediator_id uuid, municipality_id uuid, families integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_today date := riga_today();
BEGIN
  PERFORM calling_coordinator();
  RETURN QUERY SELECT r.mediator_id, r.municipality_id, count(DISTINCT r.family_id)::integer FROM family_mediator r
    WHERE r.mediator_id = ANY (p_mediators) AND r.reason <> 'cover' AND (r.ends_on IS NULL OR r.ends_on >= greatest(v_today, r.starts_on)) GROUP BY 1, 2;
END $$;

-- Which of these accounts have a second factor.
CREATE OR REPLACE FUNCTION with_second_factor(p_accounts uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM calling_coordinator();
  RETURN QUERY SELECT DISTINCT f.account_id FROM second_factor f WHERE f.account_id = ANY (p_accounts) AND f.confirmed_at IS NOT NULL;
END $$;

-- What somebody else must take over before this mediator's account may end: codes, no names.
CREATE OR REPLACE FUNCTION families_to_hand_over(p_mediator uuid) RETURNS TABLE (municipality_id uuid, family_id uuid, code text, last_contact_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM calling_coordinator();
  RETURN QUERY SELECT f.municipality_id, f.id, f.code, f.last_contact_on FROM family f
    WHERE EXISTS (SELECT FROM family_mediator r WHERE r.municipality_id = f.municipality_id AND r.family_id = f.id AND r.mediator_id = p_mediator
      AND r.reason <> 'cover' AND (r.ends_on IS NULL OR r.ends_on >= greatest(riga_today(), r.starts_on)));
END $$;

-- The controller is named anew, or for the first time; the old name stays with its days. The same name again is nothing new.
CREATE OR REPLACE FUNCTION name_controller(p_name text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_me uuid := proved_coordinator();
BEGIN
  UPDATE installation i SET controller_name = p_name WHERE i.controller_name IS DISTINCT FROM p_name;
  IF FOUND THEN INSERT INTO controller_naming (id, name, since, named_by) VALUES (gen_random_uuid(), p_name, now(), v_me); END IF;
END $$;

CREATE OR REPLACE FUNCTION finish_set_up() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM calling_coordinator();
  UPDATE installation i SET set_up_at = now() WHERE i.set_up_at IS NULL;
END $$;

GRANT EXECUTE ON FUNCTION invite_account(uuid, text, text, uuid, bytea, bytea, bytea), make_one_time_link(uuid, text, bytea, timestamptz, boolean),
  change_account(uuid, integer, text, text, uuid, bytea, bytea), end_account(uuid), end_sessions_of(uuid, uuid), end_own_session(uuid), name_controller(text), finish_set_up() TO tilts_app;
GRANT EXECUTE ON FUNCTION own_devices(), devices_of(uuid), last_used(uuid[]), families_counted(uuid[]), with_second_factor(uuid[]), families_to_hand_over(uuid) TO tilts_app, tilts_read;
RESET ROLE;
