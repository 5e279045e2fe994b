import type { VisitFilter } from '@tilts/domain';
import { Conditions } from '../database/conditions.js';

/**
 * The statements that read visits. A page of keys is found first; persons and help come as JSON beside each visit, since a
 * join to many rows would multiply the page.
 */
const columns = `
  v.visit_id AS id, v.id AS "rowId", v.municipality_id AS "municipalityId", v.family_id AS "familyId", f.code AS "familyCode",
  v.project_id AS "projectId", v.mediator_id AS "mediatorId", v.day, v.time, v.minutes, v.channel, v.place, v.capacity, v.reached,
  v.need_areas AS "needAreas", v.next_step_on AS "nextStepOn", d.done_on AS "nextStepDoneOn", v.version, v.voided,
  v.recorded_by AS "recordedBy", v.recorded_at AS "recordedAt", v.sealed, s.salt,
  (SELECT coalesce(json_agg(p.person_id ORDER BY p.person_id), '[]') FROM visit_person p
    WHERE p.municipality_id = v.municipality_id AND p.visit_row_id = v.id) AS "metPersonIds",
  (SELECT coalesce(json_agg(json_build_object('id', a.id, 'needArea', a.need_area, 'kind', a.kind, 'personIds',
      (SELECT coalesce(json_agg(ap.person_id ORDER BY ap.person_id), '[]') FROM assistance_person ap
        WHERE ap.municipality_id = a.municipality_id AND ap.assistance_id = a.id)) ORDER BY a.id), '[]')
    FROM assistance a WHERE a.municipality_id = v.municipality_id AND a.visit_row_id = v.id) AS assistance`;

const joins = `
  JOIN family f ON f.municipality_id = v.municipality_id AND f.id = v.family_id
  JOIN family_salt s ON s.municipality_id = v.municipality_id AND s.family_id = v.family_id
  LEFT JOIN next_step_done d ON d.municipality_id = v.municipality_id AND d.visit_id = v.visit_id`;

const stepWaits = `NOT w.voided AND w.next_step_on IS NOT NULL
  AND NOT EXISTS (SELECT FROM next_step_done n WHERE n.municipality_id = w.municipality_id AND n.visit_id = w.visit_id)`;

/** Only the given filters stand in the text: a statement that asks „or is not given” gets one plan that fits none of them. */
export function listOf(
  filter: VisitFilter,
  [day, id]: readonly string[],
  rows: number,
): [sql: string, parameters: unknown[]] {
  const where = new Conditions();
  const [sorted, order] = filter.nextStepOpen ? (['next_step_on', 'ASC'] as const) : (['day', 'DESC'] as const);
  where.add(() => (filter.nextStepOpen ? `w.current AND ${stepWaits}` : 'w.current'));
  if (filter.familyId) where.add((family) => `w.family_id = ${family}`, filter.familyId);
  if (filter.from) where.add((from) => `w.day >= ${from}`, filter.from);
  if (filter.to) where.add((to) => `w.day <= ${to}`, filter.to);
  if (day && id)
    where.add((d, i) => `(w.${sorted}, w.visit_id) ${order === 'ASC' ? '>' : '<'} (${d}::date, ${i}::uuid)`, day, id);
  // Keys alone, which stand in an index: the visits of three years are not read to find the last fifty.
  const page = `SELECT w.municipality_id, w.visit_id FROM visit w WHERE ${where} ORDER BY ${sorted} ${order}, visit_id ${order} LIMIT ${where.mark(rows)}`;
  return [
    // OFFSET 0 keeps the two apart: else the planner, which takes a reach for a handful, reads all visits of it and throws most away.
    `SELECT ${columns} FROM (${page}) k CROSS JOIN LATERAL (
       SELECT * FROM visit c WHERE c.municipality_id = k.municipality_id AND c.visit_id = k.visit_id AND c.current OFFSET 0) v
     ${joins} ORDER BY v.${sorted} ${order}, v.visit_id ${order}`,
    where.parameters,
  ];
}

/** Visits of these families since that day, and older ones whose next step waits: $1 families, $2 day. */
export const visitsHeld = `
  SELECT ${columns} FROM visit w JOIN visit v ON v.municipality_id = w.municipality_id AND v.id = w.id
  ${joins} WHERE w.current AND w.family_id = ANY ($1) AND (w.day >= $2 OR (${stepWaits})) ORDER BY v.day DESC, v.visit_id DESC`;

/** Of which of these families there are earlier ones: $1 families, $2 day. */
export const familiesWithVisitsBefore = `
  SELECT f.id FROM unnest($1::uuid[]) AS f (id) WHERE EXISTS (SELECT FROM visit v WHERE v.family_id = f.id AND v.current AND v.day < $2)`;

export const someVisits = `SELECT ${columns} FROM visit v ${joins} WHERE v.current AND v.visit_id = ANY ($1)`;

/** One version: $1 visit, $2 row. */
export const oneVersion = `SELECT ${columns} FROM visit v ${joins} WHERE v.visit_id = $1 AND v.id = $2`;

/** Earlier versions, oldest first: $1 municipalities, $2 visits. */
export const versionsOf = `
  SELECT visit_id AS "visitId", id AS "rowId", version, recorded_at AS "recordedAt", recorded_by AS "recordedBy", sealed
  FROM visit WHERE municipality_id = ANY ($1) AND visit_id = ANY ($2) AND NOT current ORDER BY version`;

/** What one logged oneself, this month and the month before, months without visits too: $1 mediator, $2 this month. */
export const ownMonths = `
  SELECT to_char(m.first, 'YYYY-MM') AS month, count(v.id)::int AS visits, coalesce(sum(v.minutes), 0)::int AS minutes
  FROM (VALUES (to_date($2, 'YYYY-MM')), ((to_date($2, 'YYYY-MM') - interval '1 month')::date)) AS m(first)
  LEFT JOIN visit v ON v.current AND NOT v.voided AND v.mediator_id = $1 AND v.day >= m.first AND v.day < m.first + interval '1 month'
  GROUP BY m.first ORDER BY m.first DESC`;

/** The last day on which somebody was reached, as the visits tell it now: $1 municipalities, $2 families. Most visits are not the last. */
export const keepFamilyContact = `
  UPDATE family f SET last_contact_on = c.day
  FROM unnest($1::uuid[], $2::uuid[]) AS k (municipality_id, id) CROSS JOIN LATERAL (
    SELECT max(v.day) AS day FROM visit v
    WHERE v.municipality_id = k.municipality_id AND v.family_id = k.id AND v.current AND v.reached AND NOT v.voided) c
  WHERE f.municipality_id = k.municipality_id AND f.id = k.id AND f.last_contact_on IS DISTINCT FROM c.day`;

/** The outcomes ticked in a visit when it was logged, whatever became of them: $1 municipality, $2 visit. */
export const kindsOfOutcomes = `
  SELECT o.id, o.type, o.person_id AS "personId" FROM outcome o
  JOIN visit v ON v.municipality_id = o.municipality_id AND v.id = o.visit_id AND v.recorded_at = o.recorded_at
  WHERE o.municipality_id = $1 AND o.visit_id = $2 AND o.voids IS NULL`;
