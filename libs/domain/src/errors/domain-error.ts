import type { FieldProblem } from '../fields/check.js';

/** Every problem that Tilts answers with, and its HTTP status. The text of a code is `errors.<CODE>`. */
export const errorCodes = {
  INVALID_INPUT: 422,
  MALFORMED: 400,
  SIGN_IN_NEEDED: 401,
  SIGN_IN_FAILED: 401,
  SIGN_IN_LATER: 429,
  SESSION_OVER: 401,
  /** The password was right, and more is asked: `ticket`, and whether `totp` and `passkey` are set up ('yes', 'no'). */
  SECOND_FACTOR_ASKED: 401,
  SECOND_STEP_FAILED: 401,
  SECOND_STEP_OVER: 401,
  /** For this the role needs a session with a second factor. */
  SECOND_FACTOR_NEEDED: 403,
  STEP_UP_NEEDED: 403,
  PROOF_FAILED: 403,
  PASSKEY_REFUSED: 422,
  LAST_FACTOR: 409,
  TOO_MANY_FACTORS: 409,
  CROSS_ORIGIN: 403,
  /** Also for what exists but is not the caller's: forbidden answers exactly like missing. */
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  TOO_LARGE: 413,
  UNSUPPORTED_TYPE: 415,
  ID_TAKEN: 409,
  CHANGED_MEANWHILE: 409,
  /** What was asked needs an account that is in use, or that still waits for its person. */
  ACCOUNT_ENDED: 409,
  ACCOUNT_IN_USE: 409,
  ACCOUNT_NOT_IN_USE: 409,
  ACCOUNT_HAS_FAMILIES: 409,
  LAST_COORDINATOR: 409,
  RECEIVER_NOT_ASSIGNED: 409,
  NOTHING_TO_HAND_OVER: 409,
  /** Something refers to it: closed or ended, never deleted. */
  STILL_IN_USE: 409,
  PREFIX_IN_USE: 409,
  ASSIGNMENT_OVERLAPS: 409,
  ASSIGNMENT_BEGUN: 409,
  ASSIGNMENT_WORK_OUTSIDE: 409,
  PROJECT_WORK_OUTSIDE: 409,
  INSTITUTION_CLOSED: 409,
  CODE_NEEDED: 409,
  NO_ASSIGNMENT: 409,
  FAMILY_NEEDS_CONSENT: 409,
  FAMILY_CLOSED: 409,
  VISIT_VOIDED: 409,
  CONSENT_WITHDRAWN: 409,
  REFERRAL_NEEDS_CONSENT: 409,
  REFERRAL_MOVE_NOT_OFFERED: 409,
  REFERRAL_MOVE_NEEDS_REASON: 422,
  REFERRAL_MOVE_NEEDS_TEXT: 422,
  REFERRAL_CLOSED: 409,
  IMPORT_INCOMPLETE: 409,
  IMPORT_HAS_OBSTACLES: 409,
  IMPORT_WRITTEN: 409,
  IMPORT_UNDO_TOO_LATE: 409,
  /** Of a rescue file: it is none, it was cut or altered, only another installation opens it, it is somebody else's, a newer Tilts made it. */
  RESCUE_FILE_UNKNOWN: 422,
  RESCUE_FILE_DAMAGED: 422,
  RESCUE_FILE_FOREIGN: 422,
  RESCUE_FILE_OF_ANOTHER: 422,
  RESCUE_FILE_NEWER: 422,
  PERIOD_TOO_LONG: 422,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** Something that the rules of Tilts refuse. Carries codes only; texts are found by web and letters. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly params: Record<string, string | number> = {},
    readonly fields: FieldProblem[] = [],
  ) {
    super(code);
    this.name = 'DomainError';
  }

  get status(): number {
    return errorCodes[this.code];
  }
}

/** What every failed request answers, as application/problem+json (RFC 9457). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  params: Record<string, string | number>;
  fields: FieldProblem[];
  requestId: string;
}
