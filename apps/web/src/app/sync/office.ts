import {
  fromRanges,
  inLines,
  linesType,
  syncEndpoints,
  type BatchResult,
  type Changes,
  type ChangesAsked,
  type CommandBatch,
  type DeviceStanding,
  type OutputOf,
} from '@tilts/domain';
import type { Bearer } from '../platform/call';
import {
  CallProblem,
  headersOf,
  problemOf,
  requestOf,
  type AnyEndpoint,
  type CallArguments,
} from '../platform/exchange';
import { steadily, unlessStalled, type Reply, type Transport } from './transport';

/** The server as a phone in the background speaks with it: nobody is asked anything, and what does not move is given up. */
export class Office {
  #clock: { said: number; at: number } | null = null;

  constructor(
    private readonly bearer: Pick<Bearer, 'token' | 'renew'>,
    private readonly transport: Transport = steadily,
  ) {}

  /** What time it is there: the clock of a phone may be a year off, and jump. Until they spoke, it is all there is. */
  now(): string {
    if (!this.#clock) return new Date().toISOString();
    return new Date(this.#clock.said + performance.now() - this.#clock.at).toISOString();
  }

  async call<E extends AnyEndpoint>(endpoint: E, given?: CallArguments<E>): Promise<OutputOf<E>> {
    const { address, method, body } = requestOf(endpoint, given);
    const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    return answerOf<E>(
      await this.#ask((token) => this.#send(method, address, { ...headersOf(token), ...headers }, body)),
    );
  }

  async changes(asked: ChangesAsked): Promise<Changes> {
    const changes = await this.call(syncEndpoints.changes, { input: asked });
    if (!isStanding(changes) || !Array.isArray(changes.families) || !Array.isArray(changes.reference)) throw nobody();
    return changes;
  }

  async hand(batch: CommandBatch): Promise<BatchResult> {
    const { method, path } = syncEndpoints.commands;
    const { body, encoding } = await packed(inLines(batch));
    const headers = { 'content-type': linesType, ...encoding };
    const answer = answerOf<typeof syncEndpoints.commands>(
      await this.#ask((token) => this.#send(method, `/api${path}`, { ...headersOf(token), ...headers }, body)),
    );
    if (!isStanding(answer) || ![answer.applied, answer.alreadyApplied, answer.results].every(Array.isArray))
      throw nobody();
    return fromRanges(answer, batch);
  }

  async #send(method: string, address: string, headers: Record<string, string>, body?: Blob | string): Promise<Reply> {
    const reply = await this.transport({ method, address, headers, body: body ?? null });
    const said = Date.parse(reply.date ?? '');
    if (!Number.isNaN(said)) this.#clock = { said, at: performance.now() };
    return reply;
  }

  /** An expired token is renewed once. A session that is over stays a 401, and everything here stays as it is. */
  async #ask(send: (token: string | null) => Promise<Reply>): Promise<Reply> {
    let reply = this.bearer.token() === null ? null : await send(this.bearer.token());
    if (reply === null || reply.status === 401) {
      if (!(await unlessStalled(this.bearer.renew()))) throw reply ? await problemIn(reply) : nobody();
      reply = await send(this.bearer.token());
    }
    if (reply.status < 200 || reply.status > 299) throw await problemIn(reply);
    return reply;
  }
}

function answerOf<E extends AnyEndpoint>({ status, text }: Reply): OutputOf<E> {
  try {
    return (status === 204 ? undefined : JSON.parse(text)) as OutputOf<E>;
  } catch {
    throw nobody();
  }
}

/** Cut off in the middle, or the words of something between us that lets nobody through until they have agreed to its terms. */
function nobody(): CallProblem {
  return new CallProblem('OFFLINE', 0);
}

function isStanding(said: Partial<DeviceStanding> | null): boolean {
  return (
    typeof said?.generation === 'string' && Number.isInteger(said.receivedUpTo) && Array.isArray(said.receivedAbove)
  );
}

function problemIn({ status, text }: Reply): Promise<CallProblem> {
  return problemOf(new Response(text, { status }));
}

async function packed(text: string): Promise<{ body: Blob | string; encoding: Record<string, string> }> {
  if (typeof CompressionStream === 'undefined') return { body: text, encoding: {} };
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return { body: await new Response(stream).blob(), encoding: { 'content-encoding': 'gzip' } };
}
