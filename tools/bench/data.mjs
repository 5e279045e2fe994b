// Invented families, visits and referrals in the amounts of a whole country over three years, written by COPY: rows as the
// API would have written them, sealed with the keys of this run. Deterministic in number, not in their random parts.
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';

/** The amounts at full size (performance notes of the project); `share` 0.1 makes a tenth of each. */
export const FULL = { mediators: 50, families: 10_000, persons: 40_000, visits: 1_000_000, referrals: 100_000 };
const CITIES = 5;
const YEARS = 3;
const DAY_MS = 86_400_000;
const needs = ['EDU', 'EMP', 'HOU', 'HEA', 'SOC', 'DOC', 'DEB', 'CHI', 'DIS', 'LAN', 'CUL', 'OTH'];
const kinds = ['inform', 'explainLetter', 'consult', 'accompany', 'fillForm', 'contactInstitution', 'mediate', 'refer'];
const channels = ['homeVisit', 'homeVisit', 'homeVisit', 'reception', 'phone', 'message', 'street'];

let counter = 0;
/** Version 7 like those of the app, so that indexes grow as they do in life. */
function idAt(moment) {
  const time = moment.toString(16).padStart(12, '0');
  const end = (counter += 1).toString(16).padStart(8, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${end.slice(5)}-8${end.slice(2, 5)}-${randomBytes(6).toString('hex')}`;
}
const pick = (items, n) => items[((n * 2_654_435_761) >>> 7) % items.length];
const dayOf = (moment) => new Date(moment).toISOString().slice(0, 10);
const bytes = (buffer) => `\\\\x${buffer.toString('hex')}`;
const NONE = '\\N';

/**
 * `superuser` must be a superuser's connection: with replication's role neither triggers nor foreign keys are run, which makes
 * writing five times as fast; what the triggers would make is written here.
 */
export async function fill({ superuser, seals, createAccount, password, share, say }) {
  const amounts = Object.fromEntries(Object.entries(FULL).map(([what, n]) => [what, Math.round(n * share)]));
  amounts.mediators = Math.max(CITIES, amounts.mediators);
  const now = Date.now();
  const begun = now - YEARS * 365 * DAY_MS;
  const project = idAt(begun);
  await superuser.query(`INSERT INTO project (id, name, name_en, starts_on) VALUES ($1, 'Mērījums', 'Measure', $2)`, [
    project,
    dayOf(begun),
  ]);

  const cities = [];
  for (let n = 0; n < CITIES; n += 1) {
    const [municipalityId, institutionId] = [idAt(begun), idAt(begun)];
    await superuser.query(
      `INSERT INTO municipality (id, key, family_prefix, name, name_in) VALUES ($1, $2, $3, $4, $4)`,
      [municipalityId, `MEASURE${n}`, `M${n}X`, `Pilsēta ${n}`],
    );
    await superuser.query(
      `INSERT INTO institution (id, municipality_id, kind, name, answer_days, follows_moved_days)
       VALUES ($1, $2, 'socialService', $3, 10, false)`,
      [institutionId, municipalityId, `Dienests ${n}`],
    );
    cities.push({ municipalityId, institutionId, mediators: [], families: [], social: '' });
  }
  const account = (role, email, institutionId = null) =>
    createAccount(superuser, seals, { role, language: 'lv', institutionId, name: `${role} ${email}`, email, password });
  for (let n = 0; n < amounts.mediators; n += 1) {
    const city = cities[n % CITIES];
    const id = await account('mediator', `mediator${n}@tilts.test`);
    city.mediators.push(id);
    await superuser.query(
      `INSERT INTO assignment (id, mediator_id, municipality_id, project_id, starts_on, hours_per_week) VALUES ($1, $2, $3, $4, $5, 20)`,
      [idAt(begun), id, city.municipalityId, project, dayOf(begun)],
    );
  }
  for (const [n, city] of cities.entries()) {
    city.social = await account('socialWorker', `social${n}@tilts.test`, city.institutionId);
  }
  await account('evaluator', 'evaluator@tilts.test');

  const copy = async (table, columns, total, row) => {
    say(`${table}: ${total.toLocaleString('en')}`);
    // In pieces: one COPY of millions would keep everything that it still has to do in memory.
    for (let at = 0; at < total; at += 100_000) {
      const rows = function* () {
        for (let n = at; n < Math.min(total, at + 100_000); n += 1) for (const line of row(n)) yield line;
      };
      const chunks = function* () {
        let text = '';
        for (const line of rows()) {
          text += `${line.join('\t')}\n`;
          if (text.length > 65_536) {
            yield text;
            text = '';
          }
        }
        yield text;
      };
      await pipeline(Readable.from(chunks()), superuser.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN`)));
    }
  };

  await superuser.query(`SET session_replication_role = 'replica'`);
  const families = Array.from({ length: amounts.families }, (_, n) => {
    const city = cities[n % CITIES];
    const family = {
      id: idAt(begun),
      city,
      // Every 50th family of the country belongs to one mediator, as in life: about 200 each.
      mediatorId: city.mediators[Math.floor(n / CITIES) % city.mediators.length],
      salt: seals.newSalt(),
      persons: [],
      consent: idAt(begun),
      n,
    };
    city.families.push(family);
    return family;
  });
  const familyOf = (n) => families[n % families.length];
  const seal = (family, table, id, words) =>
    bytes(seals.seal({ table, id, tenant: family.city.municipalityId }, family.salt, words));
  const opened = dayOf(begun);

  await copy(
    'family',
    'municipality_id, id, code, status, opened_on, last_contact_on, version, created_by, sealed',
    families.length,
    function* (n) {
      const { id, city, mediatorId } = families[n];
      const code = `M${n % CITIES}X-${String(Math.floor(n / CITIES) + 1).padStart(4, '0')}`;
      const words = { name: `Ģimene ${n}`, phone: '+37120000000', address: `Iela ${n}`, language: null };
      yield [
        city.municipalityId,
        id,
        code,
        'active',
        opened,
        dayOf(now),
        1,
        mediatorId,
        seal(families[n], 'family', id, words),
      ];
    },
  );
  await copy('family_salt', 'municipality_id, family_id, salt', families.length, function* (n) {
    yield [families[n].city.municipalityId, families[n].id, bytes(families[n].salt)];
  });
  await copy('family_identity', 'municipality_id, family_id, identity', families.length, function* (n) {
    yield [families[n].city.municipalityId, families[n].id, families[n].id];
  });
  await copy(
    'family_mediator',
    'municipality_id, id, family_id, mediator_id, starts_on, reason',
    families.length,
    function* (n) {
      yield [families[n].city.municipalityId, idAt(begun), families[n].id, families[n].mediatorId, opened, 'made'];
    },
  );
  const consentColumns =
    'municipality_id, id, family_id, kind, purpose, recipient_kind, giver, given_on, notice_version, recorded_by, recorded_at';
  const at = new Date(begun).toISOString();
  await copy('consent', consentColumns, families.length, function* (n) {
    const { id, city, mediatorId, consent } = families[n];
    const head = [city.municipalityId, idAt(begun), id];
    yield [...head, 'record', NONE, NONE, 'person', opened, '2017-10', mediatorId, at];
    yield [
      city.municipalityId,
      consent,
      id,
      'share',
      'SOC',
      'socialService',
      'person',
      opened,
      '2017-10',
      mediatorId,
      at,
    ];
  });
  await copy(
    'person',
    'municipality_id, id, family_id, household_role, birth_year, gender, school_status, employment_status, version, sealed',
    amounts.persons,
    function* (n) {
      const family = familyOf(n);
      const id = idAt(begun);
      family.persons.push(id);
      const role = family.persons.length === 1 ? 'contact' : 'child';
      const words = { firstName: `Vārds ${n}`, lastName: `Uzvārds ${n % 997}`, birthDate: null, phone: null };
      const sealed = seal(family, 'person', id, words);
      yield [
        family.city.municipalityId,
        id,
        family.id,
        role,
        1950 + (n % 70),
        'notStated',
        'unknown',
        'unknown',
        1,
        sealed,
      ];
    },
  );
  await copy('person_identity', 'municipality_id, person_id, identity', families.length, function* (n) {
    for (const id of families[n].persons) yield [families[n].city.municipalityId, id, id];
  });

  // Visits run through all families again and again, from the first day to yesterday.
  const visits = Array.from({ length: amounts.visits }, (_, n) => {
    const moment = Math.floor(begun + ((now - DAY_MS - begun) * n) / amounts.visits);
    return { id: idAt(moment), help: idAt(moment), moment, need: pick(needs, n), family: familyOf(n + (n >> 13)) };
  });
  await copy(
    'visit',
    'municipality_id, id, visit_id, version, current, voided, family_id, project_id, day, time, minutes, channel, place, capacity, reached, need_areas, mediator_id, recorded_by, recorded_at, sealed',
    visits.length,
    function* (n) {
      const { id, moment, need, family } = visits[n];
      const note =
        n % 3 ? NONE : seal(family, 'visit', id, { note: `Piezīme ${n}: ko pārrunājām un par ko vienojāmies.` });
      const who = family.mediatorId;
      const when = new Date(moment + 3_600_000).toISOString();
      // prettier-ignore
      yield [family.city.municipalityId, id, id, 1, 't', 'f', family.id, project, dayOf(moment), '10:00', 30, pick(channels, n), 'home', 'mediator', n % 20 ? 't' : 'f', `{${need}}`, who, who, when, note];
    },
  );
  const personOf = ({ family }, n) => family.persons[n % family.persons.length];
  await copy('visit_person', 'municipality_id, visit_row_id, person_id, family_id', visits.length, function* (n) {
    const { id, family } = visits[n];
    yield [family.city.municipalityId, id, personOf(visits[n], n), family.id];
  });
  await copy(
    'assistance',
    'municipality_id, id, family_id, visit_row_id, need_area, kind',
    visits.length,
    function* (n) {
      const { id, help, need, family } = visits[n];
      yield [family.city.municipalityId, help, family.id, id, need, pick(kinds, n)];
    },
  );
  await copy('assistance_person', 'municipality_id, assistance_id, person_id, family_id', visits.length, function* (n) {
    const { help, family } = visits[n];
    yield [family.city.municipalityId, help, personOf(visits[n], n), family.id];
  });

  const numbers = new Map();
  const referrals = Array.from({ length: amounts.referrals }, (_, n) => {
    const moment = Math.floor(begun + ((now - 2 * DAY_MS - begun) * n) / amounts.referrals);
    const family = familyOf(n);
    const numberOf = `${family.city.municipalityId}|${dayOf(moment).slice(0, 4)}`;
    numbers.set(numberOf, (numbers.get(numberOf) ?? 0) + 1);
    return {
      id: idAt(moment),
      moment,
      family,
      number: `${dayOf(moment).slice(0, 4)}-${String(numbers.get(numberOf)).padStart(4, '0')}`,
    };
  });
  // One in ten still waits for an answer.
  const isOpen = (n) => Math.floor(n / CITIES) % 10 === 0;
  await copy(
    'referral',
    'municipality_id, id, number, family_id, person_id, institution_id, need_area, status, ground, consent_id, created_by, created_at, sent_at, due_on, received_at, answered_at, version',
    referrals.length,
    function* (n) {
      const { id, moment, family, number } = referrals[n];
      const { municipalityId, institutionId } = family.city;
      const when = new Date(moment).toISOString();
      const answered = isOpen(n) ? NONE : new Date(moment + 5 * DAY_MS).toISOString();
      // prettier-ignore
      yield [municipalityId, id, number, family.id, family.persons[0], institutionId, 'SOC', isOpen(n) ? 'received' : 'completed', 'consent', family.consent, family.mediatorId, when, when, dayOf(moment + 14 * DAY_MS), when, answered, 3];
    },
  );
  await copy('referral_snapshot', 'municipality_id, referral_id, family_id, sealed', referrals.length, function* (n) {
    const { id, family } = referrals[n];
    const person = {
      firstName: `Vārds ${n}`,
      lastName: 'B.',
      birthYear: 1990,
      birthDate: null,
      phone: null,
      address: null,
      language: null,
      household: null,
    };
    const words = { person, request: 'Lūdzu palīdzēt noformēt pabalstu.', groundReason: null, travels: [] };
    yield [family.city.municipalityId, id, family.id, seal(family, 'referral_snapshot', id, words)];
  });
  await copy(
    'referral_event',
    'municipality_id, id, family_id, referral_id, move, status, side, by, at',
    referrals.length,
    function* (n) {
      const { id, moment, family } = referrals[n];
      const head = [family.city.municipalityId];
      const at = (days) => new Date(moment + days * DAY_MS).toISOString();
      yield [...head, idAt(moment), family.id, id, 'send', 'sent', 'sender', family.mediatorId, at(0)];
      if (!isOpen(n))
        yield [...head, idAt(moment), family.id, id, 'complete', 'completed', 'receiver', family.city.social, at(5)];
    },
  );
  await superuser.query('RESET session_replication_role');
  // What the triggers would have marked: the first report counts it.
  await superuser.query(`INSERT INTO reach_stale (municipality_id, id, project_id, month)
    SELECT municipality_id, gen_random_uuid(), project_id, month
    FROM (SELECT DISTINCT municipality_id, project_id, date_trunc('month', day)::date AS month FROM visit) v`);
  say('VACUUM ANALYZE');
  await superuser.query('VACUUM (ANALYZE)');
  await superuser.query('CHECKPOINT');
  return { amounts, project, from: dayOf(begun).slice(0, 7), to: dayOf(now).slice(0, 7), families, cities };
}
