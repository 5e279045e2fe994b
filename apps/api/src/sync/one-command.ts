import { Injectable } from '@nestjs/common';
import { DomainError, mergeFields, upgraded, type Clash, type Command } from '@tilts/domain';
import { Serving, type AuditEntry, type AnyCall, type Served } from '../access/serving.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { checkCall } from '../platform/received-input.js';
import { QueuedOperations, type Operation } from './queued-operations.js';

/** Somebody may change it again while it is being merged; whoever loses that race so often comes again later. */
const TRIES = 3;

/** Two people changed the same fields to different things: which is right only a person knows. */
export class Conflict extends Error {
  constructor(
    readonly version: number,
    readonly clashes: Clash[],
    /** The other's words are shown with it. */
    readonly audit: AuditEntry,
  ) {
    super('Two people changed the same');
    this.name = 'Conflict';
  }
}

/** A command as it was understood and found to be in order. */
interface Asked {
  operation: Operation;
  call: AnyCall;
  base: string | null | undefined;
}

/** Serves commands within the transaction of their batch, as their operations would be served by themselves. What fails leaves nothing behind. */
@Injectable()
export class OneCommand {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly serving: Serving,
    private readonly operations: QueuedOperations,
  ) {}

  async apply(command: Command): Promise<Served> {
    const { operation, call, base } = this.asked(command);
    const reading = this.operations.reading(operation.endpoint);
    if (reading && base) return this.merge(operation, reading, call, parsed(base));
    return this.serve(operation, call);
  }

  /** Commands of one operation that serves several together: all of them, or it throws and there is none. */
  async applyAll(commands: readonly Command[]): Promise<Served[]> {
    const asked = commands.map((command) => this.asked(command));
    const [{ endpoint, handleAll }] = asked.map(({ operation }) => operation) as [Operation];
    if (!handleAll) throw new Error(`Nobody serves several ${endpoint.path} together`);
    const calls = asked.map(({ call }) => call);
    return this.transaction.attempt(() => this.serving.serveAll(endpoint, calls, () => handleAll(calls)));
  }

  private asked(command: Command): Asked {
    const { operation: name, content, base } = upgraded(command);
    const operation = this.operations.queued(name);
    const { params, input } = parsed(content);
    return { operation, call: checkCall(operation.endpoint, paramsOf(operation, params), input), base };
  }

  /**
   * Fields that only one of the two changed do not hold each other up. What the person read is compared, never its version: after a restore
   * the same number may stand for other words.
   */
  private async merge(operation: Operation, reading: Operation, call: AnyCall, base: object): Promise<Served> {
    const { input: type } = operation.endpoint;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const { output, audit } = await this.serve(reading, checkCall(reading.endpoint, { ...call.params }, {}));
      const theirs = output as { version: number };
      const { merged, clashes } = mergeFields(type, base, call.input, theirs);
      if (clashes.length > 0) throw new Conflict(theirs.version, clashes, audit);
      const both = checkCall(operation.endpoint, { ...call.params }, { ...merged, version: theirs.version });
      try {
        return await this.serve(operation, both);
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== 'CHANGED_MEANWHILE') throw error;
      }
    }
    throw new DomainError('UNAVAILABLE');
  }

  private serve({ endpoint, handle }: Operation, call: AnyCall): Promise<Served> {
    return this.transaction.attempt(() => this.serving.serve(endpoint, call, () => handle(call)));
  }
}

/** The names of the path and no others, as a request's own path would give them. */
function paramsOf({ endpoint }: Operation, given: unknown): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [, name = ''] of endpoint.path.matchAll(/\{(\w+)\}/g)) {
    const value = (given as Record<string, unknown> | undefined)?.[name];
    if (typeof value !== 'string') throw new DomainError('NOT_FOUND');
    params[name] = value;
  }
  return params;
}

function parsed(text: string): { params?: unknown; input?: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DomainError('MALFORMED');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new DomainError('MALFORMED');
  return value;
}
