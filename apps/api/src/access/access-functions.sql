-- What the API may do before a session exists: sign in, refresh, and the very first coordinator. Nothing else reaches a table
-- without a session. Each function does its step whole, in one statement of the API, so that two callers at once cannot both
-- pass. They are owned by tilts_resolver and listed in before-session.ts; a spec compares that list with the database. Only
-- tilts_door may call them (door.ts), so that no statement of a feature can make a session.

SET LOCAL ROLE tilts_resolver;

-- Counts a try before it is made (tries sent at once cannot outrun the count). Above 0: too early, nothing was counted.
CREATE OR REPLACE FUNCTION count_try(p_key bytea, p_longest integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_not_before timestamptz;
  v_failures integer;
BEGIN
  -- A day without a failure is forgotten; also keeps the table small under made-up addresses.
  DELETE FROM sign_in_delay d WHERE d.not_before < now() - interval '1 day';
  -- A second back: the column keeps milliseconds, and rounding up would be a wait.
  INSERT INTO sign_in_delay (key, failures, not_before) VALUES (p_key, 0, now() - interval '1 second') ON CONFLICT (key) DO NOTHING;
  SELECT d.not_before, d.failures INTO v_not_before, v_failures FROM sign_in_delay d WHERE d.key = p_key FOR UPDATE;
  IF v_not_before > clock_timestamp() THEN RETURN ceil(extract(epoch FROM v_not_before - clock_timestamp())); END IF;
  -- The first mistake is free, then 1 s, 2 s, 4 s … at most p_longest seconds; never a lock-out.
  UPDATE sign_in_delay d SET failures = v_failures + 1,
    not_before = clock_timestamp() + CASE WHEN v_failures = 0 THEN interval '-1 second' ELSE make_interval(secs => least(p_longest, 2 ^ least(v_failures - 1, 12))) END
  WHERE d.key = p_key;
  RETURN 0;
END $$;

-- Counts the try and hands over what the password is compared with. Same work for an e-mail that nobody has.
CREATE OR REPLACE FUNCTION access_begin_sign_in(p_email_token bytea, p_delay_key bytea)
RETURNS TABLE (seconds integer, account_id uuid, role text, password_hash text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_seconds integer := count_try(p_delay_key, 300);
BEGIN
  IF v_seconds > 0 THEN
    RETURN QUERY SELECT v_seconds, NULL::uuid, NULL::text, NULL::text;
    RETURN;
  END IF;
  RETURN QUERY
    SELECT 0, a.id, a.role, c.password_hash
    FROM (SELECT 1) one
    LEFT JOIN (credential c JOIN account a ON a.id = c.account_id AND a.ended_at IS NULL) ON c.email_token = p_email_token;
END $$;

-- The password was right: no delay any more, and a session with its first refresh token. Never past a second factor. False when the
-- password that was compared is not the account's any more: a link was used while it was compared, and ended what was signed in.
DROP FUNCTION IF EXISTS access_start_session(uuid, uuid, text, bytea, bytea, interval, interval);
CREATE OR REPLACE FUNCTION access_start_session(
  p_session_id uuid, p_account_id uuid, p_password_hash text, p_device text, p_token_hash bytea, p_delay_key bytea, p_session_life interval, p_token_life interval)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM account a WHERE a.id = p_account_id FOR SHARE;
  IF NOT EXISTS (SELECT FROM credential c WHERE c.account_id = p_account_id AND c.password_hash = p_password_hash) THEN RETURN false; END IF;
  IF EXISTS (SELECT FROM second_factor f WHERE f.account_id = p_account_id AND f.confirmed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'Tilts: this account has a second factor' USING ERRCODE = '42501';
  END IF;
  DELETE FROM sign_in_delay d WHERE d.key = p_delay_key;
  INSERT INTO session (id, account_id, started_at, last_used_at, expires_at, device, level, proved_at)
  VALUES (p_session_id, p_account_id, now(), now(), now() + p_session_life, p_device, 'password', now());
  INSERT INTO refresh_token (hash, session_id, made_at, expires_at) VALUES (p_token_hash, p_session_id, now(), now() + p_token_life);
  RETURN true;
END $$;

-- One use of a refresh token. 'renewed': the successor stands. 'over': unknown, expired or ended. 'reused': somebody else holds
-- a copy, so the whole session was ended. The same try within a minute is a lost answer and gets the same successor.
CREATE OR REPLACE FUNCTION access_rotate(p_hash bytea, p_attempt uuid, p_successor_hash bytea, p_token_life interval)
RETURNS TABLE (outcome text, session_id uuid, role text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_token refresh_token%ROWTYPE;
  v_session session%ROWTYPE;
  v_role text;
BEGIN
  SELECT * INTO v_token FROM refresh_token t WHERE t.hash = p_hash FOR UPDATE;
  SELECT * INTO v_session FROM session s WHERE s.id = v_token.session_id;
  SELECT a.role INTO v_role FROM account a WHERE a.id = v_session.account_id AND a.ended_at IS NULL;
  IF v_role IS NULL OR v_session.ended_at IS NOT NULL OR v_session.expires_at <= now() OR v_token.expires_at <= now() THEN
    RETURN QUERY SELECT 'over', NULL::uuid, NULL::text;
    RETURN;
  END IF;
  IF v_token.used_at IS NOT NULL AND (v_token.used_attempt <> p_attempt OR v_token.used_at < now() - interval '60 seconds') THEN
    UPDATE session s SET ended_at = now() WHERE s.id = v_session.id;
    RETURN QUERY SELECT 'reused', v_session.id, NULL::text;
    RETURN;
  END IF;
  IF v_token.used_at IS NULL THEN
    UPDATE refresh_token t SET used_at = now(), used_attempt = p_attempt WHERE t.hash = p_hash;
    INSERT INTO refresh_token (hash, session_id, made_at, expires_at)
    VALUES (p_successor_hash, v_session.id, now(), least(now() + p_token_life, v_session.expires_at));
    UPDATE session s SET last_used_at = now() WHERE s.id = v_session.id;
  END IF;
  RETURN QUERY SELECT 'renewed', v_session.id, v_role;
END $$;

-- The first coordinator of an empty installation, and who answers for its data (null: the surroundings name it); false when
-- somebody has an account already.
DROP FUNCTION IF EXISTS access_create_first_coordinator(uuid, text, bytea, bytea, bytea, text);
CREATE OR REPLACE FUNCTION access_create_first_coordinator(
  p_account_id uuid, p_language text, p_salt bytea, p_sealed bytea, p_email_token bytea, p_password_hash text, p_controller_name text)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('first coordinator', 0));
  IF EXISTS (SELECT FROM account) THEN RETURN false; END IF;
  INSERT INTO account (id, role, language, salt, sealed, created_at, joined_at, version)
  VALUES (p_account_id, 'coordinator', p_language, p_salt, p_sealed, now(), now(), 1);
  INSERT INTO credential (account_id, email_token, password_hash) VALUES (p_account_id, p_email_token, p_password_hash);
  UPDATE installation i SET controller_name = p_controller_name WHERE p_controller_name IS NOT NULL AND i.controller_name IS DISTINCT FROM p_controller_name;
  IF FOUND THEN INSERT INTO controller_naming (id, name, since) VALUES (gen_random_uuid(), p_controller_name, now()); END IF;
  RETURN true;
END $$;

-- Whether nobody has an account yet. Asked for the link of the first coordinator only.
CREATE OR REPLACE FUNCTION access_is_empty() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$ SELECT NOT EXISTS (SELECT FROM account) $$;

-- Whom a one-time link is for; no row when it is unknown, used or too old, or the account does not wait for it any more.
DROP FUNCTION IF EXISTS access_look_link(bytea);
CREATE OR REPLACE FUNCTION access_look_link(p_hash bytea) RETURNS TABLE (purpose text, account_id uuid, language text, salt bytea, sealed bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT l.purpose, a.id, a.language, a.salt, a.sealed FROM one_time_link l JOIN account a ON a.id = l.account_id
  WHERE l.hash = p_hash AND l.used_at IS NULL AND l.expires_at > now() AND a.ended_at IS NULL AND (a.joined_at IS NULL) = (l.purpose = 'invitation')
$$;

-- Uses a link up: the password is set, every device is signed out and no other link of the account works any more. False when
-- the link is none; of two at once, the second waits for the first and then finds it used.
CREATE OR REPLACE FUNCTION access_use_link(p_hash bytea, p_password_hash text, p_delay_key bytea, p_request text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_link one_time_link%ROWTYPE;
  v_account account%ROWTYPE;
BEGIN
  -- The account first, like everybody else who locks both (end_account).
  SELECT a.* INTO v_account FROM account a WHERE a.id = (SELECT l.account_id FROM one_time_link l WHERE l.hash = p_hash) FOR UPDATE;
  IF NOT EXISTS (SELECT FROM access_look_link(p_hash)) THEN RETURN false; END IF;
  UPDATE one_time_link l SET used_at = now() WHERE l.hash = p_hash RETURNING l.* INTO v_link;
  DELETE FROM one_time_link l WHERE l.account_id = v_account.id AND l.used_at IS NULL;
  UPDATE credential c SET password_hash = p_password_hash WHERE c.account_id = v_account.id;
  UPDATE account a SET joined_at = coalesce(a.joined_at, now()), version = a.version + 1 WHERE a.id = v_account.id;
  UPDATE session s SET ended_at = now() WHERE s.account_id = v_account.id AND s.ended_at IS NULL;
  -- Who showed the password before stands between two steps no longer.
  DELETE FROM sign_in_ticket t WHERE t.account_id = v_account.id;
  IF v_link.removes_second_factors THEN PERFORM forget_second_factors(v_account.id); END IF;
  -- Whoever forgot the password has tried some; they need not wait now.
  DELETE FROM sign_in_delay d WHERE d.key = p_delay_key;
  INSERT INTO audit_event (id, at, request_id, account_id, role, operation, kind, subject_ids)
  VALUES (gen_random_uuid(), clock_timestamp(), p_request, v_account.id, v_account.role, 'POST /links/use', 'write', ARRAY[v_account.id]);
  RETURN true;
END $$;

-- Takes away what nobody needs any more; how many rows. A used token stays until it expires, since only so a thief who shows it
-- again is noticed. Sessions and links stay for a month after their end, for whoever looks into what happened; of each account the
-- last session stays, which tells when it was in use. Two processes at once: the second finds somebody at it and leaves.
CREATE OR REPLACE FUNCTION access_sweep() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_before timestamptz := now() - interval '30 days';
  v_swept integer := 0;
  v_rows integer;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('sweep', 0)) THEN RETURN 0; END IF;
  DELETE FROM sign_in_ticket t WHERE t.expires_at < now();
  DELETE FROM passkey_challenge c WHERE c.expires_at < now();
  DELETE FROM second_factor f WHERE f.confirmed_at IS NULL AND f.made_at < now() - interval '1 day';
  DELETE FROM refresh_token t WHERE t.expires_at < now();
  GET DIAGNOSTICS v_rows = ROW_COUNT; v_swept := v_swept + v_rows;
  WITH old AS (
    SELECT s.id FROM session s WHERE least(coalesce(s.ended_at, s.expires_at), s.expires_at) < v_before
      AND EXISTS (SELECT FROM session n WHERE n.account_id = s.account_id AND (n.last_used_at, n.id) > (s.last_used_at, s.id))
  ), tokens AS (
    DELETE FROM refresh_token t USING old WHERE t.session_id = old.id
  ) DELETE FROM session s USING old WHERE s.id = old.id;
  GET DIAGNOSTICS v_rows = ROW_COUNT; v_swept := v_swept + v_rows;
  DELETE FROM one_time_link l WHERE coalesce(l.used_at, l.expires_at) < v_before;
  GET DIAGNOSTICS v_rows = ROW_COUNT; v_swept := v_swept + v_rows;
  DELETE FROM sign_in_delay d WHERE d.not_before < now() - interval '1 day';
  GET DIAGNOSTICS v_rows = ROW_COUNT;
  RETURN v_swept + v_rows;
END $$;

GRANT EXECUTE ON FUNCTION access_begin_sign_in(bytea, bytea), access_start_session(uuid, uuid, text, text, bytea, bytea, interval, interval),
  access_rotate(bytea, uuid, bytea, interval), access_create_first_coordinator(uuid, text, bytea, bytea, bytea, text, text), access_is_empty(),
  access_look_link(bytea), access_use_link(bytea, text, bytea, text), access_sweep() TO tilts_door;
RESET ROLE;
