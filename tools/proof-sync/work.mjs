// What mediators do all day, at random: each thing is asked of a phone, and written down here as what must stand at the office in the end.
import { newId } from '@tilts/domain';
import { aConsentToShare, aFamily, anAssistance, anOutcome, aPerson, aVisit, unrecordedHelp } from '@tilts/testing';

/** Fields of headers whose every change is told apart by its words, so that one that was overwritten unseen is noticed. */
export const TOLD_APART = {
  family: ['name', 'address', 'arrangement'],
  person: ['firstName', 'lastName'],
  visit: ['note', 'nextStep'],
};
const OPERATIONS = {
  family: 'PUT /families/{id}',
  person: 'PUT /persons/{id}',
  visit: 'POST /visits/{id}/corrections',
};

/** @returns {any} */
const withoutRules = ({ rules: _, ...plain }) => plain;
let counter = 0;
const word = (what) => `${what} ${(counter += 1)}`;

/** What one phone shows: headers as their person reads them, the unsent on top. */
export class Desk {
  /** By id: kind, family, version, fields. */
  records = new Map();
  familyIds = [];
  /** In which their person chose. */
  clashes = 0;

  constructor({ phone, ledger, random, municipalityId }) {
    this.phone = phone;
    this.ledger = ledger;
    this.random = random;
    this.municipalityId = municipalityId;
  }

  /** One thing that their person does. */
  step() {
    const { random } = this;
    if (this.familyIds.length === 0) return this.register();
    const kind = random.pick(WEIGHED);
    return this[kind]();
  }

  register() {
    const input = withoutRules(aFamily({ municipalityId: this.municipalityId, name: word('Ģimene') }));
    const persons = input.persons.map((person) => ({ ...person, firstName: word('Vārds') }));
    const family = { ...input, persons, consent: withoutRules(input.consent) };
    this.#know('family', family.id, family.id, { ...family, status: 'active', closeReason: null });
    for (const person of persons) this.#know('person', person.id, family.id, { ...person, leftOn: null });
    this.familyIds.push(family.id);
    this.#did('POST /families', {}, family, {
      rows: [['family', family.id], ['consent', family.consent.id], ...persons.map(({ id }) => ['person', id])],
      begins: [['family', family.id, family], ...persons.map((person) => ['person', person.id, person])],
    });
    return family.id;
  }

  visit(familyId = this.random.pick(this.familyIds), hasStep = this.random.chance(0.5)) {
    const { random } = this;
    const met = this.#membersOf(familyId).filter(() => random.chance(0.5));
    const help = Array.from({ length: random.between(0, 2) }, () => anAssistance({ personIds: met }));
    const type = /** @type {const} */ ('documentObtained');
    const outcomes = random.chance(0.2) ? [{ id: newId(), type, personId: null }] : [];
    const more = { note: word('Piezīme'), nextStep: hasStep ? word('Solis') : null };
    const visit = withoutRules(aVisit({ id: familyId }, { metPersonIds: met, assistance: help, outcomes, ...more }));
    const { familyId: _family, outcomes: _outcomes, ...details } = visit;
    this.#know('visit', visit.id, familyId, details);
    this.#did('POST /visits', {}, visit, {
      rows: [
        ['visit', visit.id],
        ...visit.assistance.map(({ id }) => ['assistance', id]),
        ...outcomes.map(({ id }) => ['outcome', id]),
      ],
      begins: [['visit', visit.id, visit]],
    });
    return visit.id;
  }

  /** The person picked a family that is not theirs (any more): refused, and what builds on it is held. */
  lostVisit() {
    const elsewhere = newId();
    const id = this.visit(elsewhere, true);
    this.ledger.at(-1).belongsTo = this.random.pick(this.familyIds);
    this.records.delete(id);
    this.#did('POST /visits/{id}/next-step-done', { id }, {}, { rows: [['next_step_done', id]] });
  }

  finishNextStep() {
    const open = [...this.records.values()].filter(
      ({ kind, fields, done }) => kind === 'visit' && fields.nextStep && !done,
    );
    if (open.length === 0) return this.visit();
    const record = this.random.pick(open);
    record.done = true;
    const { id } = record;
    this.#did('POST /visits/{id}/next-step-done', { id }, {}, { rows: [['next_step_done', id]] });
  }

  correctVisit() {
    return this.change('visit');
  }

  changePerson() {
    return this.change('person');
  }

  changeFamily() {
    return this.change('family');
  }

  addPerson() {
    const familyId = this.random.pick(this.familyIds);
    const person = withoutRules(aPerson({ familyId, firstName: word('Vārds') }));
    this.#know('person', person.id, familyId, { ...person, leftOn: null });
    const begins = [['person', person.id, person]];
    this.#did('POST /persons', {}, person, { rows: [['person', person.id]], begins });
  }

  consent() {
    const consent = withoutRules(aConsentToShare({ id: this.random.pick(this.familyIds) }));
    this.#did('POST /consents', {}, consent, { rows: [['consent', consent.id]] });
  }

  outcome() {
    const outcome = withoutRules(anOutcome({ id: this.random.pick(this.familyIds) }));
    this.#did('POST /outcomes', {}, outcome, { rows: [['outcome', outcome.id]] });
  }

  unrecordedHelp() {
    const help = withoutRules(unrecordedHelp({ municipalityId: this.municipalityId }));
    this.#did('POST /unrecorded-help', {}, help, { rows: [['unrecorded_help', help.id]] });
  }

  /** Changes one or two fields of a header, as it is read on this phone now. */
  change(kind, id = this.#anyOf(kind)) {
    const record = id && this.records.get(id);
    if (!record) return this.visit();
    const { fields, version } = record;
    const names = this.random.shuffled(TOLD_APART[kind]).slice(0, this.random.between(1, 2));
    // A step that somebody finished cannot be taken back to none; a visit without one may get one.
    const changed = Object.fromEntries(names.map((name) => [name, word('Labots')]));
    const own = kind === 'visit' ? { id: newId(), voided: false, correctionReason: null } : {};
    const { id: _id, familyId: _family, ...plain } = fields;
    const input = { ...plain, ...changed, ...own, version };
    const rows = kind === 'visit' ? [['visit', input.id]] : [];
    this.#did(
      OPERATIONS[kind],
      { id },
      input,
      {
        rows,
        changes: { kind, id, fields: names.map((name) => ({ name, from: fields[name] ?? null, to: changed[name] })) },
      },
      { ...plain, version },
    );
    Object.assign(fields, changed);
  }

  /** What the office shows now, with what is unsent laid over it: that is what their person reads from here on. */
  async pull() {
    const ids = this.familyIds.filter((id) => !this.phone.entries.some((entry) => this.#stillMakes(entry, id)));
    for (let at = 0; at < ids.length; at += 20)
      for (const { family, persons, visits } of await this.phone.families(ids.slice(at, at + 20))) {
        this.#read('family', family.id, family.id, family, FAMILY);
        for (const person of persons) this.#read('person', person.id, family.id, person, PERSON);
        for (const visit of visits) this.#read('visit', visit.id, family.id, visit, VISIT);
      }
    for (const { changes, phone, commandId } of this.ledger) {
      if (!changes || phone !== this.phone) continue;
      const record = this.records.get(changes.id);
      if (record && ['waiting', 'held', 'refused', 'conflict'].includes(phone.stateOf(commandId)))
        for (const { name, to } of changes.fields) record.fields[name] = to;
    }
  }

  #read(kind, id, familyId, view, names) {
    const fields = Object.fromEntries(names.map((name) => [name, view[name] ?? null]));
    const done = this.records.get(id)?.done || Boolean(view.nextStepDoneOn);
    this.records.set(id, { kind, id, familyId, version: view.version, fields, done });
  }

  #stillMakes({ command, state }, id) {
    return state !== 'settled' && command.operation === 'POST /families' && command.content.includes(id);
  }

  /** What a new thing looks like on the phone that made it. */
  #know(kind, id, familyId, written) {
    const names = { family: FAMILY, person: PERSON, visit: VISIT }[kind];
    const fields = Object.fromEntries(names.map((name) => [name, written[name] ?? null]));
    this.records.set(id, { kind, id, familyId, version: 1, fields, done: false });
  }

  #anyOf(kind) {
    const ids = [...this.records.values()].filter((record) => record.kind === kind).map(({ id }) => id);
    return ids.length > 0 ? this.random.pick(ids) : undefined;
  }

  #membersOf(familyId) {
    return [...this.records.values()]
      .filter((record) => record.kind === 'person' && record.familyId === familyId)
      .map(({ id }) => id);
  }

  #did(operation, params, input, facts, base = null) {
    const commandId = this.phone.write({ operation, params, input, base });
    this.ledger.push({ ...facts, phone: this.phone, operation, params, input, commandId, thrownAway: false });
  }
}

/** The fields of a header that its change says. */
const FAMILY = ['name', 'phone', 'address', 'language', 'arrangement', 'status', 'closeReason'];
const PERSON =
  'firstName lastName birthDate birthYear householdRole gender schoolStatus employmentStatus phone leftOn'.split(' ');
const VISIT =
  'day time minutes channel place capacity reached metPersonIds needAreas assistance note nextStep nextStepOn'.split(
    ' ',
  );

/** How often what is done, in parts of a whole day. */
const WEIGHED = Object.entries({
  visit: 40,
  correctVisit: 10,
  changePerson: 10,
  changeFamily: 8,
  addPerson: 8,
  finishNextStep: 6,
  consent: 5,
  outcome: 5,
  register: 4,
  unrecordedHelp: 4,
  lostVisit: 3,
}).flatMap(([what, often]) => Array(often).fill(what));
