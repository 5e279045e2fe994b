/** The statements about imports. Row security shows a mediator their own; a list that is over its day does not exist, swept or not. */
const columns = `
  i.id, i.municipality_id AS "municipalityId", i.families, i.persons, i.parts, i.started_at AS "startedAt", i.written_at AS "writtenAt",
  i.undone_at AS "undoneAt", i.removed, p.parts AS "receivedParts", p.persons AS "receivedPersons"`;
const own = `
  SELECT ${columns} FROM family_import i CROSS JOIN LATERAL (
    SELECT count(*)::integer AS parts, coalesce(sum(p.persons), 0)::integer AS persons FROM family_import_part p WHERE p.import_id = i.id) p
  WHERE coalesce(i.written_at, i.started_at) > $1::timestamptz - interval '24 hours'`;

/** $1 now. */
export const ownImports = `${own} ORDER BY i.started_at DESC, i.id DESC LIMIT 20`;

/** $1 now, $2 id. */
export const oneImport = `${own} AND i.id = $2`;

/** In the order of the list: $1 id. */
export const partsOfImport = `SELECT id, sealed FROM family_import_part WHERE import_id = $1 ORDER BY number`;

/** The place of the part that was sent under this number before: $1 import, $2 number. */
export const samePart = `SELECT id FROM family_import_part WHERE import_id = $1 AND number = $2`;

/** One list at a time: whoever begins another gives up the one that they never confirmed. $1 account. */
export const discardPartsOfOthers = `
  DELETE FROM family_import_part p USING family_import i WHERE i.id = p.import_id AND i.account_id = $1 AND i.written_at IS NULL`;
export const discardOthers = `DELETE FROM family_import WHERE account_id = $1 AND written_at IS NULL`;

/** Families of an import that the caller has in reach, with what their names are sealed with: $1 import. */
export const broughtFamilies = `
  SELECT f.id, f.code, f.municipality_id AS "municipalityId" FROM family_of_import o JOIN family f ON f.municipality_id = o.municipality_id AND f.id = o.family_id
  WHERE o.import_id = $1 ORDER BY f.code`;

/** Ids that the caller has registered already: $1 families, $2 persons. */
export const registeredIds = `SELECT id FROM family WHERE id = ANY ($1) UNION ALL SELECT id FROM person WHERE id = ANY ($2)`;

export const lockImport = `SELECT pg_advisory_xact_lock(hashtextextended('family import ' || $1::text, 0))`;

/**
 * What a transaction writes is seen by nobody before it is over. The name of its connection is seen at once, by every process:
 * so it tells how far an import is, and falls back to what it was when the transaction ends. $1 import, $2 persons.
 */
export const tellProgress = `SELECT set_config('application_name', 'tilts import ' || $1::text || ' ' || $2::text, true)`;
export const askProgress = `
  SELECT split_part(application_name, ' ', 4)::integer AS persons FROM pg_stat_activity WHERE starts_with(application_name, 'tilts import ' || $1::text || ' ')`;
