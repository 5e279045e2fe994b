import type { ReferralBoard, ReferralFilter, ReferralSide, ReferralStatus } from '@tilts/domain';
import { boardOf, referralStatuses } from '@tilts/domain';
import { Conditions } from '../database/conditions.js';
import { hasUsers } from '../directory/institution.service.js';
import type { KeyKind } from '../platform/paging.js';

/**
 * The statements that read referrals, the same for both sides: row security leaves out what a side may not see, so a receiver
 * gets no family, and a snapshot only while it may be read.
 */
const columns = `
  r.id, r.number, r.status, r.need_area AS "needArea", r.municipality_id AS "municipalityId", r.institution_id AS "institutionId",
  i.name AS institution, i.kind AS "institutionKind", ${hasUsers('i')} AS "institutionHasUsers", i.follows_moved_days AS "followsMovedDays",
  v.name AS service, r.service_id AS "serviceId",
  r.ground, c.given_on AS "consentOn", r.created_by AS "createdBy", r.created_at AS "createdAt", r.sent_at AS "sentAt", r.due_on AS "dueOn",
  r.taken_by AS "takenById", r.version, r.family_id AS "familyId", f.code AS "familyCode", r.person_id AS "personId",
  s.salt, p.sealed AS snapshot, x.sealed AS "sealedReference"`;

const joins = `
  JOIN institution i ON i.id = r.institution_id
  LEFT JOIN service v ON v.id = r.service_id
  LEFT JOIN family f ON f.municipality_id = r.municipality_id AND f.id = r.family_id
  LEFT JOIN family_salt s ON s.municipality_id = r.municipality_id AND s.family_id = r.family_id
  LEFT JOIN consent c ON c.municipality_id = r.municipality_id AND c.id = r.consent_id
  LEFT JOIN referral_snapshot p ON p.municipality_id = r.municipality_id AND p.referral_id = r.id
  LEFT JOIN referral_reference x ON x.municipality_id = r.municipality_id AND x.referral_id = r.id`;

export const oneReferral = `SELECT ${columns} FROM referral r ${joins} WHERE r.id = $1`;

const isOpen = `r.status NOT IN ('completed', 'declined', 'withdrawn')`;
const answeredOrWritten = 'coalesce(r.answered_at, r.sent_at, r.created_at)';

/** Open referrals about these families, and closed ones that were answered since that day: $1 families, $2 day. */
export const referralsHeld = `
  SELECT ${columns} FROM referral r ${joins} WHERE r.family_id = ANY ($1) AND (${isOpen} OR ${answeredOrWritten} >= $2::date::timestamptz) ORDER BY r.id`;

/** Of which of these families there are earlier ones: $1 families, $2 day. */
export const familiesWithReferralsBefore = `
  SELECT DISTINCT r.family_id AS id FROM referral r WHERE r.family_id = ANY ($1) AND NOT (${isOpen}) AND ${answeredOrWritten} < $2::date::timestamptz`;

/** For a move: nobody else moves it until this transaction ends. */
export const lockReferral = `
  SELECT id, municipality_id AS "municipalityId", family_id AS "familyId", person_id AS "personId", institution_id AS "institutionId", number, status,
    need_area AS "needArea", ground, taken_by AS "takenById", answered_at AS "answeredAt", sent_at AS "sentAt", version
  FROM referral WHERE id = $1 FOR UPDATE`;

/** $1 municipalities, $2 referrals. */
export const eventsOf = `
  SELECT referral_id AS "referralId", id, move, status, side, by, at, reason, sealed
  FROM referral_event WHERE municipality_id = ANY ($1) AND referral_id = ANY ($2) ORDER BY at, id`;

/** The status in which more was asked last: the one before the last „askMore”. */
export const askedFrom = `
  SELECT b.status FROM referral_event b WHERE b.municipality_id = $1 AND b.referral_id = $2 AND (b.at, b.id) < (
    SELECT e.at, e.id FROM referral_event e WHERE e.municipality_id = $1 AND e.referral_id = $2 AND e.move = 'askMore' ORDER BY e.at DESC, e.id DESC LIMIT 1)
  ORDER BY b.at DESC, b.id DESC LIMIT 1`;

/** Sent referrals that rest on a consent: $1 municipality, $2 consent. */
export const restingOn = `SELECT id FROM referral WHERE municipality_id = $1 AND consent_id = $2 AND status <> 'withdrawn' ORDER BY id`;

export const saltOf = 'SELECT salt FROM family_salt WHERE municipality_id = $1 AND family_id = $2';

interface Order {
  key: string;
  type: 'date' | 'timestamptz' | 'bigint';
  descending?: true;
}

// A draft has no due day yet; it stands behind what waits for others.
const due = `coalesce(r.due_on, DATE '2099-12-31')`;
const answered = answeredOrWritten;
const closed = statusesOn('answered', 'sender');

/** Overdue first; what is finished, newest first. */
const orders: Record<ReferralBoard | 'all', Order> = {
  waiting: { key: due, type: 'date' },
  inWork: { key: due, type: 'date' },
  answered: { key: answered, type: 'timestamptz', descending: true },
  all: {
    key: `CASE WHEN r.status IN (${closed}) THEN 10000000000 - extract(epoch FROM ${answered})::bigint ELSE (${due} - DATE '2000-01-01')::bigint END`,
    type: 'bigint',
  },
};

const kinds = { date: 'day', timestamptz: 'moment', bigint: 'number' } as const;

/** What a page of that list is sorted by, before the id. */
export function keyKindOf({ board }: ReferralFilter): KeyKind {
  return kinds[orders[board ?? 'all'].type];
}

/** A page of one board, or of all. Only the given filters stand in the text (one plan for each). */
export function listOf(
  filter: ReferralFilter,
  side: ReferralSide,
  [key, id]: readonly string[],
  rows: number,
): [sql: string, parameters: unknown[]] {
  const order = orders[filter.board ?? 'all'];
  const where = new Conditions();
  // A due day that is never empty can be read in the order of its index.
  const by = side === 'receiver' && order.type === 'date' ? 'r.due_on' : order.key;
  const direction = order.descending ? 'DESC' : 'ASC';
  const { board, familyId } = filter;
  // Row security says the same; said here, the inbox is read in the order of its index, page by page.
  if (side === 'receiver') where.add(() => 'r.institution_id = (SELECT caller_institution())');
  if (board) where.add(() => `r.status IN (${statusesOn(board, side)})`);
  // Which family it is about is nothing that a receiver could ask: whatever they name, it has no referral.
  if (familyId)
    where.add(
      (family) => (side === 'sender' ? `r.family_id = ${family}` : `r.family_id = ${family} AND false`),
      familyId,
    );
  if (key && id)
    where.add((k, i) => `(${by}, r.id) ${order.descending ? '<' : '>'} (${k}::${order.type}, ${i}::uuid)`, key, id);
  const page = `SELECT r.*, ${by} AS key FROM referral r WHERE ${where} ORDER BY ${by} ${direction}, r.id ${direction} LIMIT ${where.mark(rows)}`;
  return [
    `SELECT ${columns}, r.key FROM (${page}) r ${joins} ORDER BY r.key ${direction}, r.id ${direction}`,
    where.parameters,
  ];
}

/** No draft was ever sent, and the index of open referrals holds none. */
function statusesOn(board: ReferralBoard, side: ReferralSide): string {
  return referralStatuses.values
    .filter((status: ReferralStatus) => boardOf(status) === board && !(side === 'receiver' && status === 'draft'))
    .map((status) => `'${status}'`)
    .join(', ');
}
