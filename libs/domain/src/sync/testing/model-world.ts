import { newId } from '../../fields/id.js';
import type { CommandBatch } from '../command.js';
import { readContent } from '../content.js';
import { idsMadeBy } from '../depends.js';
import { chosen } from '../merge.js';
import { unsettled, type OutboxEntry } from '../outbox-entry.js';
import { daysKept, lostWith, throwAway } from '../outbox.js';
import type { Liar } from './liars.js';
import { ModelOffice, wrong, type Cut, type Header } from './model-office.js';
import { brings, ModelPhone } from './model-phone.js';

/** What may happen, and how often beside the others. */
export const kinds = {
  register: 2,
  visit: 5,
  wrongVisit: 1,
  move: 3,
  edit: 8,
  send: 8,
  sendBesideOtherTab: 1,
  pull: 4,
  replay: 2,
  decide: 5,
  sayAnew: 2,
  throwAway: 1,
  refuseNext: 2,
  trouble: 1,
  clockOff: 1,
  month: 1,
  backUp: 2,
  restore: 2,
  copyBack: 2,
} as const;

export interface Event {
  kind: keyof typeof kinds;
  phone: number;
  pick: number;
  how: number;
}

/** Something that a person did on a phone: `token` stands in its words. */
interface Done {
  phone: ModelPhone;
  token: string;
  /** The person threw it away, or chose another word over it: it need not be anywhere. */
  given: boolean;
}

const editable = ['name', 'address', 'arrangement'] as const;
const cuts: readonly Cut[] = ['none', 'none', 'none', 'none', 'before', 'after', 0, 1];
const day = 86_400_000;

/** Two phones, an office, the net between them and the people; it remembers what they did and looks whether it is still there. */
export class ModelWorld {
  readonly office: ModelOffice;
  readonly phones: readonly [ModelPhone, ModelPhone];
  readonly visits = new Map<string, Done>();
  readonly families = new Map<string, Done>();
  readonly moves = new Map<string, Done>();
  /** Words typed into headers. */
  readonly words = new Map<string, Done>();
  time = Date.parse('2026-11-02T08:00:00Z');
  private readonly wire: CommandBatch[] = [];
  private tokens = 0;
  private wasRestored = false;

  constructor(liar: Liar | null) {
    this.office = new ModelOffice(liar);
    this.phones = [new ModelPhone('a', liar), new ModelPhone('b', liar)];
  }

  happen({ kind, phone: which, pick, how }: Event): void {
    this.time += 60_000;
    const phone = this.phones[which % 2 === 0 ? 0 : 1];
    const events: Record<Event['kind'], () => void> = {
      register: () => this.register(phone),
      visit: () => this.visit(phone, pick, ''),
      wrongVisit: () => this.visit(phone, pick, wrong),
      move: () => this.move(phone, pick),
      edit: () => this.edit(phone, pick, how),
      send: () => this.send(phone, [1, 3, 1_000][pick % 3] ?? 1, cuts[how] ?? 'none'),
      sendBesideOtherTab: () => this.send(phone, 3, cuts[how] ?? 'none', () => this.visit(phone, pick, '')),
      pull: () => phone.pull(this.office, this.time),
      replay: () => this.replay(pick, how),
      decide: () => this.decide(phone, pick, how),
      sayAnew: () => this.sayAnew(phone, pick),
      throwAway: () => this.throwAway(phone, this.needy(phone, pick)),
      refuseNext: () => (this.office.refusesNext = true),
      trouble: () => (this.office.troubled = true),
      clockOff: () => (phone.clock = ([-365, 0, 365][how % 3] ?? 0) * day),
      month: () => (this.time += 31 * day),
      backUp: () => this.office.backUp(this.time),
      restore: () => (this.wasRestored ||= this.office.restore(pick, this.time - daysKept * day)),
      copyBack: () => (this.wasRestored ||= this.office.copyBack(pick, this.time - daysKept * day)),
    };
    events[kind]();
  }

  /** The net is there, and people look at what needs them. */
  calm(): void {
    this.office.refusesNext = this.office.troubled = false;
    for (let round = 0; round < 30; round += 1) {
      for (const phone of this.phones) {
        phone.pull(this.office, this.time);
        while (this.send(phone, 1_000, 'none'));
        for (const entry of unsettled(phone.entries)) if (entry.result) this.settle(phone, entry);
      }
      if (this.phones.every((phone) => phone.standing.allSent && phone.generation === this.office.generation)) return;
    }
  }

  private register(phone: ModelPhone): void {
    const id = newId();
    const token = this.token();
    this.families.set(id, { phone, token, given: false });
    phone.do({ operation: 'POST /families', params: {}, input: { id, name: token } }, this.time);
  }

  private visit(phone: ModelPhone, pick: number, more: string): void {
    const familyId = this.familyOn(phone, pick);
    if (!familyId) return;
    const id = newId();
    const token = this.token();
    this.visits.set(id, { phone, token, given: false });
    phone.do({ operation: 'POST /visits', params: {}, input: { id, familyId, note: token + more } }, this.time);
  }

  /** It has no id of its own: only its number tells whether it was done already. */
  private move(phone: ModelPhone, pick: number): void {
    const id = this.familyOn(phone, pick);
    if (!id) return;
    const token = this.token();
    this.moves.set(token, { phone, token, given: false });
    phone.do({ operation: 'POST /referrals/{id}/moves', params: { id }, input: { text: token } }, this.time);
  }

  private edit(phone: ModelPhone, pick: number, how: number): void {
    const id = [...phone.copy.keys()][pick % Math.max(1, phone.copy.size)];
    const view = id ? phone.view(id) : null;
    if (!id || !view) return;
    const field = editable[how % 3] ?? 'name';
    this.giveUp(view[field]);
    const token = this.token();
    this.words.set(token, { phone, token, given: false });
    const input: Partial<Header> = { ...view, [field]: token };
    phone.do({ operation: 'PUT /families/{id}', params: { id }, input, base: view }, this.time);
  }

  private send(phone: ModelPhone, commands: number, cut: Cut, meanwhile?: () => void): boolean {
    const batch = phone.begin(commands);
    if (!batch) return false;
    const knew = phone.said;
    this.wire.push(batch);
    const answer = this.office.take(batch, cut);
    meanwhile?.();
    phone.end(batch, answer, knew, this.time);
    return true;
  }

  /** A batch of any time comes once more, or only now; turned round, or twice in one. Nobody waits for its answer. */
  private replay(pick: number, how: number): void {
    const batch = this.wire[pick % Math.max(1, this.wire.length)];
    if (!batch) return;
    let { commands } = batch;
    if (how % 2 === 1) commands = [...commands].reverse();
    if (how > 5) commands = [...commands, ...commands];
    this.office.take({ ...batch, commands });
  }

  private decide(phone: ModelPhone, pick: number, how: number): void {
    const entry = this.needy(phone, pick);
    if (entry?.state === 'conflict') this.choose(phone, entry, how % 2 === 0);
    else if (entry) this.correct(phone, entry);
  }

  private choose(phone: ModelPhone, { command, result }: OutboxEntry, keepsMine: boolean): void {
    if (!result) return;
    const values = Object.fromEntries(
      result.clashes.map(({ field, mine, theirs }) => {
        this.giveUp(JSON.parse(keepsMine ? theirs : mine));
        return [field, JSON.parse(keepsMine ? mine : theirs) as unknown];
      }),
    );
    phone.sendAgain(command.id, this.time, chosen(command, result, values));
  }

  private correct(phone: ModelPhone, { command }: OutboxEntry): void {
    const content = command.content.replace(wrong, '');
    phone.sendAgain(command.id, this.time, content === command.content ? undefined : { content });
  }

  /** The form of a refused one is opened and saved once more, as any other form. */
  private sayAnew(phone: ModelPhone, pick: number): void {
    const entry = this.needy(phone, pick);
    if (entry?.state !== 'refused') return;
    const { operation, base } = entry.command;
    const { params, input } = readContent(entry.command);
    if (operation.startsWith('POST /referrals')) return;
    if (base) return this.editAgain(phone, params['id'] ?? '');
    const note = String(input['note'] ?? '').replace(wrong, '');
    phone.do({ operation, params, input: 'note' in input ? { ...input, note } : input }, this.time);
  }

  private editAgain(phone: ModelPhone, id: string): void {
    const at = [...phone.copy.keys()].indexOf(id);
    if (at >= 0) this.edit(phone, at, this.tokens);
  }

  private throwAway(phone: ModelPhone, entry: OutboxEntry | undefined): void {
    if (!entry) return;
    for (const { command } of lostWith(phone.entries, entry.command.id)) {
      for (const id of idsMadeBy(command))
        for (const done of [this.visits.get(id), this.families.get(id)]) if (done) done.given = true;
      for (const done of [...this.moves.values(), ...this.words.values()])
        if (brings(command, done.token)) done.given = true;
    }
    phone.entries = throwAway(phone.entries, entry.command.id, new Date(this.time).toISOString());
  }

  private settle(phone: ModelPhone, entry: OutboxEntry): void {
    if (entry.state === 'conflict') this.choose(phone, entry, true);
    else if (entry.state === 'refused' && entry.replaces.length < 16) this.correct(phone, entry);
    else if (!this.wasRestored) throw new Error(`stuck: ${entry.command.content}`);
    // A late batch left something else under its id in the restored office, or its family was thrown away on the other phone.
    else if (entry.state === 'refused') this.throwAway(phone, entry);
  }

  private needy(phone: ModelPhone, pick: number): OutboxEntry | undefined {
    const needy = unsettled(phone.entries).filter(({ state }) => state === 'refused' || state === 'conflict');
    return needy[pick % Math.max(1, needy.length)];
  }

  /** A family that the phone has pulled, or that was registered on it. */
  private familyOn(phone: ModelPhone, pick: number): string | undefined {
    const own = [...this.families].filter(([id, done]) => (done.phone === phone && !done.given) || phone.copy.has(id));
    return own[pick % Math.max(1, own.length)]?.[0];
  }

  /** Somebody saw this word and put another in its place. */
  private giveUp(word: unknown): void {
    const done = typeof word === 'string' ? this.words.get(word) : undefined;
    if (done) done.given = true;
  }

  private token(): string {
    this.tokens += 1;
    return `t${this.tokens}.`;
  }
}
