-- The report counted from the rows themselves, as the counting rule says it and without anything counted ahead: slow, and easy to
-- believe. reach-sheets.spec.ts compares it with report_figures.
CREATE OR REPLACE FUNCTION counted_plainly(p_project uuid, p_from date, p_to date, p_working_days date[], p_moved_working_days date[])
RETURNS TABLE (section text, row_key text, column_key text, measure text, value bigint)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH made AS MATERIALIZED (
    SELECT v.municipality_id, v.id, v.visit_id, v.day, v.minutes, v.channel, v.need_areas, v.reached, f.identity AS family
    FROM visit v
    JOIN family_identity f ON f.municipality_id = v.municipality_id AND f.family_id = v.family_id
    WHERE v.project_id = p_project AND v.day BETWEEN p_from AND p_to AND v.current AND NOT v.voided AND v.capacity = 'mediator'
  ), counted AS MATERIALIZED (
    SELECT * FROM made WHERE reached
  ), helped AS MATERIALIZED (
    SELECT c.municipality_id, c.day, c.channel, c.family, a.need_area, a.kind, p.identity AS person
    FROM counted c
    JOIN assistance a ON a.municipality_id = c.municipality_id AND a.visit_row_id = c.id
    LEFT JOIN assistance_person n ON n.municipality_id = a.municipality_id AND n.assistance_id = a.id
    LEFT JOIN person_identity p ON p.municipality_id = n.municipality_id AND p.person_id = n.person_id
  ), assigned AS (
    SELECT municipality_id, mediator_id FROM assignment
    WHERE project_id = p_project AND starts_on <= p_to AND coalesce(ends_on, 'infinity') >= p_from
  ), achieved AS (
    SELECT o.type, f.identity AS family
    FROM outcome o
    JOIN family_identity f ON f.municipality_id = o.municipality_id AND f.family_id = o.family_id
    WHERE o.project_id = p_project AND o.day BETWEEN p_from AND p_to AND o.voids IS NULL
      AND NOT EXISTS (SELECT FROM outcome later WHERE later.municipality_id = o.municipality_id AND later.voids = o.id)
  ), sent AS (
    -- A referral belongs to the project in which its sender worked there on the day it was sent.
    SELECT r.*, (r.sent_at AT TIME ZONE 'Europe/Riga')::date AS sent_on, (r.answered_at AT TIME ZONE 'Europe/Riga')::date AS answered_on
    FROM referral r
    WHERE (r.sent_at AT TIME ZONE 'Europe/Riga')::date BETWEEN p_from AND p_to
      AND EXISTS (SELECT FROM assignment a
        WHERE a.project_id = p_project AND a.mediator_id = r.created_by AND a.municipality_id = r.municipality_id
          AND (r.sent_at AT TIME ZONE 'Europe/Riga')::date BETWEEN a.starts_on AND coalesce(a.ends_on, 'infinity'))
  ), ended AS (
    -- Each one in exactly one of accepted, declined, withdrawn and unanswered.
    SELECT s.*, CASE
        WHEN s.status IN ('declined', 'withdrawn') THEN s.status
        WHEN EXISTS (SELECT FROM referral_event e WHERE e.municipality_id = s.municipality_id AND e.referral_id = s.id
          AND e.status IN ('accepted', 'inProgress', 'completed')) THEN 'accepted'
        ELSE 'unanswered' END AS ending,
      -- Moved working days bind some institutions only, so there are two calendars.
      (SELECT count(*) FROM unnest(CASE WHEN i.follows_moved_days THEN p_moved_working_days ELSE p_working_days END) d
        WHERE d > s.sent_on AND d <= s.answered_on) AS days
    FROM sent s JOIN institution i ON i.id = s.institution_id
  )
  SELECT s.section, s.row_key, '', m.measure, m.value
  FROM (
    SELECT k.section, k.row_key, count(DISTINCT c.family) AS families, count(*) AS visits, sum(c.minutes) AS minutes
    FROM counted c
    CROSS JOIN LATERAL (VALUES ('total', ''), ('municipality', c.municipality_id::text), ('month', to_char(c.day, 'YYYY-MM')), ('channel', c.channel)) AS k(section, row_key)
    GROUP BY k.section, k.row_key) s
  CROSS JOIN LATERAL (VALUES ('familiesReached', s.families), ('visits', s.visits), ('minutes', s.minutes)) AS m(measure, value)
  UNION ALL
  SELECT k.section, k.row_key, '', 'personsAssisted', count(DISTINCT h.person)
  FROM helped h
  CROSS JOIN LATERAL (VALUES ('total', ''), ('municipality', h.municipality_id::text), ('month', to_char(h.day, 'YYYY-MM')), ('channel', h.channel), ('need', h.need_area)) AS k(section, row_key)
  GROUP BY k.section, k.row_key
  UNION ALL
  SELECT 'need', need, '', 'familiesReached', count(DISTINCT family) FROM counted CROSS JOIN LATERAL unnest(need_areas) AS need GROUP BY need
  UNION ALL
  SELECT 'help', s.need_area, s.kind, m.measure, m.value
  FROM (SELECT need_area, kind, count(DISTINCT family) AS families, count(DISTINCT person) AS persons FROM helped GROUP BY need_area, kind) s
  CROSS JOIN LATERAL (VALUES ('familiesReached', s.families), ('personsAssisted', s.persons)) AS m(measure, value)
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
  SELECT 'trust', '', '', 'visitsNotReached', count(*) FROM made WHERE NOT reached
  UNION ALL
  -- When it was first written down, whatever was corrected since.
  SELECT 'trust', '', '', 'enteredLate', count(*)
  FROM counted c
  JOIN visit first ON first.municipality_id = c.municipality_id AND first.visit_id = c.visit_id AND first.version = 1
  WHERE (first.recorded_at AT TIME ZONE 'Europe/Riga')::date > c.day + 7;
END $$;
