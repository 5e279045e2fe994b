import { InjectionToken, inject } from '@angular/core';
import type { OutputOf } from '@tilts/domain';
import { CallProblem, exchange, type AnyEndpoint, type CallArguments } from './exchange';
import { LocalCopy, type Given as Held } from './local-copy';

/** Who asks. `access` provides it; the platform knows no session. */
export abstract class Bearer {
  abstract token(): string | null;
  /** Gets a new token; false when the session is over. */
  abstract renew(): Promise<boolean>;
}

/** Whom the server asks for more than a session. `access` provides it. */
export abstract class Assurance {
  /** Asks the person to show once more that it is them; false when they would rather not. */
  abstract proveAnew(): Promise<boolean>;
  /** Leads to where a second factor is set up. */
  abstract needSecondFactor(): Promise<void>;
}

type Given<E extends AnyEndpoint> =
  object extends CallArguments<E> ? [given?: CallArguments<E>] : [given: CallArguments<E>];

/**
 * Calls one operation of the API; what this device holds itself, it answers and takes up itself (local-copy.ts). Refused with a `CallProblem`. An expired token is renewed silently, once; where the server wants to
 * know anew that it is really them, the person is asked, and the call is made again.
 */
export type Call = <E extends AnyEndpoint>(endpoint: E, ...given: Given<E>) => Promise<OutputOf<E>>;

/**
 *     readonly #call = inject(CALL);
 *     const family = await this.#call(familyEndpoints.get, { params: { id } });
 */
export const CALL = new InjectionToken<Call>('call', {
  providedIn: 'root',
  factory: () => {
    const bearer = inject(Bearer);
    const assurance = inject(Assurance, { optional: true });
    const copy = inject(LocalCopy, { optional: true });
    return async (endpoint, ...[given]) => {
      const held = endpoint.permission === 'public' ? undefined : await copy?.answer(endpoint, (given ?? {}) as Held);
      if (held) return held.output as OutputOf<typeof endpoint>;
      // Each only once: what does not help at once does not help.
      const remedies = new Map<string, () => Promise<boolean | undefined>>([
        ['renew', () => bearer.renew()],
        ['STEP_UP_NEEDED', async () => assurance?.proveAnew()],
        ['SECOND_FACTOR_NEEDED', async () => void (await assurance?.needSecondFactor())],
      ]);
      for (;;) {
        try {
          const output = await exchange(endpoint, given, bearer.token());
          if (endpoint.method !== 'GET') await copy?.officeChanged(endpoint);
          return output;
        } catch (problem) {
          if (!(problem instanceof CallProblem) || endpoint.permission === 'public') throw problem;
          const name = problem.status === 401 ? 'renew' : problem.code;
          const remedy = remedies.get(name);
          remedies.delete(name);
          if (!(await remedy?.())) throw problem;
        }
      }
    };
  },
});
