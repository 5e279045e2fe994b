/** When a failing thing is tried again: after 2 seconds, 4, 8 … at most 2 minutes, each by chance a little sooner or later. */
export class BackOff {
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly again: () => void,
    private readonly chance: () => number = Math.random,
  ) {}

  /** Many phones that lost the same server do not all come back in the same second. */
  failed(): void {
    this.#failures += 1;
    const whole = Math.min(120_000, 1_000 * 2 ** Math.min(this.#failures, 10));
    this.stop();
    this.#timer = setTimeout(this.again, whole * (0.5 + this.chance() / 2));
  }

  succeeded(): void {
    this.#failures = 0;
    this.stop();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
