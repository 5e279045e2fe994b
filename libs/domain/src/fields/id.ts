import { v7 } from 'uuid';

/** A new UUIDv7: sorted by the moment it was made, and safe to make on a phone without asking the server. */
export function newId(): string {
  return v7();
}

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** Letters of a UUIDv7: the first tell when it was made, the others are chance; of those the last may be a number. */
const lettersOfTime = 15;
const lettersOfNumber = 5;

/** A UUIDv7 that was made at the same moment as `fresh`, with the chance of `like` and a number in it. Null: the number is too large, or they are no such ids. */
export function idLike(like: string, fresh: string, number: number): string | null {
  const digits = number.toString(16).padStart(lettersOfNumber, '0');
  if (digits.length > lettersOfNumber || !uuidV7.test(like) || !uuidV7.test(fresh)) return null;
  return fresh.slice(0, lettersOfTime) + chanceWithoutNumber(like) + digits;
}

export function chanceWithoutNumber(id: string): string {
  return id.slice(lettersOfTime, -lettersOfNumber);
}
