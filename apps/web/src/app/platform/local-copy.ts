import type { Signal } from '@angular/core';
import type { AnyEndpoint } from './exchange';

/** Where a record is: only on this phone yet, at the office, or waiting for its person to decide something. */
export type Whereabouts = 'phone' | 'office' | 'needsYou';

/** What a call was given, whatever its endpoint. */
export interface Given {
  input?: object;
  params?: Record<string, string>;
}

/**
 * What this device holds itself, so that a mediator works without a network. `sync` provides it; without it, and for everybody else, every
 * call goes to the server.
 */
export abstract class LocalCopy {
  /** A mediator is signed in, and this browser can hold a copy. */
  abstract readonly on: Signal<boolean>;

  /** Another number whenever what is held here is another: what was read from it is read again. */
  abstract readonly changed: Signal<number>;

  /**
   * Reads what is held here, or takes up what is to be done and sends it when it can. Undefined: this is not held here, ask the server.
   * A refusal by the office is a `CallProblem`, as ever.
   */
  abstract answer(endpoint: AnyEndpoint, given: Given): Promise<{ output: unknown } | undefined>;

  /** Something was written past this copy. Done when what is shown next may hold it. */
  abstract officeChanged(endpoint: AnyEndpoint): Promise<void>;

  /** Undefined for what nobody did on this phone lately, and where no copy is held. */
  abstract where(recordId: string): Whereabouts | undefined;
}
