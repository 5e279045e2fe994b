import { InjectionToken, inject } from '@angular/core';
import type { OutputOf } from '@tilts/domain';
import { CallProblem, exchange, type AnyEndpoint, type CallArguments } from './exchange';

/** Who asks. `access` provides it; the platform knows no session. */
export abstract class Bearer {
  abstract token(): string | null;
  /** Gets a new token; false when the session is over. */
  abstract renew(): Promise<boolean>;
}

type Given<E extends AnyEndpoint> =
  object extends CallArguments<E> ? [given?: CallArguments<E>] : [given: CallArguments<E>];

/** Calls one operation of the API. Refused with a `CallProblem`. An expired token is renewed silently, once. */
export type Call = <E extends AnyEndpoint>(endpoint: E, ...given: Given<E>) => Promise<OutputOf<E>>;

/**
 *     readonly #call = inject(CALL);
 *     const family = await this.#call(familyEndpoints.get, { params: { id } });
 */
export const CALL = new InjectionToken<Call>('call', {
  providedIn: 'root',
  factory: () => {
    const bearer = inject(Bearer);
    return async (endpoint, ...[given]) => {
      try {
        return await exchange(endpoint, given, bearer.token());
      } catch (error) {
        const mayRenew = error instanceof CallProblem && error.status === 401 && endpoint.permission !== 'public';
        if (!mayRenew || !(await bearer.renew())) throw error;
        return exchange(endpoint, given, bearer.token());
      }
    };
  },
});
