-- What this database is, for the process that asks itself whether it fits (readiness.ts): the steps of its schema, and by which
-- values it recognises its keys. Whoever holds a key can compute its value, and nobody the key from the value.

GRANT SELECT ON migration, key_check TO tilts_resolver;
SET LOCAL ROLE tilts_resolver;

CREATE OR REPLACE FUNCTION installation_state() RETURNS TABLE (steps text[], keys jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT (SELECT coalesce(array_agg(m.name::text), '{}') FROM migration m),
    (SELECT coalesce(jsonb_object_agg(k.id, encode(k.value, 'hex')), '{}') FROM key_check k);
END $$;

GRANT EXECUTE ON FUNCTION installation_state() TO tilts_door;
RESET ROLE;
