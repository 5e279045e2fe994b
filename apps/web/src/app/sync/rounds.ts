import { CallProblem } from '../platform/exchange';
import { BackOff } from './back-off';
import { oneAtATime } from './one-at-a-time';
import type { Signs } from './signs';

/** Milliseconds. */
const betweenRounds = 60_000;
const soonAgain = 10_000;

/** `nothing`: there was nothing to send, so nothing is known of the office; `notNow`: it was reached, and takes nothing for the moment. */
export type Went = 'sent' | 'nothing' | 'notNow';

/** When a phone hands in and fetches: at once when there is something, every minute, and after a failure later and later. */
export class Rounds {
  readonly #backOff = new BackOff(() => this.#goOn());
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pulledAt = -Infinity;
  #pulling: Promise<void> | null = null;
  #closed = false;

  constructor(
    private readonly work: { send(): Promise<Went>; pull(): Promise<void> },
    private readonly signs: Signs,
  ) {}

  /** Hands in. Throws what stopped it; it is tried again by itself. */
  readonly send = oneAtATime(() =>
    this.#reaching(async () => {
      const went = await this.work.send();
      if (went === 'sent') void this.pull().catch(() => undefined);
      return went;
    }),
  );

  readonly pull = oneAtATime(() => {
    this.#pulling = this.#reaching(async () => {
      await this.work.pull();
      this.#pulledAt = performance.now();
      return 'sent';
    });
    return this.#pulling;
  });

  /** Now, whatever was tried before: a person asked, or the network came back. Throws what stopped it. */
  async now(): Promise<void> {
    this.#backOff.succeeded();
    await this.#round();
  }

  /** The same, and nobody waits for it. */
  wake(): void {
    this.#backOff.succeeded();
    this.#goOn();
  }

  wakeAfter(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.wake(), milliseconds);
  }

  /** A page was opened: what is older than a moment is looked at again. */
  pageOpened(): void {
    if (performance.now() - this.#pulledAt > soonAgain) this.wake();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#backOff.stop();
  }

  #goOn(): void {
    // What stopped it has been noted, and it is tried again.
    if (!this.#closed) void this.#round().catch(() => undefined);
  }

  /** What the office would not take now is no reason not to hear it; where it cannot be reached it is not asked again. */
  async #round(): Promise<void> {
    this.#pulling = null;
    const stopped = await this.send().then(
      () => null,
      (problem: unknown) => ({ problem }),
    );
    // What was handed in has begun to be fetched already.
    if (!stopped || !isUnreachable(stopped.problem)) await (this.#pulling ?? this.pull());
    if (stopped) throw stopped.problem;
  }

  async #reaching(work: () => Promise<Went>): Promise<void> {
    if (this.#closed) return;
    try {
      const went = await work();
      if (went === 'nothing') return;
      this.signs.online.set(true);
      if (went === 'sent') this.#backOff.succeeded();
      else this.#backOff.failed();
      this.#later();
    } catch (problem) {
      if (this.#closed) return;
      const code = problem instanceof CallProblem ? problem.code : null;
      if (isUnreachable(problem)) this.signs.online.set(false);
      if (code === 'PHONE_FULL') this.signs.trouble.set('full');
      if (code === 'PHONE_BROKEN') this.signs.trouble.set('broken');
      this.#backOff.failed();
      throw problem;
    }
  }

  #later(): void {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => this.#goOn(), betweenRounds);
  }
}

function isUnreachable(problem: unknown): boolean {
  return problem instanceof CallProblem && (problem.code === 'OFFLINE' || problem.code === 'UNAVAILABLE');
}
