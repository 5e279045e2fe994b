import type { Role } from '@tilts/domain';

/** The page that answers „what needs me today” for each role. */
const homes: Record<Role, string> = {
  mediator: '/today',
  socialWorker: '/inbox',
  evaluator: '/report',
  coordinator: '/coordinator',
};

export function homeOf(role: Role | null): string {
  return role ? homes[role] : '/sign-in';
}

/** Where to go after signing in: a page of this app, never an address from outside. */
export function backTo(wanted: string | null | undefined, role: Role | null): string {
  return wanted && /^\/(?![/\\])/.test(wanted) && !wanted.startsWith('/sign-in') ? wanted : homeOf(role);
}
