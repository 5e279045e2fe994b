import { choices } from '../fields/choices.js';
import { Choice, Count, Moment, Parts, RawText, Reference, Text } from '../fields/fields.js';
import type { Permission, Role } from './permission.js';

/** How a session was begun: with the password alone, or with a second proof as well. */
export const sessionLevels = choices('access.sessionLevel', ['password', 'second']);

/** `totp`: an app that shows six digits, new ones each half minute (RFC 6238). `passkey`: fingerprint, face or PIN of a device (WebAuthn). */
export const factorKinds = choices('access.factorKind', ['totp', 'passkey']);

/** Whether somebody has set up a second factor. */
export const secondFactorStates = choices('access.secondFactor', ['none', 'set']);

/** Who prepares other people's access answers for it with more than a password. */
const rolesWithSecondFactor: readonly Role[] = ['coordinator'];

/** What one needs to set up a second factor. */
const withoutSecondFactor: readonly Permission[] = ['session:own', 'profile:own', 'factor:own'];

/** May this role do that only in a session of level `second`? */
export function needsSecondFactor(role: Role, permission?: Permission): boolean {
  return rolesWithSecondFactor.includes(role) && !(permission && withoutSecondFactor.includes(permission));
}

/** More are not used, only forgotten. */
export const MOST_FACTORS = 10;

export const RECOVERY_CODES = 10;

/** One of my second factors. */
export class SecondFactorView {
  @Reference()
  id: string;

  @Choice(factorKinds)
  kind: 'totp' | 'passkey';

  /** How its owner tells it from the others: „Darba telefons”. */
  @Text({ max: 60, privacy: 'sensitive' })
  name: string;

  @Moment()
  madeAt: string;

  @Moment({ optional: true })
  lastUsedAt: string | null;
}

/** With what I can prove that it is me. */
export class OwnFactors {
  @Parts(() => SecondFactorView)
  factors: SecondFactorView[];

  @Count()
  recoveryCodesLeft: number;
}

/** An authenticator app that is being set up; it counts only when one of its codes proved that the app took the secret. */
export class TotpBegun {
  @Reference()
  id: string;

  /** In base32, for typing it where no camera is. */
  @RawText({ max: 100 })
  secret: string;

  /** `otpauth://…`, as the QR code holds it. */
  @RawText({ max: 1_000 })
  uri: string;
}

export class TotpConfirmation {
  @Text({ max: 60, privacy: 'sensitive' })
  name: string;

  /** Six digits; spaces do not matter. */
  @Text({ max: 12 })
  code: string;
}

/** What the browser's own passkey dialog is opened with: JSON as @simplewebauthn/browser takes it. */
export class PasskeyOptions {
  @RawText({ max: 20_000 })
  options: string;
}

export class NewPasskey {
  @Text({ max: 60, privacy: 'sensitive' })
  name: string;

  /** What the dialog answered, JSON. */
  @RawText({ max: 20_000 })
  answer: string;
}

/** For the day when phone and key are lost: opens once, in place of a second factor. */
export class RecoveryCode {
  @RawText({ max: 40 })
  code: string;
}

/** Shown once; only their hashes are kept. Empty when those from before go on to hold. */
export class RecoveryCodes {
  @Parts(() => RecoveryCode)
  recoveryCodes: RecoveryCode[];
}

/** One proof that it is me; exactly one of the fields. */
class Proof {
  /** Of the authenticator app. */
  @Text({ max: 12, optional: true })
  code?: string | null;

  @Text({ max: 40, optional: true })
  recoveryCode?: string | null;

  /** What the browser's passkey dialog answered, JSON. */
  @RawText({ max: 20_000, optional: true })
  passkey?: string | null;
}

/** The ticket that a right password gave to somebody who has a second factor: once, for five minutes, in this browser. */
export class SecondStepTicket {
  @RawText({ max: 100 })
  ticket: string;
}

/** The second step of signing in. */
export class SecondStep extends Proof {
  @RawText({ max: 100 })
  ticket: string;
}

/** Proving myself again while signed in: with a second factor where one is set up, else with the password. */
export class NewProof extends Proof {
  @RawText({ max: 200, optional: true })
  password?: string | null;
}
