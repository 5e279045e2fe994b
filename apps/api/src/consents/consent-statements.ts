/**
 * The statements about consents. A consent holds while no row withdraws it; that is asked anew each time, in SQL, so that a
 * withdrawal acts on the very next statement of anybody.
 */
const holding = `c.withdraws IS NULL
  AND NOT EXISTS (SELECT FROM consent w WHERE w.municipality_id = c.municipality_id AND w.withdraws = c.id)`;

const columns = `
  c.id, c.municipality_id AS "municipalityId", c.family_id AS "familyId", c.person_id AS "personId", c.kind, c.purpose, c.recipient_kind AS "recipientKind",
  c.giver, c.guardian_id AS "guardianId", c.given_on AS "givenOn", c.notice_version AS "noticeVersion", c.withdraws, c.recorded_by AS "recordedBy",
  c.recorded_at AS "recordedAt", w.given_on AS "withdrawnOn"`;
const withEnd = `FROM consent c LEFT JOIN consent w ON w.municipality_id = c.municipality_id AND w.withdraws = c.id`;

/** Newest first, ended ones too: $1 family. */
export const consentsOfFamily = `SELECT ${columns} ${withEnd} WHERE c.family_id = $1 AND c.withdraws IS NULL ORDER BY c.given_on DESC, c.id DESC`;

/** The same of several families: $1 families. */
export const consentsOfFamilies = `SELECT ${columns} ${withEnd} WHERE c.family_id = ANY ($1) AND c.withdraws IS NULL ORDER BY c.given_on DESC, c.id DESC`;

/** A consent or a withdrawal: $1 id. */
export const oneConsent = `SELECT ${columns} ${withEnd} WHERE c.id = $1`;

/** Of every one of these families: $1 municipalities, $2 families. */
export const recordHolds = `
  SELECT NOT EXISTS (SELECT FROM unnest($1::uuid[], $2::uuid[]) AS f (municipality_id, id) WHERE NOT EXISTS (
    SELECT FROM consent c WHERE c.municipality_id = f.municipality_id AND c.family_id = f.id AND c.kind = 'record' AND c.person_id IS NULL AND ${holding})) AS holds`;

/** $1 municipality, $2 family, $3 person, $4 purpose, $5 kind of recipient. The narrower consent, for this person, is named before the family's. */
export const shareHolds = `
  SELECT c.id FROM consent c
  WHERE c.municipality_id = $1 AND c.family_id = $2 AND c.kind = 'share' AND (c.person_id IS NULL OR c.person_id = $3)
    AND c.purpose = $4 AND c.recipient_kind = $5 AND ${holding}
  ORDER BY c.person_id NULLS LAST, c.id LIMIT 1`;

/** What still is shared of a family ($3 null) or of one person: $1 municipality, $2 family. */
export const sharesStillHeld = `
  SELECT ${columns} ${withEnd}
  WHERE c.municipality_id = $1 AND c.family_id = $2 AND c.kind = 'share' AND c.withdraws IS NULL AND w.id IS NULL AND ($3::uuid IS NULL OR c.person_id = $3)
  ORDER BY c.id`;

/** Withdrawing and sending a referral wait for each other: $1 family. */
export const lockConsents = `SELECT pg_advisory_xact_lock(hashtextextended('consents of ' || $1::text, 0))`;
