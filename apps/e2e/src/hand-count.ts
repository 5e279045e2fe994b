import type { AssistanceKind, NeedArea } from '@tilts/domain';

/** A visit as somebody would tell it. */
export interface ToldVisit {
  family: string;
  /** First names. */
  met: string[];
  /** Nobody was at home. */
  nobody?: true;
  /** Not as a mediator. */
  asFamilyAssistant?: true;
  minutes: 15 | 30 | 45 | 60;
  areas: NeedArea[];
  helps: { kind: AssistanceKind; in: NeedArea; whom: 'family' | 'everyoneMet' | string[] }[];
}

export interface Counted {
  familiesReached: number;
  personsAssisted: number;
  visits: number;
  minutes: number;
}

/**
 * Counts as a person with a pencil would, straight from the telling, without a line of the product: a family is reached by a visit
 * where somebody was met by the mediator as mediator; a person is assisted by a help that names them in such a visit.
 */
export function countByHand(visits: readonly ToldVisit[], area?: NeedArea): Counted {
  const families = new Set<string>();
  const persons = new Set<string>();
  let counted = 0;
  let minutes = 0;
  for (const visit of visits) {
    if (visit.nobody || visit.asFamilyAssistant) continue;
    if (area && !visit.areas.includes(area)) continue;
    families.add(visit.family);
    counted += 1;
    minutes += visit.minutes;
    for (const help of visit.helps) {
      if (area && help.in !== area) continue;
      const named = help.whom === 'family' ? [] : help.whom === 'everyoneMet' ? visit.met : help.whom;
      for (const name of named) persons.add(`${visit.family}: ${name}`);
    }
  }
  return { familiesReached: families.size, personsAssisted: persons.size, visits: counted, minutes };
}
