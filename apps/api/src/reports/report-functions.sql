-- What an evaluator may learn: counts, never rows. One function, so that one look tells everything that leaves. It is owned by
-- tilts_resolver, which may read what it counts; small counts are hidden after it (libs/domain/src/reports/suppression.ts).
-- Applied after row-security.sql, in the same transaction.
--
-- The counting rule. A visit counts when it is the current version, not voided, reached somebody, was made as mediator and belongs
-- to the project of that day's assignment. A family is reached by one such visit; a person is assisted by one assistance in such a
-- visit that names them. `identity` is the human family or person: one in all cities and after a merge.
--
-- Who was reached is counted ahead, a sheet for each city, project and month (reach-sheet.entity.ts): distinct people of any months
-- are then found by joining sets instead of sorting a million rows. Whatever changes a visit or an identity marks its sheets as
-- stale, in its own transaction; the next report counts those anew before it answers. counted-plainly.sql says the same without
-- sheets, and a spec compares the two.
SET LOCAL ROLE tilts_resolver;

-- Of visits that a statement wrote or deleted.
CREATE OR REPLACE FUNCTION reach_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- Rows only ever added and taken: two who log a visit in one city and month do not wait for each other.
  INSERT INTO reach_stale (municipality_id, id, project_id, month)
  SELECT c.municipality_id, gen_random_uuid(), c.project_id, c.month
  FROM (SELECT DISTINCT municipality_id, project_id, date_trunc('month', day)::date AS month FROM changed) c;
  RETURN NULL;
END $$;

-- Of visits of which a statement changed something that counts: only sealing them anew, with another key, does not.
CREATE OR REPLACE FUNCTION reach_corrected() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO reach_stale (municipality_id, id, project_id, month)
  SELECT c.municipality_id, gen_random_uuid(), c.project_id, c.month
  FROM (SELECT DISTINCT v.municipality_id, v.project_id, date_trunc('month', v.day)::date AS month
        FROM before b JOIN after a ON a.municipality_id = b.municipality_id AND a.id = b.id
        CROSS JOIN LATERAL (VALUES (b.municipality_id, b.project_id, b.day), (a.municipality_id, a.project_id, a.day)) AS v(municipality_id, project_id, day)
        WHERE (b.current, b.voided, b.day, b.project_id, b.family_id, b.reached, b.capacity, b.channel, b.need_areas, b.minutes)
          IS DISTINCT FROM (a.current, a.voided, a.day, a.project_id, a.family_id, a.reached, a.capacity, a.channel, a.need_areas, a.minutes)) c;
  RETURN NULL;
END $$;

-- Two records became one human family, or one person's: wherever that family was visited, also under its other records.
CREATE OR REPLACE FUNCTION reach_linked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_identities uuid[] := (SELECT array_agg(DISTINCT i) FROM (SELECT identity FROM before EXCEPT ALL SELECT identity FROM after UNION ALL (SELECT identity FROM after EXCEPT ALL SELECT identity FROM before)) AS changed(i));
BEGIN
  IF v_identities IS NULL THEN RETURN NULL; END IF;
  INSERT INTO reach_stale (municipality_id, id, project_id, month)
  SELECT v.municipality_id, gen_random_uuid(), v.project_id, v.month
  FROM (
    SELECT DISTINCT v.municipality_id, v.project_id, date_trunc('month', v.day)::date AS month
    FROM (
      SELECT f.municipality_id, f.family_id FROM family_identity f WHERE TG_TABLE_NAME = 'family_identity' AND f.identity = ANY (v_identities)
      UNION
      SELECT p.municipality_id, p.family_id FROM person_identity i JOIN person p ON p.municipality_id = i.municipality_id AND p.id = i.person_id
      WHERE TG_TABLE_NAME = 'person_identity' AND i.identity = ANY (v_identities)) one
    JOIN visit v ON v.municipality_id = one.municipality_id AND v.family_id = one.family_id) v;
  RETURN NULL;
END $$;

-- Counts one sheet anew. A family that is known in one city only is one bit there, at its number; one that is known in several is
-- named, so that it is counted once in the country. Persons likewise.
CREATE OR REPLACE FUNCTION reach_count(p_municipality uuid, p_project uuid, p_month date) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_families bit varying;
  v_persons bit varying;
BEGIN
  UPDATE family_identity f SET number = n.number
  FROM (SELECT family_id, (SELECT coalesce(max(number), 0) FROM family_identity WHERE municipality_id = p_municipality) + row_number() OVER (ORDER BY family_id) AS number
        FROM family_identity WHERE municipality_id = p_municipality AND number IS NULL) n
  WHERE f.municipality_id = p_municipality AND f.family_id = n.family_id;
  UPDATE person_identity p SET number = n.number
  FROM (SELECT person_id, (SELECT coalesce(max(number), 0) FROM person_identity WHERE municipality_id = p_municipality) + row_number() OVER (ORDER BY person_id) AS number
        FROM person_identity WHERE municipality_id = p_municipality AND number IS NULL) n
  WHERE p.municipality_id = p_municipality AND p.person_id = n.person_id;
  SELECT repeat('0', coalesce(max(number), 0) + 1)::bit varying INTO v_families FROM family_identity WHERE municipality_id = p_municipality;
  SELECT repeat('0', coalesce(max(number), 0) + 1)::bit varying INTO v_persons FROM person_identity WHERE municipality_id = p_municipality;

  DELETE FROM reach_sheet WHERE municipality_id = p_municipality AND project_id = p_project AND month = p_month;
  INSERT INTO reach_sheet (municipality_id, project_id, month, section, row_key, column_key, families, persons, shared_families, shared_persons,
    visits, minutes, not_reached, entered_late)
  WITH family_now AS MATERIALIZED (
    SELECT f.family_id, o.identity AS shared, k.number
    FROM family_identity f
    LEFT JOIN LATERAL (SELECT o.identity FROM family_identity o WHERE o.identity = f.identity AND o.municipality_id <> p_municipality LIMIT 1) o ON true
    LEFT JOIN family_identity k ON o.identity IS NULL AND k.municipality_id = p_municipality AND k.family_id = f.identity
    WHERE f.municipality_id = p_municipality
  ), person_now AS MATERIALIZED (
    SELECT p.person_id, o.identity AS shared, k.number
    FROM person_identity p
    LEFT JOIN LATERAL (SELECT o.identity FROM person_identity o WHERE o.identity = p.identity AND o.municipality_id <> p_municipality LIMIT 1) o ON true
    LEFT JOIN person_identity k ON o.identity IS NULL AND k.municipality_id = p_municipality AND k.person_id = p.identity
    WHERE p.municipality_id = p_municipality
  ), made AS MATERIALIZED (
    SELECT v.id, v.minutes, v.channel, v.need_areas, v.reached, f.number AS family, f.shared AS shared_family,
      -- When it was first written down, whatever was corrected since.
      (SELECT (first.recorded_at AT TIME ZONE 'Europe/Riga')::date FROM visit first
        WHERE first.municipality_id = v.municipality_id AND first.visit_id = v.visit_id AND first.version = 1) > v.day + 7 AS late
    FROM visit v JOIN family_now f ON f.family_id = v.family_id
    WHERE v.municipality_id = p_municipality AND v.project_id = p_project AND v.day >= p_month AND v.day < p_month + interval '1 month'
      AND v.current AND NOT v.voided AND v.capacity = 'mediator'
  ), helped AS MATERIALIZED (
    SELECT c.channel, c.family, c.shared_family, a.need_area, a.kind, p.number AS person, p.shared AS shared_person
    FROM made c
    JOIN assistance a ON a.municipality_id = p_municipality AND a.visit_row_id = c.id
    LEFT JOIN assistance_person n ON n.municipality_id = a.municipality_id AND n.assistance_id = a.id
    LEFT JOIN person_now p ON p.person_id = n.person_id
    WHERE c.reached
  ), cell AS (
    SELECT k.section, k.row_key, '' AS column_key, family, shared_family, NULL::integer AS person, NULL::uuid AS shared_person,
      1 AS visits, minutes, 0 AS not_reached, CASE WHEN late AND k.section = 'all' THEN 1 ELSE 0 END AS entered_late
    FROM made CROSS JOIN LATERAL (VALUES ('all', ''), ('channel', channel)) AS k(section, row_key) WHERE reached
    UNION ALL
    SELECT 'need', need, '', family, shared_family, NULL, NULL, 0, 0, 0, 0 FROM made CROSS JOIN LATERAL unnest(need_areas) AS need WHERE reached
    UNION ALL
    SELECT k.section, k.row_key, '', NULL, NULL, person, shared_person, 0, 0, 0, 0
    FROM helped CROSS JOIN LATERAL (VALUES ('all', ''), ('channel', channel), ('need', need_area)) AS k(section, row_key)
    UNION ALL
    SELECT 'help', need_area, kind, family, shared_family, person, shared_person, 0, 0, 0, 0 FROM helped
    UNION ALL
    SELECT 'all', '', '', NULL, NULL, NULL, NULL, 0, 0, 1, 0 FROM made WHERE NOT reached
  )
  SELECT p_municipality, p_project, p_month, section, row_key, column_key,
    coalesce(bit_or(set_bit(v_families, family, 1)) FILTER (WHERE family IS NOT NULL), v_families),
    coalesce(bit_or(set_bit(v_persons, person, 1)) FILTER (WHERE person IS NOT NULL), v_persons),
    coalesce(array_agg(DISTINCT shared_family) FILTER (WHERE shared_family IS NOT NULL), '{}'),
    coalesce(array_agg(DISTINCT shared_person) FILTER (WHERE shared_person IS NOT NULL), '{}'),
    sum(visits), sum(minutes), sum(not_reached), sum(entered_late)
  FROM cell GROUP BY section, row_key, column_key;
END $$;

-- Counts the stale sheets of these months. Marks that come meanwhile stay for the next report.
CREATE OR REPLACE FUNCTION reach_refresh(p_project uuid, p_from date, p_to date) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_cities uuid[];
  v_months date[];
BEGIN
  IF NOT EXISTS (SELECT FROM reach_stale s WHERE s.project_id = p_project AND s.month BETWEEN p_from AND p_to) THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('reach sheets', 0));
  WITH taken AS (DELETE FROM reach_stale s WHERE s.project_id = p_project AND s.month BETWEEN p_from AND p_to RETURNING s.municipality_id, s.month),
    sheets AS (SELECT DISTINCT municipality_id, month FROM taken)
  SELECT array_agg(municipality_id), array_agg(month) INTO v_cities, v_months FROM sheets;
  FOR i IN 1 .. coalesce(cardinality(v_cities), 0) LOOP PERFORM reach_count(v_cities[i], p_project, v_months[i]); END LOOP;
END $$;

CREATE OR REPLACE FUNCTION report_figures(p_project uuid, p_from date, p_to date, p_working_days date[], p_moved_working_days date[])
RETURNS TABLE (section text, row_key text, column_key text, measure text, value bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_from timestamptz := p_from::timestamp AT TIME ZONE 'Europe/Riga';
  v_until timestamptz := (p_to + 1)::timestamp AT TIME ZONE 'Europe/Riga';
BEGIN
  IF caller('evaluator') IS NULL THEN
    RAISE EXCEPTION 'only an evaluator counts' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM reach_refresh(p_project, p_from, p_to);
  RETURN QUERY
  WITH longest AS MATERIALIZED (
    -- Sheets are as long as there were families when they were counted.
    SELECT m.id AS municipality_id, (SELECT coalesce(max(number), 0) + 1 FROM family_identity WHERE municipality_id = m.id) AS families,
      (SELECT coalesce(max(number), 0) + 1 FROM person_identity WHERE municipality_id = m.id) AS persons
    FROM municipality m
  ), keyed AS (
    SELECT k.section, k.row_key, s.column_key, s.municipality_id, s.visits, s.minutes, s.shared_families, s.shared_persons,
      CASE WHEN length(s.families) = l.families THEN s.families ELSE s.families || repeat('0', l.families - length(s.families))::bit varying END AS families,
      CASE WHEN length(s.persons) = l.persons THEN s.persons ELSE s.persons || repeat('0', l.persons - length(s.persons))::bit varying END AS persons
    FROM reach_sheet s JOIN longest l ON l.municipality_id = s.municipality_id
    CROSS JOIN LATERAL (
      SELECT s.section, s.row_key WHERE s.section <> 'all'
      UNION ALL
      SELECT e.section, e.row_key FROM (VALUES ('total', ''), ('municipality', s.municipality_id::text), ('month', to_char(s.month, 'YYYY-MM'))) AS e(section, row_key)
      WHERE s.section = 'all' AND s.visits > 0) AS k
    WHERE s.project_id = p_project AND s.month BETWEEN p_from AND p_to
  ), reached AS (
    SELECT section, row_key, column_key, sum(families)::bigint AS families, sum(persons)::bigint AS persons, sum(visits)::bigint AS visits, sum(minutes)::bigint AS minutes
    FROM (
      SELECT section, row_key, column_key, bit_count(bit_or(families)) AS families, bit_count(bit_or(persons)) AS persons, sum(visits) AS visits, sum(minutes) AS minutes
      FROM keyed GROUP BY section, row_key, column_key, municipality_id
      UNION ALL
      SELECT section, row_key, column_key, count(DISTINCT family), 0, 0, 0 FROM keyed CROSS JOIN LATERAL unnest(shared_families) AS family GROUP BY section, row_key, column_key
      UNION ALL
      SELECT section, row_key, column_key, 0, count(DISTINCT person), 0, 0 FROM keyed CROSS JOIN LATERAL unnest(shared_persons) AS person GROUP BY section, row_key, column_key) part
    GROUP BY section, row_key, column_key
  ), assigned AS (
    SELECT municipality_id, mediator_id FROM assignment
    WHERE project_id = p_project AND starts_on <= p_to AND coalesce(ends_on, 'infinity') >= p_from
  ), achieved AS (
    SELECT o.type, f.identity AS family
    FROM outcome o
    JOIN family_identity f ON f.municipality_id = o.municipality_id AND f.family_id = o.family_id
    WHERE o.project_id = p_project AND o.day BETWEEN p_from AND p_to AND o.voids IS NULL
      AND NOT EXISTS (SELECT FROM outcome later WHERE later.municipality_id = o.municipality_id AND later.voids = o.id)
  ), sent AS MATERIALIZED (
    -- A referral belongs to the project in which its sender worked there on the day it was sent. Days are turned into moments once, here,
    -- instead of each referral's moments into days.
    SELECT r.municipality_id, r.id, r.status, r.received_at, r.answered_at, r.institution_id,
      (r.sent_at AT TIME ZONE 'Europe/Riga')::date AS sent_on, (r.answered_at AT TIME ZONE 'Europe/Riga')::date AS answered_on
    FROM referral r
    WHERE r.sent_at >= v_from AND r.sent_at < v_until
      AND EXISTS (
        SELECT FROM (SELECT mediator_id, municipality_id, starts_on::timestamp AT TIME ZONE 'Europe/Riga' AS starts_at,
            coalesce((ends_on + 1)::timestamp AT TIME ZONE 'Europe/Riga', 'infinity') AS ends_at
          FROM assignment WHERE project_id = p_project OFFSET 0) a
        WHERE a.mediator_id = r.created_by AND a.municipality_id = r.municipality_id AND r.sent_at >= a.starts_at AND r.sent_at < a.ends_at)
  ), calendar AS MATERIALIZED (
    -- How many working days there were up to a day. Moved working days bind some institutions only, so there are two counts.
    SELECT d.day, count(plain) OVER (ORDER BY d.day) AS plain, count(moved) OVER (ORDER BY d.day) AS moved
    FROM (SELECT generate_series(p_from, greatest(riga_today(), p_to), interval '1 day')::date AS day) d
    LEFT JOIN unnest(p_working_days) AS plain ON plain = d.day LEFT JOIN unnest(p_moved_working_days) AS moved ON moved = d.day
  ), ended AS MATERIALIZED (
    -- Each one in exactly one of accepted, declined, withdrawn and unanswered.
    SELECT s.status, s.received_at, s.answered_at, s.answered_on, CASE
        WHEN s.status IN ('declined', 'withdrawn') THEN s.status
        WHEN s.status IN ('accepted', 'inProgress', 'completed') THEN 'accepted'
        WHEN s.status = 'moreInfoNeeded' AND EXISTS (SELECT FROM referral_event e WHERE e.municipality_id = s.municipality_id AND e.referral_id = s.id
          AND e.status IN ('accepted', 'inProgress', 'completed')) THEN 'accepted'
        ELSE 'unanswered' END AS ending,
      CASE WHEN i.follows_moved_days THEN answered.moved - asked.moved ELSE answered.plain - asked.plain END AS days
    FROM sent s JOIN institution i ON i.id = s.institution_id
    LEFT JOIN calendar asked ON asked.day = s.sent_on LEFT JOIN calendar answered ON answered.day = s.answered_on
  )
  SELECT r.section, r.row_key, r.column_key, m.measure, m.value
  FROM reached r
  CROSS JOIN LATERAL (VALUES ('familiesReached', r.families), ('personsAssisted', r.persons), ('visits', r.visits), ('minutes', r.minutes)) AS m(measure, value)
  WHERE m.measure IN ('familiesReached', 'personsAssisted') OR r.section NOT IN ('need', 'help')
  UNION ALL
  SELECT 'total', '', '', 'mediators', count(DISTINCT mediator_id) FROM assigned
  UNION ALL
  SELECT 'municipality', municipality_id::text, '', 'mediators', count(DISTINCT mediator_id) FROM assigned GROUP BY municipality_id
  UNION ALL
  SELECT 'total', '', '', 'helpedWithoutRecord', count(*) FROM unrecorded_help WHERE project_id = p_project AND day BETWEEN p_from AND p_to
  UNION ALL
  SELECT 'outcome', s.type, '', m.measure, m.value
  FROM (SELECT type, count(DISTINCT family) AS families, count(*) AS achieved FROM achieved GROUP BY type) s
  CROSS JOIN LATERAL (VALUES ('families', s.families), ('count', s.achieved)) AS m(measure, value)
  UNION ALL
  SELECT 'referrals', '', '', m.measure, m.value
  FROM (
    SELECT count(*) AS sent, count(*) FILTER (WHERE received_at IS NOT NULL OR answered_at IS NOT NULL) AS received,
      count(*) FILTER (WHERE ending = 'accepted') AS accepted, count(*) FILTER (WHERE status = 'completed') AS completed,
      count(*) FILTER (WHERE ending = 'declined') AS declined, count(*) FILTER (WHERE ending = 'withdrawn') AS withdrawn,
      count(*) FILTER (WHERE ending = 'unanswered') AS unanswered,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE answered_on IS NOT NULL) AS median
    FROM ended) s
  CROSS JOIN LATERAL (VALUES ('sent', s.sent), ('received', s.received), ('accepted', s.accepted), ('completed', s.completed), ('declined', s.declined),
    ('withdrawn', s.withdrawn), ('unanswered', s.unanswered), ('medianDaysToAnswer', s.median)) AS m(measure, value)
  UNION ALL
  SELECT 'trust', '', '', m.measure, m.value
  FROM (SELECT coalesce(sum(not_reached), 0) AS not_reached, coalesce(sum(entered_late), 0) AS entered_late FROM reach_sheet
        WHERE project_id = p_project AND month BETWEEN p_from AND p_to AND section = 'all') s
  CROSS JOIN LATERAL (VALUES ('visitsNotReached', s.not_reached), ('enteredLate', s.entered_late)) AS m(measure, value);
END $$;

REVOKE ALL ON FUNCTION reach_changed(), reach_corrected(), reach_linked(), reach_count(uuid, uuid, date), reach_refresh(uuid, date, date),
  report_figures(uuid, date, date, date[], date[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION report_figures(uuid, date, date, date[], date[]) TO tilts_read;
GRANT EXECUTE ON FUNCTION reach_changed(), reach_corrected(), reach_linked() TO SESSION_USER;
RESET ROLE;

GRANT INSERT, DELETE ON reach_stale, reach_sheet TO tilts_resolver;
CREATE OR REPLACE TRIGGER reach_inserted AFTER INSERT ON visit REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION reach_changed();
CREATE OR REPLACE TRIGGER reach_updated AFTER UPDATE ON visit REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION reach_corrected();
CREATE OR REPLACE TRIGGER reach_deleted AFTER DELETE ON visit REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION reach_changed();
CREATE OR REPLACE TRIGGER reach_linked AFTER UPDATE ON family_identity REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION reach_linked();
CREATE OR REPLACE TRIGGER reach_linked AFTER UPDATE ON person_identity REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION reach_linked();
