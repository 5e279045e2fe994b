import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@tilts/domain';
import { built } from '../bench/built.mjs';
import { lookAtNeedsYou } from './needs-you.mjs';
import { Desk } from './work.mjs';
import { Phone } from './phone.mjs';

const PASSWORD = 'a password for the proof only';
const SETTLE_MS = 60_000;
let places = 0;

/** A municipality of its own with some mediators and their phones, so that whatever stands there was written in this part of the proof. */
export class Scene {
  desks = [];
  /** What people did, in their order; in the end it is compared with what stands at the office. */
  ledger = [];
  accountIds = [];

  constructor(office, random, municipalityId) {
    this.office = office;
    this.random = random;
    this.municipalityId = municipalityId;
  }

  /** `phones`: how many each mediator has. `Kind`: a phone, or a lying one. */
  static async of(office, random, { mediators = 2, phones = 1, Kind = Phone, skewed = false } = {}) {
    const municipalityId = newId();
    const scene = new Scene(office, random, municipalityId);
    const { createAccount } = await built('access/accounts.js');
    const seals = await office.seals();
    const accounts = await office.look(async (client) => {
      const n = (places += 1);
      const project = newId();
      await client.query(`INSERT INTO project (id, name, name_en, starts_on) VALUES ($1, $2, $2, '2017-10-01')`, [
        project,
        `Pārbaude ${n}`,
      ]);
      await client.query(
        `INSERT INTO municipality (id, key, family_prefix, name, name_in) VALUES ($1, $2, $3, $4, $4)`,
        [municipalityId, `PROOF${n}`, `P${n}X`, `Pilsēta ${n}`],
      );
      const made = [];
      for (let i = 0; i < mediators; i += 1) {
        const email = `proof${n}.${i}@tilts.test`;
        const account = { role: 'mediator', language: 'lv', institutionId: null, name: `Mediators ${n}.${i}` };
        const id = await createAccount(client, seals, { ...account, email, password: PASSWORD });
        await client.query(
          `INSERT INTO assignment (id, mediator_id, municipality_id, project_id, starts_on, hours_per_week) VALUES ($1, $2, $3, $4, '2017-10-01', 20)`,
          [newId(), id, municipalityId, project],
        );
        made.push({ id, email, password: PASSWORD });
      }
      return made;
    });
    scene.accountIds = accounts.map(({ id }) => id);
    const YEAR_MS = 365 * 86_400_000;
    for (const account of accounts)
      for (let i = 0; i < phones; i += 1) {
        const phone = new Kind(office, account, skewed ? random.between(-YEAR_MS, YEAR_MS) : 0);
        scene.desks.push(new Desk({ ...scene.#shared(), phone }));
      }
    return scene;
  }

  /** How often two people had changed the same to different things. */
  get clashes() {
    return this.desks.reduce((sum, desk) => sum + desk.clashes, 0);
  }

  #shared() {
    const { ledger, random, municipalityId } = this;
    return { ledger, random, municipalityId };
  }

  /** Every phone goes on until nothing waits any more; their people look at what needs them, and in the end leave some of it. */
  async settle() {
    const deadline = Date.now() + SETTLE_MS;
    for (let round = 0; ; round += 1) {
      await Promise.all(this.desks.map(({ phone }) => this.#drain(phone, deadline)));
      for (const desk of this.desks) lookAtNeedsYou(desk, round < 6 ? {} : { leave: 1 });
      if (!this.desks.some(({ phone }) => phone.isWaiting())) return;
    }
  }

  async #drain(phone, deadline) {
    while (phone.isWaiting()) {
      if (Date.now() > deadline) {
        const [first] = phone.entries.filter(({ state }) => state === 'waiting');
        throw new Error(`Something waits and never gets in: ${JSON.stringify(first)}`);
      }
      if (!(await phone.exchange())) await sleep(20);
    }
  }
}
