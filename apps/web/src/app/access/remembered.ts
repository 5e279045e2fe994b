import type { Me } from '@tilts/domain';

/** Who was signed in on this device, so that a mediator can go on without a network. `sync` provides it and keeps it. */
export abstract class Remembered {
  /** Whoever was signed in here last and did not sign out; null when it is nobody whom a missing network may let in. */
  abstract recall(): Promise<Me | null>;
  abstract forget(): void;
}
