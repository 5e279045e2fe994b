import type { Role } from '@tilts/domain';

/** The five municipalities of Platform II by their stable key. */
export const cityKeys = ['JELGAVA', 'DOBELE', 'RIGA', 'VALMIERA', 'VENTSPILS'] as const;
export type CityKey = (typeof cityKeys)[number];

/** The e-mail by which the demo knows somebody in that role. */
export function demoEmail(role: Role, city: CityKey = 'JELGAVA'): string {
  if (role === 'evaluator' || role === 'coordinator') return `${role}@tilts.test`;
  return `${role === 'mediator' ? 'mediator' : 'social'}.${city.toLowerCase()}@tilts.test`;
}
