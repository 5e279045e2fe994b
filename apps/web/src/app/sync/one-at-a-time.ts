/** Work that runs once at a time in this page; who asks while it runs gets one more run after it, which sees what they just did. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const run = (): Promise<void> => {
    running = work().finally(() => (running = null));
    return running;
  };
  return () => {
    // Also between the two, when the one before is over and the next has not begun.
    if (next) return next;
    if (!running) return run();
    next = running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return run();
      });
    return next;
  };
}

/** One among all tabs of this browser. Where there are no locks (no https), there is no refresh cookie and so no second tab either. */
export function aloneAmongTabs<T>(name: string, work: () => Promise<T>): Promise<T> {
  return 'locks' in navigator ? (navigator.locks.request(name, work) as Promise<T>) : work();
}
