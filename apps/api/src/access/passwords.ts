import { Algorithm, hash, verify } from '@node-rs/argon2';

// OWASP's first recommendation for Argon2id; about 40 ms on a small server.
const PARAMETERS = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** What an unknown account is compared with, so that it takes as long as a known one. Nobody's password. */
const nobodysHash = hash('nobody has this password', PARAMETERS);

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), PARAMETERS);
}

/** `known` is undefined for an account that does not exist: the same work, then no. */
export async function isPassword(known: string | undefined, password: string): Promise<boolean> {
  const right = await verify(known ?? (await nobodysHash), password.normalize('NFC'));
  return right && known !== undefined;
}
