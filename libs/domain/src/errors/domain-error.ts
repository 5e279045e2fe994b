import type { FieldProblem } from '../fields/check.js';

/** Every problem that Tilts answers with, and its HTTP status. The text of a code is `errors.<CODE>`. */
export const errorCodes = {
  INVALID_INPUT: 422,
  MALFORMED: 400,
  SIGN_IN_NEEDED: 401,
  SIGN_IN_FAILED: 401,
  SIGN_IN_LATER: 429,
  SESSION_OVER: 401,
  CROSS_ORIGIN: 403,
  /** Also for what exists but is not the caller's: forbidden answers exactly like missing. */
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  TOO_LARGE: 413,
  UNSUPPORTED_TYPE: 415,
  ID_TAKEN: 409,
  CHANGED_MEANWHILE: 409,
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
