import { choices, type ChoiceOf } from '../fields/choices.js';

/** What somebody is to Tilts. One account has one role. */
export const roles = choices('access.role', ['mediator', 'socialWorker', 'evaluator', 'coordinator']);
export type Role = ChoiceOf<typeof roles>;

/** Who may do what. A row outside the caller's reach does not exist whatever stands here (row-security.sql). */
export const permissions = {
  'session:own': ['mediator', 'socialWorker', 'evaluator', 'coordinator'],
  'profile:own': ['mediator', 'socialWorker', 'evaluator', 'coordinator'],
  'factor:own': ['mediator', 'socialWorker', 'evaluator', 'coordinator'],
  'account:manage': ['coordinator'],
  'installation:manage': ['coordinator'],
  'codeList:read': ['mediator', 'socialWorker', 'evaluator', 'coordinator'],
  'codeList:manage': ['coordinator'],
  'municipality:read': ['mediator', 'socialWorker', 'evaluator', 'coordinator'],
  'municipality:manage': ['coordinator'],
  'directory:read': ['mediator', 'socialWorker', 'coordinator'],
  'directory:manage': ['coordinator'],
  'workingDays:manage': ['coordinator'],
  'project:read': ['mediator', 'evaluator', 'coordinator'],
  'project:manage': ['coordinator'],
  'assignment:read': ['mediator', 'coordinator'],
  'assignment:manage': ['coordinator'],
  'family:read': ['mediator'],
  'family:write': ['mediator'],
  'person:read': ['mediator'],
  'person:write': ['mediator'],
  'consent:read': ['mediator'],
  'consent:write': ['mediator'],
  'import:own': ['mediator'],
  'outcome:read': ['mediator'],
  'outcome:write': ['mediator'],
  'visit:read': ['mediator'],
  'visit:write': ['mediator'],
  'draft:own': ['mediator', 'socialWorker'],
  'unrecordedHelp:write': ['mediator'],
  'notice:own': ['mediator', 'socialWorker'],
  'referral:read': ['mediator', 'socialWorker'],
  'referral:write': ['mediator'],
  'referral:move': ['mediator', 'socialWorker'],
  'sync:own': ['mediator'],
  'report:read': ['evaluator'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

export function mayDo(role: Role, permission: Permission): boolean {
  return (permissions[permission] as readonly Role[]).includes(role);
}
