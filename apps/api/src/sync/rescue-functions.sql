-- Rescue files, as the coordinator who loads one may know them: how much, and of which days. What is in them goes past the coordinator,
-- sealed, to a phone of the person who wrote it.

SET LOCAL ROLE tilts_resolver;

-- Keeps what a file brought. What the office has by its receipts, and what waits already, is passed over; a draft that was typed on since
-- takes the place of the older one.
CREATE OR REPLACE FUNCTION keep_rescued(p_account uuid, p_device uuid, p_ids uuid[], p_things uuid[], p_kinds text[], p_made_at timestamptz[], p_hashes bytea[], p_sealed bytea[])
RETURNS TABLE (at_office integer, added integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_had uuid[];
BEGIN
  PERFORM calling_coordinator();
  v_had := (SELECT coalesce(array_agg(DISTINCT t.thing), '{}') FROM unnest(p_things, p_hashes) AS t (thing, hash)
    JOIN receipt r ON r.account_id = p_account AND r.command_id = t.thing AND r.hash = t.hash AND r.outcome = 'applied');
  at_office := cardinality(v_had);
  INSERT INTO rescued_work AS w (id, account_id, thing_id, kind, device_id, place, made_at, loaded_at, sealed)
  SELECT t.id, p_account, t.thing, t.kind, p_device, t.place, t.made_at, now(), t.sealed
  FROM unnest(p_ids, p_things, p_kinds, p_made_at, p_sealed) WITH ORDINALITY AS t (id, thing, kind, made_at, sealed, place)
  WHERE t.thing <> ALL (v_had)
  -- The seal belongs to the row by its id.
  ON CONFLICT (account_id, thing_id) DO UPDATE SET id = EXCLUDED.id, made_at = EXCLUDED.made_at, loaded_at = EXCLUDED.loaded_at, sealed = EXCLUDED.sealed
    WHERE w.kind = 'draft' AND EXCLUDED.kind = 'draft' AND w.made_at < EXCLUDED.made_at;
  GET DIAGNOSTICS added = ROW_COUNT;
  RETURN NEXT;
END $$;

CREATE OR REPLACE FUNCTION rescued_standing(p_account uuid) RETURNS TABLE (things integer, drafts integer, from_at timestamptz, to_at timestamptz, loaded_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM calling_coordinator();
  RETURN QUERY SELECT count(*) FILTER (WHERE w.kind = 'command')::integer, count(*) FILTER (WHERE w.kind = 'draft')::integer,
    min(w.made_at)::timestamptz, max(w.made_at)::timestamptz, max(w.loaded_at)::timestamptz
    FROM rescued_work w WHERE w.account_id = p_account;
END $$;

GRANT EXECUTE ON FUNCTION keep_rescued(uuid, uuid, uuid[], uuid[], text[], timestamptz[], bytea[], bytea[]) TO tilts_app;
GRANT EXECUTE ON FUNCTION rescued_standing(uuid) TO tilts_app, tilts_read;
RESET ROLE;
