// The floor: the least that must be done to answer. Bare node:http and pg, the app's own statements as named ones, the same seals
// opened, the same fields as JSON; no sign-in, no session, no row security, no audit, no check of what comes in.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { built } from './built.mjs';

const { Seals } = await built('database/seals.js');
const { loadSecrets } = await built('platform/secrets.js');
const { listOf: referralsOf } = await built('referrals/referral-statements.js');
const { keepFamilyContact, listOf: visitsOf } = await built('visits/visit-statements.js');

const { FLOOR_DATABASE, FLOOR_KEYS } = process.env;
const text = (value) => value;
const pool = new pg.Pool({
  connectionString: FLOOR_DATABASE,
  max: 10,
  // As the app does: making Dates is half of a list's cost.
  types: {
    getTypeParser: (oid, format) => ([1082, 1114, 1184].includes(oid) ? text : pg.types.getTypeParser(oid, format)),
  },
});
const seals = new Seals(loadSecrets(FLOOR_KEYS, { mayCreate: false }).sealing);

const named = (sql, values) => ({
  name: createHash('sha256').update(sql).digest('base64url').slice(0, 24),
  text: sql,
  values,
});
/** @type {(sql: string, values: unknown[], client?: pg.Pool | pg.PoolClient) => Promise<any[]>} */
const rowsOf = async (sql, values, client = pool) => (await client.query(named(sql, values))).rows;
const open = (table, id, tenant, salt, sealed) => (sealed ? seals.unseal({ table, id, tenant }, salt, sealed) : {});

// What row security would leave: the caller's families, said in the statement.
const mine = `w.family_id IN (SELECT m.family_id FROM family_mediator m WHERE m.mediator_id = `;
const [allVisits] = visitsOf({}, [], 51);
const visitList = allVisits.replace('WHERE w.current', `WHERE w.current AND ${mine}$2)`);
const [allReferrals] = referralsOf({ board: 'waiting' }, 'receiver', [], 51);
const inbox = allReferrals.replace('(SELECT caller_institution())', '$2::uuid');
const accounts = 'SELECT id, salt, sealed FROM account WHERE id = ANY ($1)';
const family = `SELECT f.*, s.salt FROM family f JOIN family_salt s ON s.municipality_id = f.municipality_id AND s.family_id = f.id WHERE f.id = $1`;
const persons = `SELECT p.*, s.salt FROM person p JOIN family_salt s ON s.municipality_id = p.municipality_id AND s.family_id = p.family_id
  WHERE p.family_id = $1 ORDER BY p.birth_year NULLS LAST, p.id`;
const ground = `SELECT FROM consent WHERE family_id = $1 AND kind = 'record' AND withdraws IS NULL`;
const assignment = `SELECT project_id FROM assignment WHERE mediator_id = $1 AND starts_on <= $2 AND (ends_on IS NULL OR ends_on >= $2)`;
const newVisit = `INSERT INTO visit (municipality_id, id, visit_id, version, current, voided, family_id, project_id, day, time, minutes, channel, place, capacity, reached, need_areas, mediator_id, recorded_by, recorded_at, sealed)
  VALUES ($1, $2, $2, 1, true, false, $3, $4, $5, $6, $7, $8, $9, $10, true, $11, $12, $12, now(), $13)`;
const newMet = 'INSERT INTO visit_person (municipality_id, visit_row_id, person_id, family_id) VALUES ($1, $2, $3, $4)';
const newHelp =
  'INSERT INTO assistance (municipality_id, id, family_id, visit_row_id, need_area, kind) VALUES ($1, $2, $3, $4, $5, $6)';
const newHelped =
  'INSERT INTO assistance_person (municipality_id, assistance_id, person_id, family_id) VALUES ($1, $2, $3, $4)';
/** The question of the report's largest table, asked of the rows themselves. */
const counts = `
  SELECT v.municipality_id, need, to_char(v.day, 'YYYY-MM') AS month, count(DISTINCT f.identity) AS families, count(DISTINCT i.identity) AS persons
  FROM visit v CROSS JOIN LATERAL unnest(v.need_areas) AS need
  JOIN family_identity f ON f.municipality_id = v.municipality_id AND f.family_id = v.family_id
  LEFT JOIN assistance a ON a.municipality_id = v.municipality_id AND a.visit_row_id = v.id AND a.need_area = need
  LEFT JOIN assistance_person n ON n.municipality_id = a.municipality_id AND n.assistance_id = a.id
  LEFT JOIN person_identity i ON i.municipality_id = n.municipality_id AND i.person_id = n.person_id
  WHERE v.project_id = $1 AND v.day BETWEEN $2 AND $3 AND v.current AND NOT v.voided AND v.reached AND v.capacity = 'mediator'
  GROUP BY 1, 2, 3`;

async function namesOf(ids) {
  const rows = await rowsOf(accounts, [[...new Set(ids)]]);
  return new Map(rows.map((row) => [row.id, open('account', row.id, 'everywhere', row.salt, row.sealed).name]));
}

const answers = {
  async list({ mediator }) {
    const rows = (await rowsOf(visitList, [51, mediator])).slice(0, 50);
    const names = await namesOf(rows.map((row) => row.recordedBy));
    return rows.map(({ salt, sealed, rowId, municipalityId, ...row }) => ({
      ...row,
      ...open('visit', rowId, municipalityId, salt, sealed),
      recordedBy: names.get(row.recordedBy),
    }));
  },
  async family({ id }) {
    const [{ salt, sealed, ...row }] = await rowsOf(family, [id]);
    return { ...row, ...open('family', row.id, row.municipality_id, salt, sealed) };
  },
  async persons({ id }) {
    const rows = await rowsOf(persons, [id]);
    return rows.map(({ salt, sealed, ...row }) => ({
      ...row,
      ...open('person', row.id, row.municipality_id, salt, sealed),
    }));
  },
  async inbox({ institution }) {
    const rows = (await rowsOf(inbox, [51, institution])).slice(0, 50);
    const names = await namesOf(rows.map((row) => row.createdBy));
    return rows.map(({ salt, snapshot, sealedReference: _, ...row }) => ({
      ...row,
      ...open('referral_snapshot', row.id, row.municipalityId, salt, snapshot),
      sentBy: names.get(row.createdBy),
    }));
  },
  async create({ mediator, visit }) {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const [head] = await rowsOf(family, [visit.familyId], client);
      await rowsOf(ground, [visit.familyId], client);
      const [{ project_id: project }] = await rowsOf(assignment, [mediator, visit.day], client);
      const tenant = head.municipality_id;
      const sealed = seals.seal({ table: 'visit', id: visit.id, tenant }, head.salt, { note: visit.note });
      // prettier-ignore
      await rowsOf(newVisit, [tenant, visit.id, head.id, project, visit.day, visit.time, visit.minutes, visit.channel, visit.place, visit.capacity, visit.needAreas, mediator, sealed], client);
      for (const person of visit.metPersonIds) await rowsOf(newMet, [tenant, visit.id, person, head.id], client);
      for (const { id, needArea, kind, personIds } of visit.assistance) {
        await rowsOf(newHelp, [tenant, id, head.id, visit.id, needArea, kind], client);
        for (const person of personIds) await rowsOf(newHelped, [tenant, id, person, head.id], client);
      }
      await rowsOf(keepFamilyContact, [[tenant], [head.id]], client);
      await client.query('COMMIT');
      return visit;
    } finally {
      client.release();
    }
  },
  report: ({ project, from, to }) => rowsOf(counts, [project, from, to]),
};

const server = createServer(async (request, reply) => {
  const url = new URL(request.url, 'http://localhost');
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const given = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : Object.fromEntries(url.searchParams);
  try {
    reply
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify(await answers[url.pathname.slice(1)](given)));
  } catch (error) {
    reply.writeHead(500).end(String(error));
  }
});
server.listen(0, '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  process.send?.({ port });
});
process.once('disconnect', () => process.exit());
