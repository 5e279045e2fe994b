import type { FieldProblem } from '../fields/check.js';
import { Count, Parts, RawTexts, Reference, Text, YesNo } from '../fields/fields.js';
import {
  blankResult,
  CommandResult,
  DeviceStanding,
  NumberRange,
  type BatchResult,
  type Command,
  type CommandBatch,
} from './command.js';

/** Commands that follow each other in number and are alike but for what they say. */
export class CommandRun {
  /** The number of the first; the others have the next ones. */
  @Count({ min: 1 })
  from: number;

  @Count({ min: 1, max: 1_000 })
  count: number;

  @Count({ min: 1 })
  schema: number;

  @Text({ max: 120 })
  operation: string;

  @YesNo()
  hasBase: boolean;
}

/**
 * A batch as it travels: what is alike stands together, where gzip finds it, and what can be counted is not said. What it means is a
 * CommandBatch, which is checked as such.
 */
export class BatchInColumns {
  @Reference()
  deviceId: string;

  @Count()
  numbered: number;

  @Reference({ optional: true })
  generation?: string | null;

  /** In the order of the batch. The columns below have one text for each of their commands. */
  @Parts(() => CommandRun, { max: 1_000 })
  runs: CommandRun[];

  @RawTexts({ max: 1_000, each: 36 })
  ids: string[];

  @RawTexts({ max: 1_000, each: 40 })
  madeAt: string[];

  @RawTexts({ max: 1_000, each: 60_000 })
  contents: string[];

  /** Of those that have one. */
  @RawTexts({ max: 1_000, each: 60_000 })
  bases: string[];

  rules(): FieldProblem[] {
    const commands = countOf(this.runs);
    const withBase = countOf(this.runs.filter(({ hasBase }) => hasBase));
    const columns = { ids: commands, madeAt: commands, contents: commands, bases: withBase };
    return Object.entries(columns)
      .filter(([column, count]) => this[column as keyof typeof columns].length !== count)
      .map(([field]) => ({ field, code: 'mismatch' }));
  }
}

/** What became of a batch as it travels: most of a large one was applied, and of that no more is to be said. */
export class ResultInRanges extends DeviceStanding {
  /** Applied, and nothing of what their operations answered is told. Numbers of the batch only, and none that stands there twice. */
  @Parts(() => NumberRange)
  applied: NumberRange[];

  @Parts(() => NumberRange)
  alreadyApplied: NumberRange[];

  /** Every other one by itself. */
  @Parts(() => CommandResult)
  results: CommandResult[];
}

export function inColumns({ deviceId, numbered, generation, commands }: CommandBatch): Omit<BatchInColumns, 'rules'> {
  const runs: CommandRun[] = [];
  for (const { seq, schema, operation, base } of commands) {
    const hasBase = isText(base);
    const run = runs.at(-1);
    const isNext = run && run.from + run.count === seq && run.schema === schema;
    if (isNext && run.operation === operation && run.hasBase === hasBase) run.count += 1;
    else runs.push({ from: seq, count: 1, schema, operation, hasBase });
  }
  return {
    deviceId,
    numbered,
    generation: generation ?? null,
    runs,
    ids: commands.map(({ id }) => id),
    madeAt: commands.map(({ madeAt }) => madeAt),
    contents: commands.map(({ content }) => content),
    bases: commands.map(({ base }) => base).filter(isText),
  };
}

/** Only of one whose `rules` are kept: the columns are as long as the runs say. */
export function fromColumns(columns: Omit<BatchInColumns, 'rules'>): CommandBatch {
  const { deviceId, numbered, generation, runs, ids, madeAt, contents } = columns;
  const bases = columns.bases.values();
  const unsaid = runs.flatMap(({ from, count, schema, operation, hasBase }) =>
    Array.from({ length: count }, (_, i) => ({ seq: from + i, schema, operation, hasBase })),
  );
  const commands = unsaid.map(
    ({ hasBase, ...command }, i) =>
      ({
        ...command,
        id: ids[i],
        content: contents[i],
        base: hasBase ? bases.next().value : null,
        madeAt: madeAt[i],
      }) as Command,
  );
  return { deviceId, numbered, generation: generation ?? null, commands };
}

export function inRanges({ results, ...standing }: BatchResult): ResultInRanges {
  const once = standingOnce(results);
  const isPlain = ({ seq, outcome, output }: CommandResult): boolean =>
    once.has(seq) && output === null && (outcome === 'applied' || outcome === 'alreadyApplied');
  const plain = results.filter(isPlain);
  return {
    ...standing,
    applied: rangesOf(plain.filter(({ outcome }) => outcome === 'applied')),
    alreadyApplied: rangesOf(plain.filter(({ outcome }) => outcome === 'alreadyApplied')),
    results: results.filter((result) => !isPlain(result)),
  };
}

/**
 * What it says of the batch to which it is the answer. A range settles only what was in that batch, and of two commands under one number
 * neither: it does not say which.
 */
export function fromRanges(answer: ResultInRanges, { commands }: CommandBatch): BatchResult {
  const { applied, alreadyApplied, results, ...standing } = answer;
  const once = standingOnce(commands);
  const places = new Map(commands.map(({ seq }, place) => [seq, place]));
  const placeOf = ({ seq }: CommandResult): number => places.get(seq) ?? commands.length;
  const plain = (ranges: readonly NumberRange[], outcome: 'applied' | 'alreadyApplied'): CommandResult[] =>
    commands
      .filter(({ seq }) => once.has(seq) && ranges.some(({ from, to }) => from <= seq && seq <= to))
      .map((command) => ({ ...blankResult(command), outcome }));
  const all = [...plain(applied, 'applied'), ...plain(alreadyApplied, 'alreadyApplied'), ...results];
  return { ...standing, results: all.sort((a, b) => placeOf(a) - placeOf(b)) };
}

function standingOnce(list: readonly { seq: number }[]): ReadonlySet<number> {
  const times = new Map<number, number>();
  for (const { seq } of list) times.set(seq, (times.get(seq) ?? 0) + 1);
  return new Set([...times].filter(([, count]) => count === 1).map(([seq]) => seq));
}

/** Never over a number that is not among them. */
function rangesOf(results: readonly CommandResult[]): NumberRange[] {
  const ranges: NumberRange[] = [];
  for (const seq of results.map((result) => result.seq).sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.to === seq - 1) last.to = seq;
    else ranges.push({ from: seq, to: seq });
  }
  return ranges;
}

function countOf(runs: readonly CommandRun[]): number {
  return runs.reduce((sum, { count }) => sum + count, 0);
}

function isText(base: string | null | undefined): base is string {
  return typeof base === 'string';
}
