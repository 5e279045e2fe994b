import {
  add,
  checkInput,
  newId,
  nextBatch,
  numberCommand,
  RescueContents,
  rescueContents,
  rescueFileName,
  rescueLimits,
  takeResults,
  throwAway,
  withRescued,
  type Command,
  type CommandOutcome,
  type OutboxEntry,
} from '../index.js';

const now = '2026-11-23T11:42:00.000Z';
const phone = { accountId: newId(), deviceId: newId(), generation: newId(), numbered: 3, drafts: [] };

let numbered = 0;
beforeEach(() => (numbered = 0));
const did = (operation: string, input: object, params = {}): Command =>
  numberCommand({ operation, params, input }, (numbered += 1), now);
const visit = (familyId = newId(), note = ''): Command => did('POST /visits', { id: newId(), familyId, note });
const phoneWith = (...commands: Command[]): OutboxEntry[] =>
  commands.reduce<OutboxEntry[]>((entries, command) => add(entries, command), []);
const said = (command: Command, outcome: CommandOutcome, code: string | null = null) => ({
  ...{ id: command.id, seq: command.seq, outcome, code },
  ...{ params: null, fields: [], version: null, clashes: [], output: null },
});
const idsOf = (entries: readonly OutboxEntry[]): string[] => entries.map(({ command }) => command.id);

describe('what is in a rescue file', () => {
  it('is what the office has not got, word for word, in its order, with how it stood', () => {
    const family = did('POST /families', { id: newId(), name: 'Bērziņi „ā” \u2028' });
    const familyId = (JSON.parse(family.content) as { input: { id: string } }).input.id;
    const [there, thrown, held, waiting] = [visit(), visit(), visit(familyId), visit()];
    let entries = phoneWith(family, there, thrown, held, waiting);
    entries = takeResults(
      entries,
      [said(there, 'applied'), said(family, 'refused', 'NO_ASSIGNMENT'), said(thrown, 'refused', 'NOT_FOUND')],
      now,
    );
    entries = throwAway(entries, thrown.id, now);
    const { contents, left } = rescueContents(entries, phone, now);
    expect(contents.things).toEqual([
      { command: family, state: 'refused', code: 'NO_ASSIGNMENT' },
      { command: held, state: 'held', code: null },
      { command: waiting, state: 'waiting', code: null },
    ]);
    expect(left).toBe(0);
    // As it goes over the line and is read there.
    const { value, problems } = checkInput(RescueContents, JSON.parse(JSON.stringify(contents)));
    expect(problems).toEqual([]);
    expect(JSON.parse(JSON.stringify(value))).toEqual(contents);
  });

  it('is of something said anew the newest only', () => {
    const first = visit();
    const refused = takeResults(phoneWith(first), [said(first, 'refused', 'NO_ASSIGNMENT')], now);
    const corrected = { ...first, id: newId(), seq: 2, content: first.content.replace('"note":""', '"note":"labots"') };
    const { contents } = rescueContents(add(refused, corrected), phone, now);
    expect(contents.things.map(({ command }) => command.id)).toEqual([corrected.id]);
  });

  it('ends where it would be too large, and says how much is left', () => {
    const long = 'a'.repeat(50_000);
    const many = Math.ceil(rescueLimits.characters / 50_000) + 3;
    const { contents, left } = rescueContents(
      Array.from({ length: many }, () => visit(newId(), long)).flatMap((command) => phoneWith(command)),
      phone,
      now,
    );
    expect(contents.things.length + left).toBe(many);
    expect(left).toBeGreaterThan(0);
    expect(JSON.stringify(contents).length).toBeLessThan(rescueLimits.characters * 1.2);
  });
});

it('a rescue file is called by its moment in Rīga and by nothing else', () => {
  expect(rescueFileName(now)).toBe('tilts-2026-11-23-1342.tilts');
  expect(rescueFileName('2026-06-30T21:05:00.000Z')).toBe('tilts-2026-07-01-0005.tilts');
});

describe('what another phone had', () => {
  it('goes on under new numbers and otherwise as it was written', () => {
    const [one, two] = [visit(), visit()];
    const own = { ...visit(), seq: 1 };
    const entries = withRescued(phoneWith(own), [one, two], 2);
    expect(entries.slice(1).map(({ command }) => command)).toEqual([
      { ...one, seq: 2 },
      { ...two, seq: 3 },
    ]);
    expect(nextBatch(entries, { commands: 10, bytes: 100_000 }).map(({ id }) => id)).toEqual([own.id, one.id, two.id]);
  });

  it('is not taken twice, in whatever state it is here', () => {
    const [one, two, three] = [visit(), visit(), visit()];
    const once = withRescued([], [one, two], 1);
    const sent = takeResults(once, [said({ ...one, seq: 1 }, 'applied')], now);
    const twice = withRescued(sent, [one, two, three, three], 3);
    expect(idsOf(twice)).toEqual([one.id, two.id, three.id]);
    expect(twice.slice(0, 2)).toEqual(sent);
    expect(twice[2]?.command.seq).toBe(3);
  });

  it('never takes the place of what was written here about the same', () => {
    const change = (name: string): Command => ({
      ...did('PUT /families/{id}', { version: 1, name }, { id: 'f' }),
      base: '{}',
    });
    const here = change('Ozoli');
    const refused = takeResults(phoneWith(here), [said(here, 'refused', 'INVALID_INPUT')], now);
    const there = change('Kalni');
    const entries = withRescued(refused, [there], 2);
    expect(entries.map(({ command, state, replaces }) => [command.id, state, replaces])).toEqual([
      [here.id, 'refused', []],
      // The same header waits until its person has decided.
      [there.id, 'held', []],
    ]);
  });
});
