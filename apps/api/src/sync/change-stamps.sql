-- Which families changed, for phones that hold them. A stamp is the id of the last transaction that touched anything of a family that a
-- phone shows; phones compare stamps, so every change gives another one. Owned by tilts_resolver, since a receiver who answers a referral
-- stamps a family that they may not see.

SET LOCAL ROLE tilts_resolver;

CREATE OR REPLACE FUNCTION stamp_family() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'family' THEN
    INSERT INTO family_stamp AS s (municipality_id, family_id, changed_in)
    SELECT c.municipality_id, c.id, pg_current_xact_id()::text::bigint FROM changed c ORDER BY 1, 2
    ON CONFLICT (municipality_id, family_id) DO UPDATE SET changed_in = EXCLUDED.changed_in WHERE s.changed_in <> EXCLUDED.changed_in;
  ELSE
    INSERT INTO family_stamp AS s (municipality_id, family_id, changed_in)
    SELECT DISTINCT c.municipality_id, c.family_id, pg_current_xact_id()::text::bigint FROM changed c ORDER BY 1, 2
    ON CONFLICT (municipality_id, family_id) DO UPDATE SET changed_in = EXCLUDED.changed_in WHERE s.changed_in <> EXCLUDED.changed_in;
  END IF;
  RETURN NULL;
END $$;

-- Receipts tell a phone that comes back what became of its commands; a phone keeps its own for a month and sends no older ones.
CREATE OR REPLACE FUNCTION sweep_receipts() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_before timestamptz := now() - interval '400 days';
  v_swept integer;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('sweep receipts', 0)) THEN RETURN 0; END IF;
  DELETE FROM receipt r WHERE r.at < v_before;
  GET DIAGNOSTICS v_swept = ROW_COUNT;
  DELETE FROM device d WHERE d.last_contact_at < v_before AND NOT EXISTS (SELECT FROM receipt r WHERE r.device_id = d.id);
  RETURN v_swept;
END $$;

GRANT EXECUTE ON FUNCTION stamp_family() TO SESSION_USER;
GRANT EXECUTE ON FUNCTION sweep_receipts() TO tilts_door;
RESET ROLE;

-- Visits and referrals carry their parts with them: visit_person, assistance and assistance_person are written with a visit, and never else.
DO $$
DECLARE t regclass;
BEGIN
  FOREACH t IN ARRAY '{family,person,consent,outcome,visit,next_step_done,referral,referral_snapshot,referral_reference,referral_event,referral_message}'::regclass[] LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER stamp_inserted AFTER INSERT ON %s REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stamp_family()', t);
    EXECUTE format('CREATE OR REPLACE TRIGGER stamp_updated AFTER UPDATE ON %s REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stamp_family()', t);
    CONTINUE WHEN t = 'family'::regclass;
    EXECUTE format('CREATE OR REPLACE TRIGGER stamp_deleted AFTER DELETE ON %s REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stamp_family()', t);
  END LOOP;
END $$;
