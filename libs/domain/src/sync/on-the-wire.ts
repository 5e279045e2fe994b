import { DomainError } from '../errors/domain-error.js';
import type { FieldProblem } from '../fields/check.js';
import { Count, Parts, RawText, RawTexts, Reference, Text, YesNo } from '../fields/fields.js';
import {
  blankResult,
  CommandResult,
  DeviceStanding,
  longestContent,
  mostCommands,
  NumberRange,
  type BatchResult,
  type Command,
  type CommandBatch,
} from './command.js';
import { IdsOnTheWay } from './ids-on-the-way.js';

/** What a batch by lines is, as HTTP says it. */
export const linesType = 'application/x-ndjson';

/** Commands of one line: its office takes it in while the next ones are on their way, and of the last one it makes short work. */
const line = { longest: 100, shortest: 20, partOfTheRest: 1 / 4 };

/** Commands that follow each other in number and are alike but for what they say. */
export class CommandRun {
  /** The number of the first; the others have the next ones. */
  @Count({ min: 1 })
  from: number;

  @Count({ min: 1, max: mostCommands })
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
  @Parts(() => CommandRun, { max: mostCommands })
  runs: CommandRun[];

  /** Milliseconds since the one before: `+1800000`. The first is a moment. */
  @RawTexts({ max: mostCommands, each: 40 })
  madeAt: string[];

  /** Without their ids. */
  @RawTexts({ max: mostCommands, each: longestContent })
  contents: string[];

  /** Of those that have one, without their ids. */
  @RawTexts({ max: mostCommands, each: longestContent })
  bases: string[];

  /** Of each command those of its content, those of its base and its own, as IdsOnTheWay writes them, with a space between. */
  @RawText({ max: 4_000_000 })
  ids: string;

  rules(): FieldProblem[] {
    const commands = countOf(this.runs);
    const withBase = countOf(this.runs.filter(({ hasBase }) => hasBase));
    const columns = { madeAt: commands, contents: commands, bases: withBase };
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

/** A batch as it is sent: some of its commands a line. */
export function inLines(batch: CommandBatch, { longest, shortest, partOfTheRest } = line): string {
  const ids = new IdsOnTheWay();
  const lines: string[] = [];
  let left = batch.commands;
  do {
    const length = Math.min(longest, Math.max(shortest, Math.ceil(left.length * partOfTheRest)));
    lines.push(JSON.stringify(inColumns({ ...batch, commands: left.slice(0, length) }, ids)));
    left = left.slice(length);
  } while (left.length > 0);
  return lines.join('\n');
}

/** `ids`: of the lines before it in the same request. */
export function inColumns(
  { deviceId, numbered, generation, commands }: CommandBatch,
  ids = new IdsOnTheWay(),
): Omit<BatchInColumns, 'rules'> {
  const columns = { runs: [] as CommandRun[], madeAt: [] as string[], contents: [] as string[], bases: [] as string[] };
  const codes: string[] = [];
  let before: number | null = null;
  for (const { id, seq, schema, operation, content, base, madeAt } of commands) {
    const hasBase = isText(base);
    const run = columns.runs.at(-1);
    const isNext = run && run.from + run.count === seq && run.schema === schema;
    if (isNext && run.operation === operation && run.hasBase === hasBase) run.count += 1;
    else columns.runs.push({ from: seq, count: 1, schema, operation, hasBase });
    const moment = momentOf(madeAt);
    columns.madeAt.push(since(before, moment) ?? madeAt);
    before = moment;
    const at = moment ?? 0;
    columns.contents.push(ids.takenOut(content, at, codes));
    if (hasBase) columns.bases.push(ids.takenOut(base, at, codes));
    codes.push(ids.ownCode(id, at, seq));
  }
  return { deviceId, numbered, generation: generation ?? null, ...columns, ids: codes.join(' ') };
}

/** Only of one whose `rules` are kept: the columns are as long as the runs say. Throws MALFORMED where something else is amiss. */
export function fromColumns(columns: Omit<BatchInColumns, 'rules'>, ids = new IdsOnTheWay()): CommandBatch {
  const { deviceId, numbered, generation, runs, madeAt, contents } = columns;
  const bases = columns.bases.values();
  const codes = (columns.ids === '' ? [] : columns.ids.split(' ')).values();
  const unsaid = runs.flatMap(({ from, count, schema, operation, hasBase }) =>
    Array.from({ length: count }, (_, i) => ({ seq: from + i, schema, operation, hasBase })),
  );
  let before: number | null = null;
  const commands = unsaid.map(({ hasBase, ...command }, i): Command => {
    const said = madeAt[i] ?? '';
    const moment: number | null = isSince(said) && before !== null ? before + Number(said) : momentOf(said);
    before = moment;
    const at = moment ?? 0;
    return {
      ...command,
      // In the order in which they were said.
      content: ids.putIn(contents[i] ?? '', at, codes),
      base: hasBase ? ids.putIn(bases.next().value ?? '', at, codes) : null,
      id: ids.ownId(codes.next().value ?? '', at, command.seq),
      madeAt: moment === null ? said : isoOf(moment),
    };
  });
  if (!codes.next().done) throw new DomainError('MALFORMED');
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

/** Null of one that is written otherwise than a phone does: it travels as it is. */
function momentOf(madeAt: string): number | null {
  const moment = Date.parse(madeAt);
  return !Number.isNaN(moment) && new Date(moment).toISOString() === madeAt ? moment : null;
}

function isoOf(moment: number): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) throw new DomainError('MALFORMED');
  return date.toISOString();
}

function since(before: number | null, moment: number | null): string | null {
  if (before === null || moment === null) return null;
  const between = moment - before;
  // Of moments a hundred thousand years apart the last digits would be lost.
  if (!Number.isSafeInteger(between)) return null;
  return between < 0 ? String(between) : `+${between}`;
}

function isSince(madeAt: string): boolean {
  return /^[+-]\d{1,17}$/.test(madeAt);
}

function isText(base: string | null | undefined): base is string {
  return typeof base === 'string';
}
