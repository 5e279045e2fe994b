import { Secret, TOTP } from 'otpauth';

/** Seconds that a code is shown. */
const PERIOD = 30;
/** Before and after: clocks of phones are a little off, and people type slowly. */
const WINDOW = 1;
const SECRET_BYTES = 20;

/** Of an authenticator app, in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What the app scans. */
export function totpUri(secret: string, email: string): string {
  return totpOf(secret, email).toString();
}

/** The half minute to which this code belongs, counted since 1970; null when it is none of the codes of now. */
export function totpStep(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const token = code.replace(/\s/g, '');
  const delta = /^\d{6}$/.test(token) ? totpOf(secret).validate({ token, timestamp, window: WINDOW }) : null;
  return delta === null ? null : Math.floor(timestamp / 1_000 / PERIOD) + delta;
}

/** SHA-1, six digits, half a minute: what every app understands. */
function totpOf(secret: string, label = ''): TOTP {
  return new TOTP({ issuer: 'Tilts', label, algorithm: 'SHA1', digits: 6, period: PERIOD, secret });
}
