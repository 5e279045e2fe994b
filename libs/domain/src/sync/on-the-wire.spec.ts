import fc from 'fast-check';
import {
  blankResult,
  checkInput,
  BatchInColumns,
  CommandBatch,
  fromColumns,
  fromRanges,
  idLike,
  IdsOnTheWay,
  inColumns,
  inLines,
  inRanges,
  newId,
  numberCommand,
  type BatchResult,
  type Command,
  type CommandResult,
  type ResultInRanges,
} from '../index.js';

/** Few, so that they come again. */
const known = fc.constantFrom(
  '01a20969-9512-777b-a0bc-3bde81876acc',
  '019ca721-45fe-70f8-93e8-f457c3678e43',
  '00000000-0000-7000-8000-000000000000',
  'ffffffff-ffff-7fff-bfff-ffffffffffff',
);
const id = fc.oneof(
  known,
  fc.uuid({ version: 7 }),
  fc.uuid(),
  known.map((one) => one.slice(0, 15) + one.slice(15).toUpperCase()),
);
const number = fc.integer({ min: 1, max: 12 });
/** Of a command that makes one of the known ones, too, under this number or another. */
const own = fc.oneof(
  id,
  fc.tuple(known, id, number).map(([record, fresh, seq]) => idLike(record, fresh, seq) ?? record),
);
const text = fc.oneof(
  fc.constantFrom('', '{}', '"', 'ā\n\t\\"', '~', '=0', '$&'),
  fc.string(),
  fc.array(fc.oneof(id, fc.constantFrom('~', '"', '=0', '$1')), { maxLength: 5 }).map((parts) => parts.join('')),
);
/** Numbers close together, so that they follow each other, come twice and turn back. */
const command: fc.Arbitrary<Command> = fc.record({
  id: own,
  seq: number,
  schema: fc.integer({ min: 1, max: 2 }),
  operation: fc.constantFrom('POST /visits', 'PUT /families/{id}'),
  content: text,
  base: fc.option(text),
  madeAt: fc.oneof(
    fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
    fc.constantFrom('2026-11-23T10:00:00Z', '2026-11-23T12:00:00.000+02:00'),
  ),
});
const batches: fc.Arbitrary<CommandBatch> = fc.record({
  deviceId: fc.uuid(),
  numbered: fc.nat(),
  generation: fc.option(fc.uuid()),
  commands: fc.array(command, { maxLength: 20 }),
});
const overTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** As the office answers: one result for each command, in their order. */
const answered: fc.Arbitrary<[CommandBatch, BatchResult]> = batches.chain((batch) =>
  fc.tuple(
    fc.constant(batch),
    fc
      .tuple(
        ...batch.commands.map((one) =>
          fc
            .constantFrom<Partial<CommandResult> & Pick<CommandResult, 'outcome'>>(
              { outcome: 'applied' },
              { outcome: 'applied', output: '{"id":"1"}' },
              { outcome: 'alreadyApplied' },
              { outcome: 'refused', code: 'NOT_FOUND' },
              { outcome: 'conflict', version: 2 },
              { outcome: 'notNow' },
            )
            .map((said): CommandResult => ({ ...blankResult(one), ...said })),
        ),
      )
      .map((results) => ({ ...standing, results })),
  ),
);
const standing = { generation: newId(), receivedUpTo: 4, receivedAbove: [{ from: 6, to: 7 }] };

const aCommand = (seq: number): Command => ({
  id: newId(),
  seq,
  schema: 1,
  operation: 'POST /visits',
  content: '{}',
  base: null,
  madeAt: '2026-11-23T10:00:00.000Z',
});
const batchOf = (...commands: Command[]): CommandBatch => ({ deviceId: newId(), numbered: 9, commands });

describe('a batch on its way', () => {
  it('arrives as it was, whatever stands in it', () => {
    fc.assert(
      fc.property(batches, (batch) => {
        expect(fromColumns(overTheWire(inColumns(batch)))).toEqual(batch);
      }),
    );
  });

  it('arrives by lines as it was, an id of one standing for itself in the next ones', () => {
    fc.assert(
      fc.property(batches, fc.integer({ min: 1, max: 5 }), (batch, longest) => {
        const ids = new IdsOnTheWay();
        const lines = inLines(batch, { longest, shortest: 1, partOfTheRest: 1 })
          .split('\n')
          .map((line) => fromColumns(JSON.parse(line) as BatchInColumns, ids));
        expect({ ...lines[0], commands: lines.flatMap(({ commands }) => commands) }).toEqual(batch);
        expect(lines.every(({ commands }) => commands.length <= longest)).toBe(true);
      }),
    );
  });

  it('says an id once, and of the id of a command that makes a record hardly more than when it was made', () => {
    const [family, person] = [newId(), newId()];
    const commands = [1, 2, 3].map((seq) => ({ ...aCommand(seq), content: `{"a":"${family}","b":["${person}"]}` }));
    const said = JSON.stringify(inColumns(batchOf(...commands)));
    expect(said.split(family.slice(-10))).toHaveLength(2);
    expect(said.split(person.slice(-10))).toHaveLength(2);
    const asked = { operation: 'POST /visits', params: {}, input: { id: newId() } };
    const batch = batchOf(...[7, 8].map((seq) => numberCommand(asked, seq, new Date().toISOString())));
    expect(new Set(batch.commands.map(({ id: own }) => own)).size).toBe(2);
    const columns = inColumns(batch);
    expect(columns.ids).toMatch(/^-?[0-9a-z]{20,} -?[0-9a-z]{1,3}=1 =1 -?[0-9a-z]{1,3}=1$/);
    expect(fromColumns(columns).commands).toEqual(batch.commands);
  });

  it('is refused when an id is not told, told too often, or counted that was not said', () => {
    const columns = inColumns(batchOf({ ...aCommand(1), content: `["${newId()}"]` }));
    const [inside = '', own = ''] = columns.ids.split(' ');
    const read = (ids: string[]) => (): unknown => fromColumns({ ...columns, ids: ids.join(' ') });
    expect(read([inside, own])).not.toThrow();
    expect(read([inside, '=1'])).not.toThrow();
    for (const ids of [
      [],
      [inside],
      [inside, own, own],
      [inside, '=2'],
      [inside, '=0'],
      [inside, '0=2'],
      [inside, 'zzzzzzzzzzzz=1'],
      ['0=1', own],
      [inside, '=-1'],
      [inside, '=zzzzzz'],
      [inside, '!'],
      ['=1', own],
      ['zzzzzzzzzzzz'.padEnd(31, '0'), own],
      [inside, ''],
    ])
      expect(read(ids)).toThrow('MALFORMED');
    expect(() => fromColumns({ ...columns, madeAt: ['+9'] })).not.toThrow();
    const two = inColumns(batchOf(aCommand(1), aCommand(2)));
    expect(() => fromColumns({ ...two, madeAt: [two.madeAt[0] ?? '', '+99999999999999999'] })).toThrow('MALFORMED');
  });

  it('stands for no more than a content may hold, however few letters it is', () => {
    const columns = inColumns(batchOf({ ...aCommand(1), content: newId() }));
    const marks = (count: number) => (): unknown => {
      const [inside = '', own = ''] = columns.ids.split(' ');
      const ids = [inside, ...Array<string>(count - 1).fill('=1'), own].join(' ');
      return fromColumns({ ...columns, contents: ['~'.repeat(count)], ids });
    };
    expect(marks(1_666)).not.toThrow();
    expect(marks(1_667)).toThrow('MALFORMED');
  });

  it('is in order wherever the batch is', () => {
    fc.assert(
      fc.property(batches, (batch) => {
        fc.pre(checkInput(CommandBatch, batch).problems.length === 0);
        expect(checkInput(BatchInColumns, overTheWire(inColumns(batch))).problems).toEqual([]);
      }),
    );
  });

  it('says of many alike ones only once what they are', () => {
    const { runs } = inColumns(batchOf(aCommand(3), aCommand(4), aCommand(5), aCommand(9)));
    expect(runs.map(({ from, count }) => [from, count])).toEqual([
      [3, 3],
      [9, 1],
    ]);
  });

  it('is refused when its columns are not as long as its runs, however long those are', () => {
    const columns = inColumns(batchOf(aCommand(1), { ...aCommand(2), base: '{}' }));
    const lengths = (over: Partial<BatchInColumns>): string[] =>
      checkInput(BatchInColumns, { ...columns, ...over }).problems.map(({ field, code }) => `${field} ${code}`);
    expect(lengths({})).toEqual([]);
    for (const column of ['madeAt', 'contents', 'bases'] as const) {
      expect(lengths({ [column]: columns[column].slice(1) })).toEqual([`${column} mismatch`]);
      expect(lengths({ [column]: [...columns[column], ''] })).toEqual([`${column} mismatch`]);
    }
    const [run] = columns.runs;
    expect(lengths({ runs: [{ ...run, count: 2_147_483_647 } as never] })).toEqual(['runs.0.count tooLarge']);
  });
});

describe('an answer on its way', () => {
  it('says of each command what the office said', () => {
    fc.assert(
      fc.property(answered, ([batch, answer]) => {
        const came = fromRanges(overTheWire(inRanges(answer)), batch);
        // Of commands under one number only their order among each other counts.
        const inOrder = ({ results }: BatchResult): CommandResult[] => [...results].sort((a, b) => a.seq - b.seq);
        expect({ ...came, results: inOrder(came) }).toEqual({ ...answer, results: inOrder(answer) });
      }),
    );
  });

  it('comes in the order of the batch', () => {
    const commands = [aCommand(5), aCommand(3), aCommand(4)];
    const results = commands.map((one): CommandResult => ({
      ...blankResult(one),
      outcome: one.seq === 3 ? 'notNow' : 'applied',
    }));
    expect(fromRanges(inRanges({ ...standing, results }), batchOf(...commands)).results).toEqual(results);
  });

  it('is short when a thousand were applied', () => {
    const commands = Array.from({ length: 1_000 }, (_, i) => aCommand(i + 1));
    const results = commands.map((one): CommandResult => ({ ...blankResult(one), outcome: 'applied' }));
    const answer = inRanges({ ...standing, results });
    expect(answer).toMatchObject({ applied: [{ from: 1, to: 1_000 }], alreadyApplied: [], results: [] });
    expect(fromRanges(answer, batchOf(...commands)).results).toEqual(results);
  });

  it('never names a number that was not in the batch', () => {
    const results = [1, 2, 4].map((seq): CommandResult => ({ ...blankResult(aCommand(seq)), outcome: 'applied' }));
    expect(inRanges({ ...standing, results }).applied).toEqual([
      { from: 1, to: 2 },
      { from: 4, to: 4 },
    ]);
  });

  it('settles nothing that was not in the batch', () => {
    const sent = aCommand(3);
    const answer: ResultInRanges = { ...standing, applied: [{ from: 1, to: 9 }], alreadyApplied: [], results: [] };
    expect(fromRanges(answer, batchOf(sent)).results).toEqual([{ ...blankResult(sent), outcome: 'applied' }]);
  });

  it('never settles one of two under the same number by a range, on neither side', () => {
    const [one, other] = [aCommand(3), aCommand(3)];
    const results: CommandResult[] = [
      { ...blankResult(one), outcome: 'applied' },
      { ...blankResult(other), outcome: 'refused', code: 'ID_TAKEN' },
    ];
    const said = inRanges({ ...standing, results });
    expect(said).toMatchObject({ applied: [], alreadyApplied: [], results });
    expect(fromRanges(said, batchOf(one, other)).results).toEqual(results);
    const careless: ResultInRanges = { ...standing, applied: [{ from: 3, to: 3 }], alreadyApplied: [], results: [] };
    expect(fromRanges(careless, batchOf(one, other)).results).toEqual([]);
  });
});
