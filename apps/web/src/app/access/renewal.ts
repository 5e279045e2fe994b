import { accessEndpoints, newId, type SessionStarted } from '@tilts/domain';
import { CallProblem, exchange } from '../platform/exchange';

const key = 'tilts.renewal';

/**
 * Changes the refresh cookie for a new session token. A cookie serves once, and using it twice looks like theft. So one tab renews at a
 * time, and a try whose answer was lost is sent again under its own number, also after a reload: the server then answers as the first time.
 */
export function renewSession(): Promise<SessionStarted> {
  return aloneAmongTabs(async () => {
    const attempt = pending() ?? newId();
    keep(attempt);
    try {
      return await send(attempt);
    } catch (problem) {
      if (!wasLost(problem)) throw problem;
      return await send(attempt);
    }
  });
}

async function send(attempt: string): Promise<SessionStarted> {
  try {
    const started = await exchange(accessEndpoints.refresh, { input: { attempt } }, null);
    keep(null);
    return started;
  } catch (problem) {
    if (!wasLost(problem)) keep(null);
    throw problem;
  }
}

function wasLost(problem: unknown): boolean {
  return problem instanceof CallProblem && problem.code === 'OFFLINE';
}

function aloneAmongTabs<T>(work: () => Promise<T>): Promise<T> {
  // Browsers offer locks only on https and loopback; elsewhere there is no refresh cookie either.
  return 'locks' in navigator ? (navigator.locks.request(key, work) as Promise<T>) : work();
}

// A random number, nothing about anybody. Shared by the tabs, as the cookie is.
function pending(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(attempt: string | null): void {
  try {
    if (attempt) localStorage.setItem(key, attempt);
    else localStorage.removeItem(key);
  } catch {
    // Then a lost answer is survived only until the next reload.
  }
}
