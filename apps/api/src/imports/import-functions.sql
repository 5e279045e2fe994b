-- What an import needs beyond its caller's rights: to take back what it wrote, and to forget what nobody confirmed. Owned by tilts_resolver.

SET LOCAL ROLE tilts_resolver;

-- Erases what this import of the caller wrote, within a day, and says how many families; null when it may not. A family that anything
-- happened to meanwhile stays whole: what is deleted is exactly what was written, so every later fact that refers to it, of whatever
-- table, breaks the deletion of that one family. The audit names whom it erased.
CREATE OR REPLACE FUNCTION undo_import(p_import uuid, p_request text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_me uuid := caller('mediator');
  v_family record;
  v_removed uuid[] := '{}';
BEGIN
  PERFORM FROM family_import WHERE id = p_import AND account_id = v_me AND undone_at IS NULL AND written_at > now() - interval '24 hours' FOR UPDATE;
  IF NOT FOUND THEN RETURN NULL; END IF;
  FOR v_family IN SELECT o.* FROM family_of_import o WHERE o.import_id = p_import ORDER BY o.family_id LOOP
    -- Whoever writes about the family from here on waits, and then finds it gone.
    PERFORM FROM family f WHERE f.municipality_id = v_family.municipality_id AND f.id = v_family.family_id
      AND f.version = 1 AND f.status = 'active' AND f.last_contact_on IS NULL FOR UPDATE;
    CONTINUE WHEN NOT FOUND;
    -- Which families an import brought is written by the API's login; when their yes was written down nobody can change.
    CONTINUE WHEN NOT EXISTS (SELECT FROM consent c WHERE c.municipality_id = v_family.municipality_id AND c.id = v_family.consent_id AND c.recorded_at > now() - interval '24 hours');
    CONTINUE WHEN EXISTS (SELECT FROM person p WHERE p.municipality_id = v_family.municipality_id AND p.id = ANY (v_family.person_ids) AND p.version > 1)
      OR EXISTS (SELECT FROM draft d WHERE d.family_id = v_family.family_id)
      OR EXISTS (SELECT FROM family_mediator m WHERE m.municipality_id = v_family.municipality_id AND m.family_id = v_family.family_id
                 AND (m.mediator_id <> v_me OR m.reason <> 'made' OR m.ends_on IS NOT NULL))
      OR (SELECT count(*) <> 1 FROM family_identity i WHERE i.identity = v_family.family_id)
      OR (SELECT count(*) <> cardinality(v_family.person_ids) FROM person_identity i WHERE i.identity = ANY (v_family.person_ids));
    BEGIN
      DELETE FROM family_of_import WHERE municipality_id = v_family.municipality_id AND family_id = v_family.family_id;
      DELETE FROM consent WHERE municipality_id = v_family.municipality_id AND id = v_family.consent_id;
      DELETE FROM person_identity WHERE municipality_id = v_family.municipality_id AND person_id = ANY (v_family.person_ids);
      DELETE FROM person WHERE municipality_id = v_family.municipality_id AND id = ANY (v_family.person_ids);
      DELETE FROM family_identity WHERE municipality_id = v_family.municipality_id AND family_id = v_family.family_id;
      DELETE FROM family_mediator WHERE municipality_id = v_family.municipality_id AND family_id = v_family.family_id;
      DELETE FROM family_salt WHERE municipality_id = v_family.municipality_id AND family_id = v_family.family_id;
      DELETE FROM family_stamp WHERE municipality_id = v_family.municipality_id AND family_id = v_family.family_id;
      DELETE FROM family WHERE municipality_id = v_family.municipality_id AND id = v_family.family_id;
      v_removed := v_removed || v_family.family_id;
    EXCEPTION WHEN foreign_key_violation THEN
      NULL; -- Somebody worked with this family: it stays as it is.
    END;
  END LOOP;
  UPDATE family_import SET undone_at = now(), removed = cardinality(v_removed) WHERE id = p_import;
  PERFORM audit('write', p_request, 'erased by POST /imports/{id}/undo', v_removed);
  RETURN cardinality(v_removed);
END $$;

-- Lists that were not confirmed within a day, and what is known of imports that can no longer be taken back.
CREATE OR REPLACE FUNCTION sweep_imports() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM family_import_part p USING family_import i WHERE i.id = p.import_id AND coalesce(i.written_at, i.started_at) < now() - interval '24 hours';
  DELETE FROM family_of_import o USING family_import i WHERE i.id = o.import_id AND i.written_at < now() - interval '24 hours';
  DELETE FROM family_import i WHERE coalesce(i.written_at, i.started_at) < now() - interval '24 hours';
END $$;

GRANT EXECUTE ON FUNCTION undo_import(uuid, text) TO tilts_app;
GRANT EXECUTE ON FUNCTION sweep_imports() TO tilts_door;
RESET ROLE;
