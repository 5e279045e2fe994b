import { v7 } from 'uuid';

/** A new UUIDv7: sorted by the moment it was made, and safe to make on a phone without asking the server. */
export function newId(): string {
  return v7();
}
