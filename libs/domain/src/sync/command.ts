import { choices, type ChoiceOf } from '../fields/choices.js';
import { Count, Moment, Parts, RawText, Reference, Text } from '../fields/fields.js';

/** How commands look. What a phone holds unsent outlives updates, so the server takes this schema and the two before it. */
export const commandSchema = 1;
export const oldestCommandSchema = Math.max(1, commandSchema - 2);

/** What is handed in at once. */
export const mostCommands = 1_000;
/** Letters of a content and of a base. */
export const longestContent = 60_000;

/**
 * One thing that a person did, written on their phone first: an operation with its content, numbered there. It never changes, so it may
 * be sent as often as it takes.
 */
export class Command {
  /** Made once, by the phone, and kept over every try. */
  @Reference()
  id: string;

  /** The number that the device gave it: 1, 2, 3 … without a gap. */
  @Count({ min: 1 })
  seq: number;

  @Count({ min: 1 })
  schema: number;

  /** Method and path of an endpoint that is `queued`: `POST /visits/{id}/corrections`. */
  @Text({ max: 120 })
  operation: string;

  /** JSON of `{ params, input }`, as it was written, letter by letter: the server keeps its hash. */
  @RawText({ max: longestContent })
  content: string;

  /** JSON of what the person read before they changed it, field by field; only of an endpoint that `merges`. */
  @RawText({ max: longestContent, optional: true })
  base?: string | null;

  /** By the clock of the phone: a claim. */
  @Moment()
  madeAt: string;
}

/** Commands of one device, in their order. */
export class CommandBatch {
  @Reference()
  deviceId: string;

  /** The highest number that the device has given: what is missing up to it still waits there, and the server can tell. */
  @Count()
  numbered: number;

  /**
   * Of the office for which it was made; none, when they never spoke. When it is another one, a backup was restored since: nothing is carried
   * out, all is `notNow`, and the answer tells. So a try that was given up, and comes late, does nothing that was decided anew meanwhile.
   */
  @Reference({ optional: true })
  generation?: string | null;

  @Parts(() => Command, { max: mostCommands })
  commands: Command[];
}

/**
 * `applied`, `alreadyApplied` (a replay: nothing was done again) and `refused` and `conflict` are final and kept as receipts; `notNow`: the
 * server could not, or a command before it could not; it is sent again.
 */
export const commandOutcomes = choices('sync.outcome', ['applied', 'alreadyApplied', 'refused', 'conflict', 'notNow']);
export type CommandOutcome = ChoiceOf<typeof commandOutcomes>;

/** A field that two people changed to different things. Both as JSON. */
export class Clash {
  @Text({ max: 120 })
  field: string;

  @RawText({ max: 60_000 })
  mine: string;

  @RawText({ max: 60_000 })
  theirs: string;
}

/** One field that was refused: code and parameters as in every problem. */
export class RefusedField {
  @Text({ max: 200 })
  field: string;

  @Text({ max: 40 })
  code: string;

  /** JSON. */
  @RawText({ max: 2_000, optional: true })
  params: string | null;
}

/** What became of one command. */
export class CommandResult {
  @Reference()
  id: string;

  @Count({ min: 1 })
  seq: number;

  @Text({ max: 20 })
  outcome: CommandOutcome;

  /** Of a refusal: an error code, with its parameters as JSON. */
  @Text({ max: 60, optional: true })
  code: string | null;

  @RawText({ max: 2_000, optional: true })
  params: string | null;

  @Parts(() => RefusedField)
  fields: RefusedField[];

  /** Of a conflict: the version that stands there now, and the fields about which the person decides. */
  @Count({ min: 1, optional: true })
  version: number | null;

  @Parts(() => Clash)
  clashes: Clash[];

  /** JSON of what the operation answered, the first time only. */
  @RawText({ max: 1_000_000, optional: true })
  output: string | null;
}

/** What the server has of a device, said with every answer: the phone says „all sent” only when it agrees. */
export class DeviceStanding {
  /** Changes when a backup was restored: the device sends again what comes after `receivedUpTo` and fetches everything anew. */
  @Reference()
  generation: string;

  /** Every number up to this one has its receipt. */
  @Count()
  receivedUpTo: number;

  /** Receipts above `receivedUpTo`, when some before them are missing. */
  @Parts(() => NumberRange)
  receivedAbove: NumberRange[];
}

/** Numbers from one to another, both included. */
export class NumberRange {
  @Count({ min: 1 })
  from: number;

  @Count({ min: 1 })
  to: number;
}

export class BatchResult extends DeviceStanding {
  /** One for each command of the batch, in its order. */
  @Parts(() => CommandResult)
  results: CommandResult[];
}

/** Of a command of which there is nothing more to say than its outcome. */
export function blankResult({ id, seq }: Pick<Command, 'id' | 'seq'>): Omit<CommandResult, 'outcome'> {
  return { id, seq, code: null, params: null, fields: [], version: null, clashes: [], output: null };
}
