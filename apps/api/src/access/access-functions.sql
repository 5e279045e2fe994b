-- What the API may do before a session exists: sign in, refresh, and the very first coordinator. Nothing else reaches a table
-- without a session. Each function does its step whole, in one statement of the API, so that two callers at once cannot both
-- pass. They are owned by tilts_resolver and listed in before-session.ts; a spec compares that list with the database. Only
-- tilts_door may call them (door.ts), so that no statement of a feature can make a session.

SET LOCAL ROLE tilts_resolver;

-- Counts a try before it is made (tries sent at once cannot outrun the count) and hands over what the password is compared
-- with. `seconds` above 0: too early, nothing was counted. Same work for an e-mail that nobody has.
CREATE OR REPLACE FUNCTION access_begin_sign_in(p_email_token bytea, p_delay_key bytea)
RETURNS TABLE (seconds integer, account_id uuid, role text, password_hash text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_not_before timestamptz;
  v_failures integer;
BEGIN
  -- A day without a failure is forgotten; also keeps the table small under made-up addresses.
  DELETE FROM sign_in_delay d WHERE d.not_before < now() - interval '1 day';
  -- A second back: the column keeps milliseconds, and rounding up would be a wait.
  INSERT INTO sign_in_delay (key, failures, not_before) VALUES (p_delay_key, 0, now() - interval '1 second') ON CONFLICT (key) DO NOTHING;
  SELECT d.not_before, d.failures INTO v_not_before, v_failures FROM sign_in_delay d WHERE d.key = p_delay_key FOR UPDATE;
  IF v_not_before > clock_timestamp() THEN
    RETURN QUERY SELECT ceil(extract(epoch FROM v_not_before - clock_timestamp()))::integer, NULL::uuid, NULL::text, NULL::text;
    RETURN;
  END IF;
  -- The first mistake is free, then 1 s, 2 s, 4 s … at most 5 minutes; never a lock-out.
  UPDATE sign_in_delay d SET failures = v_failures + 1,
    not_before = clock_timestamp() + CASE WHEN v_failures = 0 THEN interval '-1 second' ELSE make_interval(secs => least(300, 2 ^ least(v_failures - 1, 9))) END
  WHERE d.key = p_delay_key;
  RETURN QUERY
    SELECT 0, a.id, a.role, c.password_hash
    FROM (SELECT 1) one
    LEFT JOIN (credential c JOIN account a ON a.id = c.account_id AND a.ended_at IS NULL) ON c.email_token = p_email_token;
END $$;

-- The password was right: no delay any more, and a session with its first refresh token.
CREATE OR REPLACE FUNCTION access_start_session(
  p_session_id uuid, p_account_id uuid, p_device text, p_token_hash bytea, p_delay_key bytea, p_session_life interval, p_token_life interval)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM sign_in_delay d WHERE d.key = p_delay_key;
  INSERT INTO session (id, account_id, started_at, last_used_at, expires_at, device)
  VALUES (p_session_id, p_account_id, now(), now(), now() + p_session_life, p_device);
  INSERT INTO refresh_token (hash, session_id, made_at, expires_at) VALUES (p_token_hash, p_session_id, now(), now() + p_token_life);
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

-- The first coordinator of an empty installation; false when somebody has an account already.
CREATE OR REPLACE FUNCTION access_create_first_coordinator(
  p_account_id uuid, p_language text, p_salt bytea, p_sealed bytea, p_email_token bytea, p_password_hash text)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('first coordinator', 0));
  IF EXISTS (SELECT FROM account) THEN RETURN false; END IF;
  INSERT INTO account (id, role, language, salt, sealed, created_at)
  VALUES (p_account_id, 'coordinator', p_language, p_salt, p_sealed, now());
  INSERT INTO credential (account_id, email_token, password_hash) VALUES (p_account_id, p_email_token, p_password_hash);
  RETURN true;
END $$;

GRANT EXECUTE ON FUNCTION access_begin_sign_in(bytea, bytea), access_start_session(uuid, uuid, text, bytea, bytea, interval, interval),
  access_rotate(bytea, uuid, bytea, interval), access_create_first_coordinator(uuid, text, bytea, bytea, bytea, text) TO tilts_door;
RESET ROLE;
