import {
  forgetOld,
  mostCommands,
  nextBatch,
  refuseHere,
  takeAnswer,
  wasSetBack,
  type BatchResult,
  type Command,
  type DeviceStanding,
} from '@tilts/domain';
import { CallProblem } from '../platform/exchange';
import type { KeptEntry, OfficeState, Outbox, OutboxAfter } from './kept';
import type { LocalStore } from './local-store';
import type { Office } from './office';
import type { Went } from './rounds';

/** What the office takes at once, before it is compressed. */
const largest = { commands: mostCommands, bytes: 3_000_000 };
/** What gets through where a line breaks all the time. */
const smallest = { commands: 10, bytes: 20_000 };

export interface Handed {
  /** The outbox as it stands on the disk afterwards. */
  after: Outbox;
  results: BatchResult['results'];
  /** The office was set back to an older state of itself: everything is fetched anew. */
  restored: boolean;
  /** The office has numbers that this phone has not given: it is the phone that was set back. */
  knowsMore: boolean;
}

/** Hands in what is written down here, in its order, until nothing waits. Only what the store has kept of an answer counts. */
export class OutboxRunner {
  /** As long as the line breaks, less at a time. */
  #throughLine = largest;

  constructor(
    private readonly store: LocalStore,
    private readonly office: Pick<Office, 'hand' | 'now'>,
    private readonly device: string,
    /** Told after each answer, once it is on the disk. */
    private readonly handed: (handed: Handed) => void,
  ) {}

  /**
   * Answers whether anything was handed in, and `notNow` when the office would take nothing more for the moment. Throws what stopped it;
   * everything that was not answered stays as it is.
   */
  async run(): Promise<Went> {
    let limits = this.#throughLine;
    let wasRestored = false;
    for (let sent = false; ; sent = true) {
      const before = await this.store.readOutbox();
      const commands = nextBatch(before.entries, limits);
      if (commands.length === 0) return sent ? 'sent' : 'nothing';
      // A batch is for one office: before the first one it is asked which it is.
      if (before.office.generation === null) {
        await this.#hand(before, []);
        continue;
      }
      try {
        const { after, restored } = await this.#hand(before, commands);
        // Of an office that was set back since, „not now” only means that it is asked once more.
        if (!(restored && !wasRestored) && !isFurther(after, commands)) return 'notNow';
        wasRestored ||= restored;
        limits = this.#throughLine = times(this.#throughLine, 4);
      } catch (problem) {
        if (brokeOff(problem)) this.#throughLine = times(limits, 1 / 4);
        if (!isAboutTheBatch(problem)) throw problem;
        // One of them cannot even be read there. It is found by halves, so that it never stops those behind it.
        if (commands.length > 1) limits = { ...limits, commands: Math.ceil(commands.length / 2) };
        else await this.#refuse(before, commands, problem);
      }
    }
  }

  /** What the office says of this device beside other things; `knew`: what it had said when it was asked. */
  async heard(says: DeviceStanding, knew: DeviceStanding | null): Promise<Handed> {
    return this.#take({ ...says, results: [] }, knew);
  }

  async #hand({ numbered, office }: Outbox, commands: Command[]): Promise<Handed> {
    const { generation, said } = office;
    return this.#take(await this.office.hand({ deviceId: this.device, numbered, generation, commands }), said);
  }

  async #take(answer: BatchResult, knew: DeviceStanding | null): Promise<Handed> {
    let restored = false;
    let knowsMore = false;
    const after = await this.store.outbox((before): OutboxAfter => {
      knowsMore = highest(answer) > before.numbered;
      // What another answer has told already is no news, and an older answer is none.
      restored = wasSetBack(knew, answer) && wasSetBack(before.office.said, answer);
      return afterAnswer(before, answer, restored, this.office.now());
    });
    const handed = { after, results: answer.results, restored, knowsMore };
    this.handed(handed);
    return handed;
  }

  /** Unless it takes no batch at all, whatever stands in it: then the fault is not with the command, and it waits. */
  async #refuse(before: Outbox, [command]: Command[], problem: CallProblem): Promise<void> {
    await this.#hand(before, []);
    const after = await this.store.outbox(({ entries }) => ({
      entries: command ? refuseHere(entries, command.id, problem.code) : entries,
    }));
    this.handed({ after, results: [], restored: false, knowsMore: false });
  }
}

function afterAnswer(before: Outbox, answer: BatchResult, restored: boolean, now: string): OutboxAfter {
  const { results, ...said } = answer;
  const knew = before.office.said;
  // It was given before another one told of a restore: what the office had then, it may have lost.
  if (!restored && knew && knew.generation !== said.generation) return before;
  // What an operation answered is for whoever waits for it now; a month of it would only fill the phone.
  const short = { ...said, results: results.map((result) => ({ ...result, output: null })) };
  const taken = takeAnswer(before.entries, short, restored ? knew : null, now);
  const entries: readonly KeptEntry[] = restored ? taken.map((entry) => ({ ...entry, shown: false })) : taken;
  // An answer to an earlier question may come later; nothing that was received is ever given back.
  const isOlder = !restored && wasSetBack(knew, said);
  const office: OfficeState = {
    generation: said.generation,
    said: isOlder ? knew : said,
    cursor: restored ? null : before.office.cursor,
    // By the clock of this phone: it is shown beside what else its person sees here.
    at: new Date().toISOString(),
  };
  const numbered = Math.max(before.numbered, highest(said));
  return { entries: forgetOld(entries, now), office, numbered, fetchAnew: restored };
}

/** Did the office say anything of any of them? */
function isFurther({ entries }: Outbox, commands: readonly Command[]): boolean {
  const sent = new Set(commands.map(({ id }) => id));
  return entries.some(({ command, state }) => sent.has(command.id) && state !== 'waiting');
}

/** The office may know of numbers that this phone has lost. */
export function highest({ receivedUpTo, receivedAbove }: DeviceStanding): number {
  return Math.max(receivedUpTo, ...receivedAbove.map(({ to }) => to));
}

function times({ commands, bytes }: typeof largest, by: number): typeof largest {
  const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
  return {
    commands: within(Math.ceil(commands * by), smallest.commands, largest.commands),
    bytes: within(Math.ceil(bytes * by), smallest.bytes, largest.bytes),
  };
}

/** On the way, which is not the same as that there is no way; or what stands between says that it took too long. */
function brokeOff(problem: unknown): boolean {
  if (!(problem instanceof CallProblem)) return false;
  const wasOnTheWay = problem.code === 'OFFLINE' && Number(problem.params['sent'] ?? 0) > 0;
  return wasOnTheWay || [408, 502, 503, 504].includes(problem.status);
}

function isAboutTheBatch(problem: unknown): problem is CallProblem {
  return problem instanceof CallProblem && [400, 413, 415, 422].includes(problem.status);
}
