import { Injectable, Logger } from '@nestjs/common';
import {
  blankResult,
  DomainError,
  type BatchResult,
  type Command,
  type CommandBatch,
  type CommandResult,
} from '@tilts/domain';
import { Serving, type AuditEntry } from '../access/serving.js';
import type { Caller } from '../access/token.strategy.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { asRefusal } from '../platform/error-answers.js';
import { Conflict, OneCommand } from './one-command.js';
import { Devices } from './devices.js';
import { QueuedOperations } from './queued-operations.js';
import { Receipts, type ReceiptBook } from './receipts.js';
import { runsOf } from './runs.js';

/**
 * Commands in one transaction, and runs of such as are served together: as many as make its BEGIN and COMMIT small, and few enough that
 * nobody waits long for its locks.
 */
const AT_ONCE = { commands: 250, runs: 50 };

/** Of more at a time nobody waits for what each one answered; their phone reads it with the families. */
const ANSWERED = 20;

/** Not what the person said, but the moment: asked again, it may go well. */
const passing = new Set(['UNAVAILABLE', 'SESSION_OVER', 'SIGN_IN_NEEDED']);

const audit = `
  SELECT CASE WHEN (e->>'write')::boolean THEN audit_write($1, e->>'operation', s.ids) ELSE audit_read($1, e->>'operation', s.ids) END
  FROM jsonb_array_elements($2::jsonb) e CROSS JOIN LATERAL (SELECT coalesce(array_agg(i::uuid), '{}') AS ids FROM jsonb_array_elements_text(e->'subjects') i) s`;

/**
 * Takes in what a phone hands over. Each command is served as its own operation, once; its receipt stands in the same transaction, and
 * nothing is answered before COMMIT. One that is refused holds up nobody; a passing trouble holds up what comes behind it.
 */
@Injectable()
export class Commands {
  private readonly log = new Logger(Commands.name);

  constructor(
    private readonly transaction: RequestTransaction,
    private readonly serving: Serving,
    private readonly one: OneCommand,
    private readonly operations: QueuedOperations,
    private readonly devices: Devices,
    private readonly receipts: Receipts,
  ) {}

  /** `batches`: of one phone, in their order, as they arrive. Of what is not answered, nothing was done. */
  async take(caller: Caller, requestId: string, batches: AsyncIterable<CommandBatch>): Promise<BatchResult> {
    let said: BatchResult | undefined;
    for await (const batch of batches) {
      const { results, ...standing } = await this.takeOne(caller, requestId, batch).catch(this.unlessAfter(said));
      said = { ...standing, results: [...(said?.results ?? []), ...results] };
      // What comes behind one that has to wait, waits too.
      if (results.length < batch.commands.length || results.some(({ outcome }) => outcome === 'notNow')) break;
    }
    if (!said) throw new Error('A request without a batch');
    if (said.results.length <= ANSWERED) return said;
    return { ...said, results: said.results.map((result) => ({ ...result, output: null })) };
  }

  private async takeOne(caller: Caller, requestId: string, batch: CommandBatch): Promise<BatchResult> {
    const inOrder = [...batch.commands].sort((a, b) => a.seq - b.seq);
    const results = new Map<Command, CommandResult>();
    const take = async (from: number): Promise<BatchResult> => {
      const commands = inOrder.slice(from, from + AT_ONCE.commands);
      const chunk = await this.chunk(caller, requestId, batch, commands);
      chunk.results.forEach((result, i) => results.set(commands[i] as Command, result));
      return chunk;
    };
    let chunk = await take(0);
    // Stopped before its end, it goes on from there: what stopped it, like a deadlock, may be over by then.
    for (
      let next = chunk.results.length;
      next < inOrder.length && chunk.results.length > 0;
      next += chunk.results.length
    )
      chunk = await take(next).catch(this.unlessAfter(chunk));
    const notNow = (command: Command): CommandResult => ({ ...blankResult(command), outcome: 'notNow' });
    return { ...chunk, results: batch.commands.map((command) => results.get(command) ?? notNow(command)) };
  }

  /** Of those before it must be said that they were applied. */
  private unlessAfter(before: BatchResult | undefined): (error: unknown) => BatchResult {
    return (error) => {
      if (!before) throw error;
      if (asRefusal(error).status >= 500) this.log.error(error);
      return { ...before, results: [] };
    };
  }

  /** Its results are in their order; fewer than there were when one met a passing trouble, or when they were enough. */
  private chunk(caller: Caller, requestId: string, batch: CommandBatch, commands: Command[]): Promise<BatchResult> {
    return this.serving.run(caller, requestId, false, async () => {
      const { receivedUpTo, generation } = await this.devices.open(batch);
      // A try for an office that was restored since: what is to be sent to this one the phone decides when it knows.
      if (batch.generation && batch.generation !== generation)
        return { results: [], ...(await this.devices.standing(batch.deviceId)) };
      const book = await this.receipts.open(batch.deviceId, receivedUpTo, commands);
      const results: CommandResult[] = [];
      const audits: AuditEntry[] = [];
      const runs = runsOf(commands, (operation) => this.operations.servesTogether(operation));
      for (const run of runs.slice(0, AT_ONCE.runs)) {
        const settled = await this.settle(run, book, audits);
        results.push(...settled);
        if (settled.length < run.length) break;
      }
      await book.write();
      if (audits.length > 0) await this.transaction.query(audit, [requestId, JSON.stringify(audits)]);
      return { results, ...(await this.devices.received(batch.deviceId)) };
    });
  }

  /** What became of each; fewer than there were when one met a passing trouble. */
  private async settle(run: readonly Command[], book: ReceiptBook, audits: AuditEntry[]): Promise<CommandResult[]> {
    const known = new Map(run.map((command) => [command, book.find(command)]));
    const fresh = run.filter((command) => known.get(command) === undefined);
    const done = (await this.apply(fresh, audits)).values();
    const results: CommandResult[] = [];
    for (const command of run) {
      const before = known.get(command);
      const isTaken = before === 'numberTaken' || before === 'idTaken';
      const result = isTaken ? taken(command) : (before ?? done.next().value);
      if (!result) break;
      if (before === undefined || before === 'idTaken') book.add(command, result);
      results.push(result);
    }
    return results;
  }

  /** Together, when that goes well; else by halves, so that whatever is refused is found and holds up nobody. */
  private async apply(commands: readonly Command[], audits: AuditEntry[]): Promise<CommandResult[]> {
    const [first] = commands;
    if (!first) return [];
    if (commands.length === 1) {
      const result = await this.applyOne(first, audits);
      return result.outcome === 'notNow' ? [] : [result];
    }
    try {
      const served = await this.one.applyAll(commands);
      audits.push(...served.map(({ audit }) => audit));
      return commands.map((command, i) => applied(command, served[i]?.output));
    } catch {
      // What it was is said when the command comes by itself.
      const half = Math.ceil(commands.length / 2);
      const results = await this.apply(commands.slice(0, half), audits);
      if (results.length < half) return results;
      return [...results, ...(await this.apply(commands.slice(half), audits))];
    }
  }

  private async applyOne(command: Command, audits: AuditEntry[]): Promise<CommandResult> {
    try {
      const { output, audit } = await this.one.apply(command);
      audits.push(audit);
      return applied(command, output);
    } catch (error) {
      if (error instanceof Conflict) {
        audits.push(error.audit);
        const { version, clashes } = error;
        return { ...blankResult(command), outcome: 'conflict', code: 'CHANGED_MEANWHILE', version, clashes };
      }
      const refusal = asRefusal(error);
      if (refusal.status >= 500) this.log.error(error);
      if (passing.has(refusal.code)) return { ...blankResult(command), outcome: 'notNow' };
      return refused(command, refusal);
    }
  }
}

function applied(command: Command, output: unknown): CommandResult {
  return { ...blankResult(command), outcome: 'applied', output: output === undefined ? null : JSON.stringify(output) };
}

/** Never over the receipt that stands there. */
function taken(command: Command): CommandResult {
  return refused(command, new DomainError('ID_TAKEN'));
}

function refused(command: Command, { code, params, fields }: DomainError): CommandResult {
  return {
    ...blankResult(command),
    outcome: 'refused',
    code,
    params: JSON.stringify(params),
    fields: fields.map((problem) => ({ ...problem, params: problem.params ? JSON.stringify(problem.params) : null })),
  };
}
