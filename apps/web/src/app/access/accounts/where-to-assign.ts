import type { ProjectView } from '@tilts/domain';

/** Where a mediator gets an assignment: in the form of the one project that is not over, or in the list when there are more. */
export function whereToAssign(
  projects: readonly ProjectView[] | undefined,
  mediator: string,
  today: string,
): { path: string[]; query: Record<string, string> } {
  const open = (projects ?? []).filter(({ endsOn }) => endsOn === null || endsOn >= today);
  const [only] = open;
  return only && open.length === 1
    ? { path: ['/projects', only.id, 'assignments', 'new'], query: { mediator } }
    : { path: ['/projects'], query: {} };
}
