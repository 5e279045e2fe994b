import {
  add,
  afterRestore,
  contentOf,
  forgetOld,
  lostWith,
  newId,
  nextBatch,
  nextNumber,
  nothingOperation,
  numberCommand,
  refuseHere,
  sendAgain,
  standing,
  takeAnswer,
  takeResults,
  throwAway,
  tickOffGaps,
  unsettled,
  wasSetBack,
  whereIs,
  type CommandOutcome,
  type CommandResult,
  type OutboxEntry,
} from '../index.js';

const now = '2026-11-02T08:00:00.000Z';
const limits = { commands: 1_000, bytes: 1_000_000 };
const office = (receivedUpTo: number, generation = 'g') => ({ generation, receivedUpTo, receivedAbove: [] });

/** A phone in a test: its entries, and what is done with them. */
class Outbox {
  entries: readonly OutboxEntry[] = [];
  numbered = 0;

  do(operation: string, input: object, more: { params?: Record<string, string>; base?: object } = {}): string {
    const command = numberCommand({ operation, params: {}, input, ...more }, (this.numbered += 1), now);
    this.entries = add(this.entries, command);
    return command.id;
  }

  register(id: string): string {
    return this.do('POST /families', { id });
  }

  visit(familyId: string, id = newId(), note = ''): string {
    return this.do('POST /visits', { id, familyId, note });
  }

  change(id: string, name: string, base: string): string {
    return this.do('PUT /families/{id}', { version: 1, name }, { params: { id }, base: { name: base } });
  }

  hear(outcome: CommandOutcome, ...ids: string[]): void {
    this.entries = takeResults(
      this.entries,
      ids.map((id) => this.resultOf(id, outcome)),
      now,
    );
  }

  again(id: string, changed?: { content: string }): string {
    this.entries = sendAgain(this.entries, id, { seq: (this.numbered += 1), now }, changed);
    return this.entries.at(-1)?.command.id ?? '';
  }

  resultOf(id: string, outcome: CommandOutcome): CommandResult {
    const seq = this.entries.find(({ command }) => command.id === id)?.command.seq ?? 0;
    return { id, seq, outcome, code: null, params: null, fields: [], version: null, clashes: [], output: null };
  }

  get states(): string[] {
    return this.entries.map(({ state }) => state);
  }

  get batch(): number[] {
    return nextBatch(this.entries, limits).map(({ seq }) => seq);
  }
}

let phone: Outbox;
const [family, other] = [newId(), newId()];
beforeEach(() => (phone = new Outbox()));

describe('a batch', () => {
  it('is what waits, in order, within its limits, and one at least', () => {
    for (let i = 0; i < 4; i += 1) phone.visit(family);
    expect(phone.batch).toEqual([1, 2, 3, 4]);
    expect(nextBatch(phone.entries, { commands: 2, bytes: 1_000_000 })).toHaveLength(2);
    expect(nextBatch(phone.entries, { commands: 9, bytes: 1_000 })).toHaveLength(2);
    expect(nextBatch(phone.entries, { commands: 9, bytes: 1 })).toHaveLength(1);
  });

  it('ends before what builds on one of its own', () => {
    const registered = phone.register(family);
    phone.visit(other);
    phone.visit(family);
    phone.visit(other);
    expect(phone.batch).toEqual([1, 2]);
    phone.hear('applied', registered, phone.entries[1]?.command.id ?? '');
    expect(phone.batch).toEqual([3, 4]);
  });

  it('holds one change of a record', () => {
    phone.change(family, 'b', 'a');
    phone.change(other, 'b', 'a');
    phone.change(family, 'c', 'b');
    expect(phone.batch).toEqual([1, 2]);
  });
});

describe('what the office says', () => {
  it('settles, refuses, asks or puts off; of what nobody knows it says nothing', () => {
    const [a, b, c, d, e] = Array.from({ length: 5 }, () => phone.visit(family));
    phone.hear('applied', a ?? '');
    phone.hear('alreadyApplied', b ?? '');
    phone.hear('refused', c ?? '');
    phone.hear('conflict', d ?? '');
    phone.hear('notNow', e ?? '', newId());
    expect(phone.states).toEqual(['settled', 'settled', 'refused', 'conflict', 'waiting']);
    expect(phone.entries.at(-1)?.tries).toBe(1);
  });

  it('never takes back that something was applied, and counts only under its own number', () => {
    const [a, b] = [phone.visit(family), phone.visit(family)];
    phone.hear('applied', a);
    phone.hear('refused', a);
    phone.entries = takeResults(phone.entries, [{ ...phone.resultOf(b, 'applied'), seq: 1 }], now);
    expect(phone.states).toEqual(['settled', 'waiting']);
  });

  it('leaves what it does not touch the same object', () => {
    const [a] = [phone.visit(family), phone.visit(family)];
    const [, before] = phone.entries;
    phone.hear('applied', a);
    expect(phone.entries[1]).toBe(before);
  });
});

describe('what builds on a refused one', () => {
  it('is held, also what builds on that, and nothing else; it goes when the refused one is corrected', () => {
    const [person, id] = [newId(), newId()];
    const refused = phone.register(family);
    phone.do('POST /persons', { id: person, familyId: family });
    phone.do('POST /visits', { id, familyId: other, metPersonIds: [person] });
    phone.visit(other);
    phone.hear('refused', refused);
    expect(phone.states).toEqual(['refused', 'held', 'held', 'waiting']);
    expect(phone.batch).toEqual([4]);
    const again = phone.again(refused, { content: contentOf({}, { id: family, name: 'Priežu' }) });
    expect(phone.batch).toEqual([5, 4]);
    phone.hear('applied', again);
    expect(phone.states).toEqual(['settled', 'waiting', 'waiting', 'waiting', 'settled']);
    expect(phone.batch).toEqual([2]);
  });

  it('is a later change of the same record, but not one of another', () => {
    const first = phone.change(family, 'b', 'a');
    phone.change(family, 'c', 'b');
    phone.change(other, 'c', 'b');
    phone.hear('conflict', first);
    expect(phone.states).toEqual(['conflict', 'held', 'waiting']);
  });
});

describe('sending again', () => {
  it('has a new number always, since the office answers the old one as it did, and keeps what it makes', () => {
    const id = newId();
    const refused = phone.visit(family, id);
    phone.hear('refused', refused);
    phone.again(refused);
    expect(phone.entries[1]?.command).toMatchObject({ seq: 2, content: phone.entries[0]?.command.content });
    expect(phone.entries[1]?.command.id).not.toBe(refused);
    expect(whereIs(phone.entries, id)).toBe('phone');
    expect(standing(phone.entries, office(1), 2, 'g')).toEqual({ unsent: 1, needsYou: 0, allSent: false });
  });

  it('is for what needs somebody: twice, of a waiting or of a held one it changes nothing', () => {
    const refused = phone.register(family);
    const held = phone.visit(family);
    const waiting = phone.visit(other);
    phone.hear('refused', refused);
    for (const id of [held, waiting]) phone.again(id);
    expect(phone.entries).toHaveLength(3);
    phone.again(refused);
    phone.again(refused);
    expect(phone.entries).toHaveLength(4);
  });

  it('happens by itself when the form is corrected and saved under the same id', () => {
    const id = newId();
    const refused = phone.visit(family, id, 'x');
    phone.hear('refused', refused);
    const corrected = phone.visit(family, id, 'y');
    expect(unsettled(phone.entries).map(({ command }) => command.id)).toEqual([corrected]);
    phone.hear('refused', corrected);
    const third = phone.visit(family, id, 'z');
    expect(standing(phone.entries, office(2), 3, 'g')).toMatchObject({ unsent: 1, needsYou: 0 });
    phone.hear('applied', third);
    expect(phone.states).toEqual(['settled', 'settled', 'settled']);
    expect(phone.entries[0]).toMatchObject({
      thrownAway: true,
      command: { operation: nothingOperation, content: '{}' },
    });
    expect(standing(phone.entries, office(3), 3, 'g').allSent).toBe(true);
  });

  it('of a refused change keeps as its base what was read, not what was refused', () => {
    const refused = phone.change(family, 'b', 'a');
    phone.change(family, 'c', 'b');
    phone.hear('refused', refused);
    phone.change(family, 'd', 'c');
    expect(phone.entries[2]).toMatchObject({ place: 1, command: { base: '{"name":"a"}' } });
    expect(phone.batch).toEqual([3]);
    phone.hear('applied', phone.entries[2]?.command.id ?? '');
    // The held one was never there: its number goes as nothing.
    expect(nextBatch(phone.entries, limits)).toMatchObject([{ seq: 2, operation: nothingOperation }]);
  });

  it('does not pass over a clash: a change after it waits for the choice', () => {
    const clash = phone.change(family, 'b', 'a');
    phone.hear('conflict', clash);
    phone.change(family, 'c', 'b');
    expect(phone.states).toEqual(['conflict', 'held']);
  });
});

describe('throwing away', () => {
  it('takes along what cannot be without it, and says so before', () => {
    const refused = phone.register(family);
    const visit = phone.visit(family);
    phone.visit(other);
    phone.hear('refused', refused);
    expect(lostWith(phone.entries, refused).map(({ command }) => command.id)).toEqual([refused, visit]);
    phone.entries = throwAway(phone.entries, refused, now);
    expect(unsettled(phone.entries).map(({ command }) => command.seq)).toEqual([3]);
    expect(JSON.stringify(phone.entries.slice(0, 2))).not.toContain(family);
  });

  it('still tells the office the numbers that it never had, so that „all sent” can be true', () => {
    const refused = phone.register(family);
    const visit = phone.visit(family);
    phone.hear('refused', refused);
    phone.entries = throwAway(phone.entries, refused, now);
    expect(standing(phone.entries, office(1), 2, 'g')).toEqual({ unsent: 0, needsYou: 0, allSent: false });
    expect(nextBatch(phone.entries, limits)).toMatchObject([
      { id: visit, seq: 2, operation: nothingOperation, content: '{}' },
    ]);
    phone.hear('refused', visit);
    expect(standing(phone.entries, office(2), 2, 'g').allSent).toBe(true);
  });

  it('is not for what is on its way, nor for what is there', () => {
    const [waiting, settled] = [phone.visit(family), phone.visit(family)];
    phone.hear('applied', settled);
    const before = phone.entries;
    for (const id of [waiting, settled, newId()]) expect(throwAway(before, id, now)).toEqual(before);
  });

  it('of a corrected one means what it corrects too', () => {
    const first = phone.visit(family);
    phone.hear('refused', first);
    const second = phone.again(first);
    phone.hear('refused', second);
    phone.entries = throwAway(phone.entries, second, now);
    expect(phone.states).toEqual(['settled', 'settled']);
  });
});

describe('a restored office', () => {
  it('is sent again what it said it had, under the same numbers; what waits waits', () => {
    const [a, b] = [phone.visit(family), phone.visit(family), phone.visit(family)];
    phone.hear('applied', a, b);
    const same = takeAnswer(phone.entries, office(1, 'g'), office(1, 'g'), now);
    expect(same.map(({ state }) => state)).toEqual(['settled', 'settled', 'waiting']);
    for (const says of [office(1, 'h'), office(2, 'h'), office(1, 'g')]) {
      const anew = takeAnswer(phone.entries, says, office(2, 'g'), now);
      expect(anew.map(({ state, result }) => [state, result])).toEqual(Array(3).fill(['waiting', null]));
      expect(nextBatch(anew, limits).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    }
  });

  it('is one that has less than it had said, number by number', () => {
    const above = (receivedUpTo: number, ...ranges: [number, number][]) => ({
      ...office(receivedUpTo),
      receivedAbove: ranges.map(([from, to]) => ({ from, to })),
    });
    expect(wasSetBack(null, office(0))).toBe(false);
    expect(wasSetBack(office(2), office(2))).toBe(false);
    expect(wasSetBack(above(2, [4, 6]), office(6))).toBe(false);
    expect(wasSetBack(above(2, [4, 6]), above(2, [4, 7]))).toBe(false);
    expect(wasSetBack(office(3), office(2))).toBe(true);
    expect(wasSetBack(above(2, [4, 6]), office(5))).toBe(true);
    expect(wasSetBack(above(2, [4, 6]), above(3, [5, 9]))).toBe(true);
  });

  it('is not sent again what was thrown away: only its number, where that is missing', () => {
    const [a, b] = [phone.visit(family), phone.visit(family)];
    phone.hear('refused', a, b);
    for (const id of [a, b]) phone.entries = throwAway(phone.entries, id, now);
    phone.entries = afterRestore(phone.entries, office(1, 'h'));
    expect(phone.states).toEqual(['settled', 'waiting']);
    expect(nextBatch(phone.entries, limits)).toMatchObject([{ operation: nothingOperation, seq: 2 }]);
  });

  it('gets the corrected one, never the refused one before it', () => {
    const refused = phone.visit(family);
    phone.hear('refused', refused);
    const again = phone.again(refused);
    phone.entries = afterRestore(phone.entries, office(0, 'h'));
    expect(phone.batch).toEqual([2]);
    phone.hear('applied', again);
    expect(nextBatch(phone.entries, limits)).toMatchObject([{ operation: nothingOperation, seq: 1 }]);
  });
});

describe('what the page says', () => {
  it('„all sent” only when the office has the last number that was given, and is the office that it was', () => {
    const id = phone.visit(family);
    expect(standing(phone.entries, office(1), 1, 'g').allSent).toBe(false);
    phone.hear('applied', id);
    expect(standing(phone.entries, office(1), 1, 'g').allSent).toBe(true);
    expect(standing(phone.entries, null, 1, 'g').allSent).toBe(false);
    expect(standing(phone.entries, office(0), 1, 'g').allSent).toBe(false);
    expect(standing(phone.entries, office(1), 2, 'g').allSent).toBe(false);
    expect(standing(phone.entries, office(1), 1, 'h').allSent).toBe(false);
    const gaps = { ...office(1), receivedAbove: [{ from: 3, to: 3 }] };
    expect(standing(phone.entries, gaps, 1, 'g').allSent).toBe(false);
  });

  it('where a record is: by what makes or changes it, not by what names it', () => {
    const id = newId();
    phone.visit(family, id);
    expect([whereIs(phone.entries, id), whereIs(phone.entries, family)]).toEqual(['phone', 'office']);
    const change = phone.change(family, 'b', 'a');
    expect(whereIs(phone.entries, family.toUpperCase())).toBe('phone');
    phone.hear('conflict', change);
    expect(whereIs(phone.entries, family)).toBe('needsYou');
  });

  it('that one which cannot be sent at all needs somebody, and its number is still open', () => {
    const id = phone.visit(family);
    phone.entries = refuseHere(phone.entries, id, 'TOO_LARGE');
    expect(phone.entries).toMatchObject([{ state: 'refused', result: { code: 'TOO_LARGE' } }]);
    phone.entries = throwAway(phone.entries, id, now);
    expect(nextBatch(phone.entries, limits)).toMatchObject([{ seq: 1, operation: nothingOperation }]);
  });
});

describe('numbers and days', () => {
  it('of which nothing can be read any more are ticked off at the office, once it has spoken', () => {
    const phone = new Outbox();
    for (let visit = 1; visit <= 4; visit += 1) phone.visit('a');
    const left = phone.entries.slice(3);
    expect(tickOffGaps(left, 4, null, now)).toEqual(left);
    const said = { ...office(1), receivedAbove: [{ from: 3, to: 3 }] };
    const ticked = tickOffGaps(left, 4, said, now);
    expect(nextBatch(ticked, limits).map(({ seq, operation }) => [seq, operation])).toEqual([
      [2, nothingOperation],
      [4, 'POST /visits'],
    ]);
    expect(unsettled(ticked)).toEqual(left);
    expect(tickOffGaps(ticked, 4, said, now)).toEqual(ticked);
  });

  it('go on after whatever the office has seen', () => {
    expect(nextNumber(4, null)).toBe(5);
    expect(nextNumber(4, { ...office(7), receivedAbove: [{ from: 9, to: 12 }] })).toBe(13);
  });

  it('keep what is settled for thirty days, and what is not for ever', () => {
    const id = phone.visit(family);
    phone.visit(family);
    phone.hear('applied', id);
    expect(forgetOld(phone.entries, '2026-12-02T23:00:00.000Z')).toHaveLength(2);
    expect(forgetOld(phone.entries, '2026-12-03T00:00:00.000Z').map(({ state }) => state)).toEqual(['waiting']);
  });

  it('write the same content as the same text', () => {
    expect(contentOf({}, { b: 1, a: { d: undefined, c: [] } })).toBe(contentOf({}, { a: { c: [] }, b: 1 }));
  });
});
