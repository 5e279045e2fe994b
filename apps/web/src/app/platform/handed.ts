import { Injectable } from '@angular/core';

/**
 * What was refused and is to be corrected, on its way to the form that wrote it. In memory only, and for the very next page: the words
 * themselves stay among the unsent things until the form is saved.
 */
@Injectable({ providedIn: 'root' })
export class Handed {
  #held: { operation: string; input: object } | null = null;

  hand(operation: string, input: object): void {
    this.#held = { operation, input };
  }

  /** Once: a form that is opened afterwards is empty as ever. */
  take<T extends object>(...operations: readonly string[]): T | undefined {
    const held = this.#held;
    this.#held = null;
    return held && operations.includes(held.operation) ? (structuredClone(held.input) as T) : undefined;
  }
}
