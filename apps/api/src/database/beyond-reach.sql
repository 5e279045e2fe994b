-- What must see or write more than its caller may, each function one thing. Owned by tilts_resolver; applied after row-security.sql.

SET LOCAL ROLE tilts_resolver;

-- The audit row, in the transaction of what it tells of. Who it was is read from the session, never taken from the caller; also
-- of a session that ends in this very transaction (signing out). Without a row the transaction fails.
CREATE OR REPLACE FUNCTION audit(p_kind text, p_request text, p_operation text, p_subjects uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO audit_event (id, at, request_id, session_id, account_id, role, operation, kind, subject_ids)
  SELECT gen_random_uuid(), clock_timestamp(), p_request, s.id, a.id, a.role, p_operation, p_kind, p_subjects
  FROM session s JOIN account a ON a.id = s.account_id WHERE s.id = current_setting('app.session')::uuid;
  IF NOT FOUND THEN RAISE EXCEPTION 'Tilts: nobody to write into the audit' USING ERRCODE = '42501'; END IF;
END $$;
CREATE OR REPLACE FUNCTION audit_read(p_request text, p_operation text, p_subjects uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$ BEGIN PERFORM audit('read', p_request, p_operation, p_subjects); END $$;
CREATE OR REPLACE FUNCTION audit_write(p_request text, p_operation text, p_subjects uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$ BEGIN PERFORM audit('write', p_request, p_operation, p_subjects); END $$;
GRANT EXECUTE ON FUNCTION audit_read(text, text, uuid[]) TO tilts_app, tilts_read;
GRANT EXECUTE ON FUNCTION audit_write(text, text, uuid[]) TO tilts_app;

-- Numbers run through a municipality, also through families that the caller does not see. One caller at a time.
CREATE OR REPLACE FUNCTION next_family_code(p_municipality uuid) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF p_municipality <> ALL (work_municipalities()) THEN RETURN NULL; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('family code ' || p_municipality, 0));
  RETURN (SELECT m.family_prefix || '-' || to_char(1 + coalesce(max(substring(f.code FROM '[0-9]+$')::integer), 0), 'FM9990000')
          FROM municipality m LEFT JOIN family f ON f.municipality_id = m.id WHERE m.id = p_municipality GROUP BY m.family_prefix);
END $$;
CREATE OR REPLACE FUNCTION next_referral_number(p_municipality uuid, p_year integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF p_municipality <> ALL (reach_municipalities()) THEN RETURN NULL; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('referral number ' || p_municipality || p_year, 0));
  RETURN (SELECT 1 + coalesce(max(substring(r.number FROM '[0-9]+$')::integer), 0)
          FROM referral r WHERE r.municipality_id = p_municipality AND starts_with(r.number, p_year || '-'));
END $$;

-- Whom a step of a referral is told to; the two sides may not read each other's reach. Nobody, for who cannot see the referral.
CREATE OR REPLACE FUNCTION referral_audience(p_municipality uuid, p_referral uuid, p_side text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH seen AS (
    SELECT r.* FROM referral r WHERE r.municipality_id = p_municipality AND r.id = p_referral
      AND (r.family_id = ANY (reach_families()) OR (r.institution_id = caller_institution() AND r.sent_at IS NOT NULL)))
  SELECT a.id FROM seen JOIN account a ON a.institution_id = seen.institution_id AND a.ended_at IS NULL AND a.id = coalesce(seen.taken_by, a.id) WHERE p_side = 'receiver'
  UNION
  SELECT f.mediator_id FROM seen JOIN family_mediator f ON f.municipality_id = seen.municipality_id AND f.family_id = seen.family_id
  WHERE p_side = 'sender' AND f.starts_on <= riga_today() AND (f.ends_on IS NULL OR f.ends_on >= riga_today())
$$;
GRANT EXECUTE ON FUNCTION next_family_code(uuid), next_referral_number(uuid, integer), referral_audience(uuid, uuid, text) TO tilts_app;

-- What a coordinator must know before changing the registry: counts, never rows. Nothing for anybody else.
CREATE OR REPLACE FUNCTION families_registered(p_municipality uuid) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF caller('coordinator') IS NULL THEN RETURN NULL; END IF;
  RETURN (SELECT count(*) FROM family f WHERE f.municipality_id = p_municipality);
END $$;

-- Recorded work of a project outside of these days.
CREATE OR REPLACE FUNCTION project_work_outside(p_project uuid, p_from date, p_to date) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF caller('coordinator') IS NULL THEN RETURN NULL; END IF;
  RETURN (SELECT count(*) FROM visit v WHERE v.project_id = p_project AND v.current AND NOT v.voided AND (v.day < p_from OR v.day > p_to))
       + (SELECT count(*) FROM outcome o WHERE o.project_id = p_project AND (o.day < p_from OR o.day > p_to))
       + (SELECT count(*) FROM unrecorded_help u WHERE u.project_id = p_project AND (u.day < p_from OR u.day > p_to));
END $$;

-- Work that was recorded by an assignment and would lie outside of it with these days; not what another assignment of theirs there
-- holds. The report counts mediators and sent referrals by assignments, so it would lose them.
CREATE OR REPLACE FUNCTION assignment_work_outside(p_assignment uuid, p_from date, p_to date) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF caller('coordinator') IS NULL THEN RETURN NULL; END IF;
  RETURN (
    SELECT count(*) FROM assignment a
    CROSS JOIN LATERAL (
      SELECT v.day FROM visit v WHERE v.municipality_id = a.municipality_id AND v.project_id = a.project_id AND v.recorded_by = a.mediator_id AND v.current AND NOT v.voided
      UNION ALL
      SELECT o.day FROM outcome o WHERE o.municipality_id = a.municipality_id AND o.project_id = a.project_id AND o.recorded_by = a.mediator_id AND o.voids IS NULL
        AND NOT EXISTS (SELECT FROM outcome later WHERE later.municipality_id = o.municipality_id AND later.voids = o.id)
      UNION ALL
      SELECT u.day FROM unrecorded_help u WHERE u.municipality_id = a.municipality_id AND u.project_id = a.project_id AND u.mediator_id = a.mediator_id
      UNION ALL
      SELECT (r.sent_at AT TIME ZONE 'Europe/Riga')::date FROM referral r WHERE r.municipality_id = a.municipality_id AND r.created_by = a.mediator_id AND r.sent_at IS NOT NULL) AS work(day)
    WHERE a.id = p_assignment AND work.day BETWEEN a.starts_on AND coalesce(a.ends_on, 'infinity') AND (work.day < p_from OR work.day > p_to)
      AND NOT EXISTS (SELECT FROM assignment other WHERE other.id <> a.id AND other.mediator_id = a.mediator_id AND other.municipality_id = a.municipality_id
        AND other.project_id = a.project_id AND work.day BETWEEN other.starts_on AND coalesce(other.ends_on, 'infinity')));
END $$;

-- Open families that a mediator still has in a municipality after the last day on which they work there; 0 as long as they work there.
CREATE OR REPLACE FUNCTION families_left(p_mediator uuid, p_municipality uuid, p_after date) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF caller('coordinator') IS NULL THEN RETURN NULL; END IF;
  IF EXISTS (SELECT FROM assignment a WHERE a.mediator_id = p_mediator AND a.municipality_id = p_municipality AND (a.ends_on IS NULL OR a.ends_on > p_after)) THEN RETURN 0; END IF;
  RETURN (SELECT count(DISTINCT r.family_id) FROM family_mediator r JOIN family f ON f.municipality_id = r.municipality_id AND f.id = r.family_id
          WHERE r.mediator_id = p_mediator AND r.municipality_id = p_municipality AND (r.ends_on IS NULL OR r.ends_on > p_after) AND f.status <> 'closed');
END $$;
GRANT EXECUTE ON FUNCTION families_registered(uuid), project_work_outside(uuid, date, date), assignment_work_outside(uuid, date, date), families_left(uuid, uuid, date) TO tilts_app;

-- A new family is its maker's from today (an old one of a migration: from its day), and a human family of its own until told otherwise.
CREATE OR REPLACE FUNCTION family_made() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- Reach is asked by id: the id of a family in another city would open that one too.
  IF EXISTS (SELECT FROM family f WHERE f.id = NEW.id AND f.municipality_id <> NEW.municipality_id) THEN
    RAISE unique_violation USING MESSAGE = 'the id of this family is taken';
  END IF;
  -- Shared until the end: the account cannot end meanwhile and leave a family behind that nobody has (end_account).
  PERFORM FROM account a WHERE a.id = NEW.created_by AND a.role = 'mediator' AND a.ended_at IS NULL FOR SHARE;
  IF NOT FOUND THEN RAISE EXCEPTION 'Tilts: the session is over' USING ERRCODE = '42501'; END IF;
  INSERT INTO family_mediator (municipality_id, id, family_id, mediator_id, starts_on, reason)
  VALUES (NEW.municipality_id, gen_random_uuid(), NEW.id, NEW.created_by, least(NEW.opened_on, riga_today()), 'made');
  INSERT INTO family_identity (municipality_id, family_id, identity) VALUES (NEW.municipality_id, NEW.id, NEW.id);
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION person_made() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO person_identity (municipality_id, person_id, identity) VALUES (NEW.municipality_id, NEW.id, NEW.id);
  RETURN NULL;
END $$;

-- The coordinator gives families of one mediator in one municipality to another (all, when p_families is null): from that day on they
-- are theirs, and the one before loses them at the end of the day before. Whoever stands in for a while goes on. Answers with a word
-- where something stands against it, and with the families; two at once cannot give one family away twice.
DROP FUNCTION IF EXISTS hand_over(uuid, uuid, uuid, date);
CREATE OR REPLACE FUNCTION hand_over(p_from uuid, p_municipality uuid, p_to uuid, p_on date, p_families uuid[]) RETURNS TABLE (outcome text, families uuid[])
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_given uuid[];
BEGIN
  IF proved_caller('coordinator') IS NULL THEN RAISE EXCEPTION 'Tilts: only a coordinator who proved themselves may do this' USING ERRCODE = '42501'; END IF;
  -- What was is not changed: who reached a family on a day that is over stays known.
  IF p_on < riga_today() THEN RAISE EXCEPTION 'a hand-over begins today or later'; END IF;
  -- Shared until the end, so that the receiver's account cannot end meanwhile (end_account).
  PERFORM FROM account a WHERE a.id = p_to AND a.id <> p_from AND a.role = 'mediator' AND a.ended_at IS NULL FOR SHARE;
  IF NOT FOUND OR NOT EXISTS (SELECT FROM assignment w WHERE w.mediator_id = p_to AND w.municipality_id = p_municipality AND w.starts_on <= p_on AND (w.ends_on IS NULL OR w.ends_on >= p_on)) THEN
    RETURN QUERY SELECT 'notAssigned', NULL::uuid[];
    RETURN;
  END IF;
  WITH given AS (
    SELECT r.id, r.family_id, r.starts_on, r.ends_on FROM family_mediator r
    WHERE r.municipality_id = p_municipality AND r.mediator_id = p_from AND r.reason <> 'cover' AND (r.ends_on IS NULL OR r.ends_on >= greatest(p_on, r.starts_on))
      AND (p_families IS NULL OR r.family_id = ANY (p_families))
    FOR UPDATE
  ), ended AS (
    UPDATE family_mediator r SET ends_on = greatest(p_on, g.starts_on) - 1 FROM given g WHERE r.municipality_id = p_municipality AND r.id = g.id
  ), taken AS (
    -- Until the day on which it was theirs: from then on somebody else has it already, to whom it was handed over before.
    INSERT INTO family_mediator (municipality_id, id, family_id, mediator_id, starts_on, ends_on, reason)
    SELECT p_municipality, gen_random_uuid(), g.family_id, p_to, greatest(p_on, g.starts_on), g.ends_on, 'handedOver' FROM given g
    RETURNING family_id
  ) SELECT coalesce(array_agg(DISTINCT t.family_id), '{}') INTO v_given FROM taken t;
  RETURN QUERY SELECT CASE WHEN cardinality(v_given) = 0 THEN 'nothing' WHEN v_given @> p_families OR p_families IS NULL THEN 'done' ELSE 'changedMeanwhile' END, v_given;
END $$;
GRANT EXECUTE ON FUNCTION hand_over(uuid, uuid, uuid, date, uuid[]) TO tilts_app;

-- The rules below have no operation yet: only the owner runs them. Whoever serves one grants it and checks the caller here.

-- Somebody else has the family too, from one day to another.
CREATE OR REPLACE FUNCTION cover(p_municipality uuid, p_family uuid, p_by uuid, p_from date, p_to date) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO family_mediator (municipality_id, id, family_id, mediator_id, starts_on, ends_on, reason)
  VALUES (p_municipality, gen_random_uuid(), p_family, p_by, p_from, p_to, 'cover')
$$;

-- Two records of one human family: both ids stay, they count once, and no new visit goes to the second.
CREATE OR REPLACE FUNCTION merge_families(p_municipality uuid, p_kept uuid, p_merged uuid, p_on date) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_kept uuid := (SELECT identity FROM family_identity WHERE municipality_id = p_municipality AND family_id = p_kept);
  v_merged uuid := (SELECT identity FROM family_identity WHERE municipality_id = p_municipality AND family_id = p_merged);
BEGIN
  IF v_kept IS NULL OR v_merged IS NULL THEN RAISE EXCEPTION 'no such families in this municipality'; END IF;
  UPDATE family_identity SET identity = v_kept WHERE identity = v_merged;
  UPDATE family SET status = 'closed', close_reason = 'other', closed_on = p_on, version = version + 1
  WHERE municipality_id = p_municipality AND id = p_merged AND status <> 'closed';
END $$;
CREATE OR REPLACE FUNCTION merge_persons(p_municipality uuid, p_kept uuid, p_merged uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_kept uuid := (SELECT identity FROM person_identity WHERE municipality_id = p_municipality AND person_id = p_kept);
  v_merged uuid := (SELECT identity FROM person_identity WHERE municipality_id = p_municipality AND person_id = p_merged);
BEGIN
  IF v_kept IS NULL OR v_merged IS NULL THEN RAISE EXCEPTION 'no such persons in this municipality'; END IF;
  UPDATE person_identity SET identity = v_kept WHERE identity = v_merged;
END $$;

-- A family that moved: registered anew (own keys, own yes) in the new city, closed in the old one, one human family nationally.
-- p_persons pairs ids {old,new}. Sealed words do not travel: only a family that agrees has them sealed anew by the API.
CREATE OR REPLACE FUNCTION move_family(p_from uuid, p_old uuid, p_to uuid, p_new uuid, p_persons uuid[][], p_on date) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_identity uuid := (SELECT identity FROM family_identity WHERE municipality_id = p_from AND family_id = p_old);
  v_pair uuid[];
BEGIN
  IF v_identity IS NULL THEN RAISE EXCEPTION 'no such family in the municipality that it leaves'; END IF;
  UPDATE family_identity SET identity = v_identity WHERE municipality_id = p_to AND family_id = p_new;
  IF NOT FOUND THEN RAISE EXCEPTION 'the family is not registered where it moves to'; END IF;
  FOREACH v_pair SLICE 1 IN ARRAY p_persons LOOP
    UPDATE person_identity n SET identity = o.identity FROM person_identity o
    WHERE o.municipality_id = p_from AND o.person_id = v_pair[1] AND n.municipality_id = p_to AND n.person_id = v_pair[2];
  END LOOP;
  UPDATE family SET status = 'closed', close_reason = 'moved', closed_on = p_on, version = version + 1
  WHERE municipality_id = p_from AND id = p_old AND status <> 'closed';
END $$;

GRANT EXECUTE ON FUNCTION family_made(), person_made(), cover(uuid, uuid, uuid, date, date),
  merge_families(uuid, uuid, uuid, date), merge_persons(uuid, uuid, uuid), move_family(uuid, uuid, uuid, uuid, uuid[][], date) TO SESSION_USER;
RESET ROLE;

CREATE OR REPLACE TRIGGER family_made AFTER INSERT ON family FOR EACH ROW EXECUTE FUNCTION family_made();
CREATE OR REPLACE TRIGGER person_made AFTER INSERT ON person FOR EACH ROW EXECUTE FUNCTION person_made();
