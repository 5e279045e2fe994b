// Compares what people did with what stands at the office: looks past the API, with the keys of the office.
import { allEndpoints } from '@tilts/domain';
import { TOLD_APART } from './work.mjs';

const TABLES = ['family', 'person', 'consent', 'visit', 'outcome', 'unrecorded_help'];
const queuedOperations = allEndpoints.filter(({ queued }) => queued).map(({ method, path }) => `${method} ${path}`);

/** What cannot be, seen while people were still at work. */
export class Contradiction extends Error {
  /** @returns {Verdict} */
  get verdict() {
    return { acknowledged: 0, waiting: 0, needsYou: 0, lost: [], doubled: [], invented: [this.message] };
  }
}

/** @typedef {{ acknowledged: number, waiting: number, needsYou: number, lost: string[], doubled: string[], invented: string[] }} Verdict */

/** @returns {Promise<Verdict>} */
export async function verdictOn({ office, ledger, desks, municipalityId, accountIds }) {
  const stands = await standing(office, municipalityId);
  const receipts = await receiptsOf(office, desks);
  const [lost, doubled, invented] = [[], [], []];
  const told = { acknowledged: 0, waiting: 0, needsYou: 0 };
  const written = new Set();
  const about = ({ operation, input, params }) => `${operation} ${input.id ?? params.id}`;

  for (const action of ledger) {
    for (const row of action.rows) written.add(String(row));
    const there = action.rows.filter((row) => stands.rows.has(String(row)));
    const state = action.thrownAway ? 'thrownAway' : action.phone.stateOf(action.commandId);
    if (state === 'office') {
      told.acknowledged += 1;
      if (there.length < action.rows.length)
        lost.push(`${about(action)}: acknowledged, and ${action.rows.length - there.length} of its rows are missing`);
    } else if (state === 'gone') lost.push(`${about(action)}: gone from the phone without its person`);
    else {
      if (state === 'waiting') told.waiting += 1;
      else if (state !== 'thrownAway') told.needsYou += 1;
      const own = there.filter(([table]) => table !== 'next_step_done');
      if (own.length > 0 && state !== 'waiting') invented.push(`${about(action)}: ${state}, and yet it is there`);
    }
  }
  for (const row of stands.rows.keys())
    if (!written.has(row) && !row.startsWith('next_step_done')) invented.push(`${row}: nobody wrote that`);

  for (const fault of headerFaults(ledger, stands)) (fault.kind === 'lost' ? lost : doubled).push(fault.says);

  for (const { device, hash, applied } of receipts)
    if (applied > 1)
      doubled.push(`device ${device}: ${applied} receipts for one and the same command (${hash.slice(0, 8)})`);

  const { applied, audited } = await audits(office, desks, accountIds);
  if (audited > applied) doubled.push(`${applied} receipts of what was applied, and ${audited} audit rows`);
  if (audited < applied) lost.push(`${applied} receipts of what was applied, and only ${audited} audit rows`);

  for (const { phone } of desks) {
    const { unsent, needsYou, allSent } = phone.standing();
    if (unsent + needsYou === 0 && phone.numbered > 0 && !allSent)
      lost.push(
        `device ${phone.id}: nothing is unsent, and the office has only ${phone.said?.receivedUpTo} of ${phone.numbered}`,
      );
  }
  return { ...told, lost, doubled, invented };
}

/**
 * Each change of a field was made by somebody who had read the value before it. Two changes of the same value mean that one was overwritten
 * unseen; a version that is higher than the number of changes, that one was done twice.
 */
function* headerFaults(ledger, { headers }) {
  const known = new Map();
  for (const action of ledger) {
    if (action.thrownAway || action.phone.stateOf(action.commandId) !== 'office') continue;
    for (const [kind, id, fields] of action.begins ?? [])
      known.set(id, { kind, begins: fields, changes: [], ...known.get(id), begun: true });
    if (!action.changes) continue;
    const { kind, id, fields } = action.changes;
    const record = known.get(id) ?? { kind, begins: {}, changes: [] };
    record.changes.push(fields);
    known.set(id, record);
  }
  for (const [id, { kind, begins, changes }] of known) {
    const header = headers.get(id);
    // That its row is missing was said already.
    if (!header) continue;
    const says = `${kind} ${id}`;
    const versions = header.version - 1;
    if (versions > changes.length)
      yield { kind: 'doubled', says: `${says}: ${changes.length} changes, done ${versions} times` };
    if (versions < changes.length)
      yield { kind: 'lost', says: `${says}: ${changes.length} changes, ${versions} versions` };
    for (const name of TOLD_APART[kind]) {
      const steps = changes.flat().filter((change) => change.name === name);
      const next = new Map(steps.map(({ from, to }) => [from, to]));
      const told = `${steps.map(({ from, to }) => `${from} → ${to}`).join(', ')}; it stands: ${header.fields[name]}`;
      if (next.size < steps.length)
        yield { kind: 'lost', says: `${says}: a change of ${name} was overwritten unseen: ${told}` };
      let value = begins[name] ?? null;
      while (next.has(value)) {
        const after = next.get(value);
        next.delete(value);
        value = after;
      }
      if (next.size > 0)
        yield { kind: 'lost', says: `${says}: ${name} was changed from a value that did not stand there: ${told}` };
      else if (value !== header.fields[name])
        yield { kind: 'lost', says: `${says}: ${name} is not what was acknowledged last: ${told}` };
    }
  }
}

async function standing(office, municipalityId) {
  const seals = await office.seals();
  return office.look(async (client) => {
    const all = async (sql) => (await client.query(sql, [municipalityId])).rows;
    const rows = new Map();
    for (const table of TABLES)
      for (const { id } of await all(`SELECT id FROM ${table} WHERE municipality_id = $1`))
        rows.set(String([table, id]), 1);
    // Help belongs to one version of a visit; that of a correction gets ids of the office's own.
    for (const { id } of await all(
      `SELECT a.id FROM assistance a JOIN visit v ON v.municipality_id = a.municipality_id AND v.id = a.visit_row_id
       WHERE a.municipality_id = $1 AND v.version = 1`,
    ))
      rows.set(String(['assistance', id]), 1);
    for (const { visit_id: id } of await all('SELECT visit_id FROM next_step_done WHERE municipality_id = $1'))
      rows.set(String(['next_step_done', id]), 1);
    const salts = new Map(
      (await all('SELECT family_id, salt FROM family_salt WHERE municipality_id = $1')).map((row) => [
        row.family_id,
        row.salt,
      ]),
    );
    const headers = new Map();
    const opened = (table, id, familyId, sealed) =>
      sealed ? seals.unseal({ table, id, tenant: municipalityId }, salts.get(familyId), sealed) : {};
    for (const { id, version, sealed } of await all(
      'SELECT id, version, sealed FROM family WHERE municipality_id = $1',
    ))
      headers.set(id, { version, fields: opened('family', id, id, sealed) });
    for (const { id, family_id: familyId, version, sealed } of await all(
      'SELECT id, family_id, version, sealed FROM person WHERE municipality_id = $1',
    ))
      headers.set(id, { version, fields: opened('person', id, familyId, sealed) });
    for (const { id, visit_id: visitId, family_id: familyId, version, sealed } of await all(
      'SELECT id, visit_id, family_id, version, sealed FROM visit WHERE municipality_id = $1 AND current',
    ))
      headers.set(visitId, { version, fields: opened('visit', id, familyId, sealed) });
    return { rows, headers };
  });
}

/** How often what a device handed in was applied, by what it said. */
async function receiptsOf(office, desks) {
  return office.look(async (client) => {
    const { rows } = await client.query(
      `SELECT device_id AS device, encode(hash, 'hex') AS hash, count(*)::integer AS applied
       FROM receipt WHERE outcome = 'applied' AND device_id = ANY ($1) GROUP BY 1, 2`,
      [desks.map(({ phone }) => phone.id)],
    );
    return rows;
  });
}

/** Each thing that was done has its audit row, whichever way it came. */
async function audits(office, desks, accountIds) {
  return office.look(async (client) => {
    const { rows } = await client.query(
      `SELECT (SELECT count(*)::integer FROM receipt WHERE outcome = 'applied' AND device_id = ANY ($1)) AS applied,
         (SELECT count(*)::integer FROM audit_event WHERE kind = 'write' AND account_id = ANY ($2) AND operation = ANY ($3)) AS audited`,
      [desks.map(({ phone }) => phone.id), accountIds, queuedOperations],
    );
    return rows[0];
  });
}
