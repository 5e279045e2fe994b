import type { Day } from '@tilts/domain';

/** Where today stands in a period of which both days are included; no last day means until further notice. */
export type PeriodState = 'planned' | 'running' | 'ended';

export function periodState({ startsOn, endsOn }: { startsOn: Day; endsOn: Day | null }, today: Day): PeriodState {
  if (endsOn && endsOn < today) return 'ended';
  return startsOn > today ? 'planned' : 'running';
}
