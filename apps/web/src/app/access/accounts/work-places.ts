import type { AssignmentView, Day, MunicipalityView } from '@tilts/domain';

type Assignment = Pick<AssignmentView, 'mediatorId' | 'mediatorName' | 'municipalityId' | 'startsOn' | 'endsOn'>;

export function worksOn(assignment: Pick<Assignment, 'startsOn' | 'endsOn'>, day: Day): boolean {
  return assignment.startsOn <= day && (assignment.endsOn === null || assignment.endsOn >= day);
}

/** In which municipalities each mediator works on a day, by name. */
export function workPlacesOn(
  day: Day,
  assignments: readonly Assignment[],
  municipalities: readonly Pick<MunicipalityView, 'id' | 'name'>[],
): ReadonlyMap<string, string[]> {
  const nameOf = new Map(municipalities.map((place) => [place.id, place.name]));
  const places = new Map<string, Set<string>>();
  for (const assignment of assignments.filter((one) => worksOn(one, day))) {
    const name = nameOf.get(assignment.municipalityId);
    if (!name) continue;
    places.set(assignment.mediatorId, (places.get(assignment.mediatorId) ?? new Set()).add(name));
  }
  return new Map([...places].map(([id, names]) => [id, [...names].sort((a, b) => a.localeCompare(b, 'lv'))]));
}

/** Who could take families over there on that day, each once, by name. */
export function mediatorsIn(
  municipalityId: string,
  day: Day,
  assignments: readonly Assignment[],
  except: string,
): { id: string; name: string }[] {
  const found = assignments.filter(
    (one) => one.municipalityId === municipalityId && one.mediatorId !== except && worksOn(one, day),
  );
  return [...new Map(found.map((one) => [one.mediatorId, one.mediatorName]))]
    .map(([id, name]) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name, 'lv'));
}
