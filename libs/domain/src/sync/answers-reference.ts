import { accessEndpoints } from '../access/access.endpoints.js';
import type { WorkPlace } from '../access/session.js';
import { codeListEndpoints } from '../codeLists/code-lists.endpoints.js';
import { directoryEndpoints } from '../directory/directory.endpoints.js';
import { institutionKinds, type InstitutionFilter, type InstitutionView } from '../directory/institution.js';
import type { Day } from '../fields/day.js';
import { mediatorEndpoints } from '../mediators/mediators.endpoints.js';
import type { AssignmentView } from '../mediators/assignment.js';
import { municipalityEndpoints } from '../municipalities/municipalities.endpoints.js';
import { answer, type Answering } from './answering.js';
import { dueOnHeld } from './local-copy-days.js';
import { byId } from './local-copy-lists.js';
import { compare, pageOfCopy, sorted, type Place } from './local-copy-paging.js';
import { keptAnswer, type HeldCopy } from './local-copy.js';

/** The directory is looked through as a whole, so a page is as large as it may be. */
const DIRECTORY_PAGE = 100;

/** What is the same for many, and who one is. What depends on the day is worked out for today. */
export const referenceAnswers: Answering[] = [
  answer(accessEndpoints.me, (copy) => ({ ...copy.me, workPlaces: workPlacesOn(copy) ?? copy.me.workPlaces })),

  answer(codeListEndpoints.wordings, (copy) => {
    const kept = keptAnswer(copy, codeListEndpoints.wordings);
    const isRetired = (retiredOn: Day | null): boolean => retiredOn !== null && retiredOn <= copy.today;
    return kept && { ...kept, items: kept.items.map((code) => ({ ...code, retired: isRetired(code.retiredOn) })) };
  }),

  answer(municipalityEndpoints.list, (copy) => keptAnswer(copy, municipalityEndpoints.list)),

  answer(directoryEndpoints.institutions, (copy, { input }) => {
    const kept = keptAnswer(copy, directoryEndpoints.institutions);
    if (!kept) return undefined;
    const list = sorted(kept.items, institutionPlace);
    const page = pageOfCopy(list, input, (institution) => isFound(institution, input), DIRECTORY_PAGE);
    return page && { ...page, items: page.items.map((institution) => asAskedToday(copy, institution)) };
  }),
  answer(directoryEndpoints.workingYear, (copy, { input }) =>
    keptAnswer(copy, directoryEndpoints.workingYear, { year: input.year }),
  ),

  answer(mediatorEndpoints.projects, (copy, { input }) => {
    const kept = keptAnswer(copy, mediatorEndpoints.projects);
    return kept && pageOfCopy(sorted(kept.items, beginPlace, { descending: true }), input);
  }),
  answer(mediatorEndpoints.assignments, (copy, { input }) => {
    const kept = keptAnswer(copy, mediatorEndpoints.assignments);
    const wanted = ({ projectId }: AssignmentView): boolean => !input.projectId || projectId === input.projectId;
    return kept && pageOfCopy(sorted(kept.items, beginPlace, { descending: true }), input, wanted);
  }),
];

const beginPlace = ({ startsOn, id }: { startsOn: Day; id: string }): Place => [startsOn, id];
/** Kinds are counted from 1 at the office. */
const institutionPlace = ({ kind, id }: InstitutionView): Place => [institutionKinds.values.indexOf(kind) + 1, id];

function isFound(institution: InstitutionView, { municipalityId, needArea }: InstitutionFilter): boolean {
  const here = !municipalityId || (institution.municipalityId ?? municipalityId) === municipalityId;
  const helps = ({ status, needAreas }: InstitutionView['services'][number]): boolean =>
    status === 'active' && (!needArea || needAreas.includes(needArea));
  return here && (!needArea || institution.services.some(helps));
}

function asAskedToday(copy: HeldCopy, institution: InstitutionView): InstitutionView {
  return { ...institution, answerBy: dueOnHeld(copy, institution, copy.today) ?? institution.answerBy };
}

/** Where the mediator works today: an assignment may begin or end while the phone is offline. */
function workPlacesOn(copy: HeldCopy): WorkPlace[] | undefined {
  const assignments = keptAnswer(copy, mediatorEndpoints.assignments)?.items;
  const municipalities = keptAnswer(copy, municipalityEndpoints.list)?.items;
  if (!assignments || !municipalities) return undefined;
  const now = assignments.filter((assignment) => holdsOn(assignment, copy.today));
  return [...new Set(now.map(({ municipalityId }) => municipalityId))]
    .map((id) => ({ municipalityId: id, name: byId(municipalities, id)?.name ?? '' }))
    .sort((a, b) => a.name.localeCompare(b.name, 'lv'));
}

/** The project in which work of that day counts; of two at once the one that began last. */
export function projectOn(copy: HeldCopy, municipalityId: string | undefined, day: Day): string | undefined {
  const assignments = keptAnswer(copy, mediatorEndpoints.assignments)?.items ?? [];
  const [last] = assignments
    .filter((assignment) => assignment.municipalityId === municipalityId && holdsOn(assignment, day))
    .sort((a, b) => compare(b.startsOn, a.startsOn) || compare(b.id, a.id));
  return last?.projectId;
}

function holdsOn({ startsOn, endsOn }: AssignmentView, day: Day): boolean {
  return startsOn <= day && (endsOn === null || endsOn >= day);
}
