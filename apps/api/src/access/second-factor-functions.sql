-- The second step of signing in, proving oneself anew, and one's own second factors. What raises a session is done by these
-- functions alone: tilts_app cannot write `level` or `proved_at`. Owned by tilts_resolver. access_…: for tilts_door only.

SET LOCAL ROLE tilts_resolver;

-- One more use of a factor or of a recovery code; false when it served already (a code seen over somebody's shoulder, a copied passkey).
CREATE OR REPLACE FUNCTION use_factor(p_account uuid, p_factor uuid, p_mark bigint, p_recovery bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF p_recovery IS NOT NULL THEN
    UPDATE recovery_code c SET used_at = now() WHERE c.hash = p_recovery AND c.account_id = p_account AND c.used_at IS NULL;
    RETURN FOUND;
  END IF;
  -- A passkey that keeps no counter says 0 for ever.
  UPDATE second_factor f SET mark = p_mark, last_used_at = now()
  WHERE f.id = p_factor AND f.account_id = p_account AND f.confirmed_at IS NOT NULL AND (f.mark < p_mark OR (f.kind = 'passkey' AND f.mark = 0 AND p_mark = 0));
  RETURN FOUND;
END $$;

-- For somebody who lost everything: a reset by the coordinator. Called by other functions only.
CREATE OR REPLACE FUNCTION forget_second_factors(p_account uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM second_factor f WHERE f.account_id = p_account;
  DELETE FROM recovery_code c WHERE c.account_id = p_account;
  DELETE FROM sign_in_ticket t WHERE t.account_id = p_account;
END $$;

-- The password was right. With a second factor: a ticket for the second step, and no session. Without one, or when the password that
-- was compared is not the account's any more: neither.
DROP FUNCTION IF EXISTS access_ask_second_step(uuid, bytea, bytea, bytea, interval);
CREATE OR REPLACE FUNCTION access_ask_second_step(p_account uuid, p_password_hash text, p_ticket_hash bytea, p_password_delay bytea, p_step_delay bytea, p_life interval)
RETURNS TABLE (totp boolean, passkey boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_kinds text[];
BEGIN
  -- Waits for a link that is being used (access_use_link).
  PERFORM FROM account a WHERE a.id = p_account FOR SHARE;
  IF NOT EXISTS (SELECT FROM credential c WHERE c.account_id = p_account AND c.password_hash = p_password_hash) THEN RETURN; END IF;
  v_kinds := (SELECT array_agg(DISTINCT f.kind) FROM second_factor f WHERE f.account_id = p_account AND f.confirmed_at IS NOT NULL);
  IF v_kinds IS NULL THEN RETURN; END IF;
  DELETE FROM sign_in_ticket t WHERE t.expires_at <= now();
  DELETE FROM sign_in_delay d WHERE d.key = p_password_delay;
  INSERT INTO sign_in_ticket (hash, account_id, delay_key, expires_at) VALUES (p_ticket_hash, p_account, p_step_delay, now() + p_life);
  RETURN QUERY SELECT 'totp' = ANY (v_kinds), 'passkey' = ANY (v_kinds);
END $$;

-- Counts a try at the second step before it is made. NULL: no such ticket. Above 0: too early, seconds to wait.
CREATE OR REPLACE FUNCTION access_try_second_step(p_ticket_hash bytea) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- Six digits can be guessed by who knows the password: an hour at most between two tries leaves them a lifetime of guessing.
  RETURN (SELECT count_try(t.delay_key, 3600) FROM sign_in_ticket t WHERE t.hash = p_ticket_hash AND t.expires_at > now());
END $$;

-- What the proof is compared with.
CREATE OR REPLACE FUNCTION access_ticket_factors(p_ticket_hash bytea)
RETURNS TABLE (account_id uuid, role text, salt bytea, id uuid, kind text, sealed bytea, mark bigint, credential_id bytea, public_key bytea, transports text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT a.id, a.role, a.salt, f.id, f.kind, f.sealed, f.mark, f.credential_id, f.public_key, f.transports
    FROM sign_in_ticket t JOIN account a ON a.id = t.account_id AND a.ended_at IS NULL
    JOIN second_factor f ON f.account_id = a.id AND f.confirmed_at IS NOT NULL
    WHERE t.hash = p_ticket_hash AND t.expires_at > now();
END $$;

-- The proof fitted: the ticket is used up, and a session with both proofs stands. 'over': no such ticket; 'used': the proof served before.
CREATE OR REPLACE FUNCTION access_finish_second_step(
  p_ticket_hash bytea, p_factor uuid, p_mark bigint, p_recovery bytea, p_session_id uuid, p_device text, p_token_hash bytea, p_session_life interval, p_token_life interval)
RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_ticket sign_in_ticket%ROWTYPE;
BEGIN
  SELECT * INTO v_ticket FROM sign_in_ticket t WHERE t.hash = p_ticket_hash AND t.expires_at > now() FOR UPDATE;
  IF v_ticket.account_id IS NULL THEN RETURN 'over'; END IF;
  IF NOT use_factor(v_ticket.account_id, p_factor, p_mark, p_recovery) THEN RETURN 'used'; END IF;
  DELETE FROM sign_in_ticket t WHERE t.hash = p_ticket_hash;
  DELETE FROM sign_in_delay d WHERE d.key = v_ticket.delay_key;
  INSERT INTO session (id, account_id, started_at, last_used_at, expires_at, device, level, proved_at)
  VALUES (p_session_id, v_ticket.account_id, now(), now(), now() + p_session_life, p_device, 'second', now());
  INSERT INTO refresh_token (hash, session_id, made_at, expires_at) VALUES (p_token_hash, p_session_id, now(), now() + p_token_life);
  RETURN 'started';
END $$;

-- The same within a session: a try is counted, what is compared is handed over, and the proof holds from now on.
CREATE OR REPLACE FUNCTION access_try_proof(p_session uuid, p_delay_key bytea) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT count_try(p_delay_key, 3600) FROM session_context(p_session));
END $$;

-- One row without a factor when none is set up: then the password counts.
CREATE OR REPLACE FUNCTION access_session_factors(p_session uuid)
RETURNS TABLE (account_id uuid, salt bytea, password_hash text, id uuid, kind text, sealed bytea, mark bigint, credential_id bytea, public_key bytea, transports text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT a.id, a.salt, c.password_hash, f.id, f.kind, f.sealed, f.mark, f.credential_id, f.public_key, f.transports
    FROM session_context(p_session) s JOIN account a ON a.id = s.account_id JOIN credential c ON c.account_id = a.id
    LEFT JOIN second_factor f ON f.account_id = a.id AND f.confirmed_at IS NOT NULL;
END $$;

-- Neither factor nor recovery code: the password fitted, which counts only where no second factor is set up.
CREATE OR REPLACE FUNCTION access_prove(p_session uuid, p_factor uuid, p_mark bigint, p_recovery bytea, p_challenge bytea, p_delay_key bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_account uuid := (SELECT account_id FROM session_context(p_session));
  v_second boolean := p_factor IS NOT NULL OR p_recovery IS NOT NULL;
BEGIN
  IF p_challenge IS NOT NULL THEN
    DELETE FROM passkey_challenge c WHERE c.challenge = p_challenge AND c.session_id = p_session AND c.expires_at > now();
    IF NOT FOUND THEN RETURN false; END IF;
  END IF;
  IF v_second AND NOT use_factor(v_account, p_factor, p_mark, p_recovery) THEN RETURN false; END IF;
  IF NOT v_second AND EXISTS (SELECT FROM second_factor f WHERE f.account_id = v_account AND f.confirmed_at IS NOT NULL) THEN RETURN false; END IF;
  UPDATE session s SET proved_at = now(), level = CASE WHEN v_second THEN 'second' ELSE s.level END WHERE s.id = p_session AND s.account_id = v_account;
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM sign_in_delay d WHERE d.key = p_delay_key;
  RETURN true;
END $$;

-- Whose factors may change: one's own, freshly proved; once a factor is set up, proved by a factor.
DROP FUNCTION IF EXISTS factor_owner();
CREATE OR REPLACE FUNCTION factor_owner(p_session uuid) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_me uuid := (SELECT account_id FROM session_context(p_session) WHERE proved);
  v_level text := (SELECT level FROM session_context(p_session));
BEGIN
  IF v_me IS NULL OR (v_level = 'password' AND EXISTS (SELECT FROM second_factor f WHERE f.account_id = v_me AND f.confirmed_at IS NOT NULL)) THEN
    RAISE EXCEPTION 'Tilts: second factors are changed by who just proved themselves' USING ERRCODE = '42501';
  END IF;
  RETURN v_me;
END $$;

-- An app that waits proved itself for the first time; the session now has both proofs. False: it does not wait for that. By the
-- door only: whether a code or a signature fitted is not seen here, so no statement of a feature may say so.
DROP FUNCTION IF EXISTS confirm_factor(uuid, bigint, bytea);
CREATE OR REPLACE FUNCTION access_confirm_totp(p_session uuid, p_factor uuid, p_mark bigint, p_sealed bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_me uuid := factor_owner(p_session);
BEGIN
  UPDATE second_factor f SET confirmed_at = now(), last_used_at = now(), mark = p_mark, sealed = p_sealed
  WHERE f.id = p_factor AND f.account_id = v_me AND f.kind = 'totp' AND f.confirmed_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE session s SET level = 'second', proved_at = now() WHERE s.id = p_session;
  RETURN true;
END $$;

-- The same for a passkey, which proves itself as it is made. False: it has an account already.
CREATE OR REPLACE FUNCTION access_add_passkey(
  p_session uuid, p_factor uuid, p_mark bigint, p_sealed bytea, p_credential_id bytea, p_public_key bytea, p_transports text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_me uuid := factor_owner(p_session);
BEGIN
  INSERT INTO second_factor (id, account_id, kind, sealed, made_at, confirmed_at, last_used_at, mark, credential_id, public_key, transports)
  VALUES (p_factor, v_me, 'passkey', p_sealed, now(), now(), now(), p_mark, p_credential_id, p_public_key, p_transports) ON CONFLICT (credential_id) DO NOTHING;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE session s SET level = 'second', proved_at = now() WHERE s.id = p_session;
  RETURN true;
END $$;

-- 'last': a coordinator keeps one. With the last factor of anybody else their recovery codes go.
CREATE OR REPLACE FUNCTION remove_factor(p_factor uuid) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_me uuid := factor_owner(nullif(current_setting('app.session', true), '')::uuid);
  v_mine uuid[];
BEGIN
  -- Locked, so that two that are removed at once are not both „not the last”.
  PERFORM FROM account a WHERE a.id = v_me FOR UPDATE;
  v_mine := ARRAY(SELECT f.id FROM second_factor f WHERE f.account_id = v_me AND f.confirmed_at IS NOT NULL);
  IF p_factor <> ALL (v_mine) THEN RETURN 'missing'; END IF;
  IF cardinality(v_mine) = 1 AND EXISTS (SELECT FROM account a WHERE a.id = v_me AND a.role = 'coordinator') THEN RETURN 'last'; END IF;
  DELETE FROM second_factor f WHERE f.id = p_factor;
  IF cardinality(v_mine) = 1 THEN DELETE FROM recovery_code c WHERE c.account_id = v_me; END IF;
  RETURN 'removed';
END $$;

CREATE OR REPLACE FUNCTION replace_recovery_codes(p_hashes bytea[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_me uuid := factor_owner(nullif(current_setting('app.session', true), '')::uuid);
BEGIN
  DELETE FROM recovery_code c WHERE c.account_id = v_me;
  INSERT INTO recovery_code (hash, account_id, made_at) SELECT h, v_me, now() FROM unnest(p_hashes) h;
END $$;

GRANT EXECUTE ON FUNCTION access_ask_second_step(uuid, text, bytea, bytea, bytea, interval), access_try_second_step(bytea), access_ticket_factors(bytea),
  access_finish_second_step(bytea, uuid, bigint, bytea, uuid, text, bytea, interval, interval), access_try_proof(uuid, bytea), access_session_factors(uuid),
  access_prove(uuid, uuid, bigint, bytea, bytea, bytea), access_confirm_totp(uuid, uuid, bigint, bytea),
  access_add_passkey(uuid, uuid, bigint, bytea, bytea, bytea, text) TO tilts_door;
GRANT EXECUTE ON FUNCTION remove_factor(uuid), replace_recovery_codes(bytea[]) TO tilts_app;
RESET ROLE;
