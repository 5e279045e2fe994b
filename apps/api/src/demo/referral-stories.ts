import { addDays, type Day, type InstitutionKind, type NeedArea } from '@tilts/domain';
import { WorkingCalendar } from '../directory/working-calendar.js';
import { workingDayExceptions } from '../directory/working-days-seed.js';
import type { DemoRecords } from './demo-records.js';
import type { DemoInstitution, Story, StoryStep } from './demo-referrals.js';
import type { DemoFamily } from './households.js';
import { daySpan } from './platform-ii.js';

const send: StoryStep = { move: 'send', side: 'sender', after: 0 };
const receive = (after: number): StoryStep => ({ move: 'receive', side: 'receiver', after });
const take: StoryStep = { move: 'take', side: 'receiver', after: 0 };
const by = (move: StoryStep['move'], after: number, more: Partial<StoryStep> = {}): StoryStep => ({
  move,
  side: 'receiver',
  after,
  ...more,
});
const from = (move: StoryStep['move'], after: number, more: Partial<StoryStep> = {}): StoryStep => ({
  move,
  side: 'sender',
  after,
  ...more,
});

interface Plot {
  need: NeedArea;
  to: InstitutionKind;
  /** Written so many working days ago; `overdue`: a few more than the institution takes to answer. */
  ago: number | 'overdue';
  steps: StoryStep[];
  about?: 'child';
  ground?: 'childProtection';
}

/** One of each: every status, overdue ones, and answers that came by phone. The first is about the family that waits for an answer on Today. */
const plots: readonly Plot[] = [
  { need: 'SOC', to: 'socialService', ago: 7, steps: [send, receive(1), take, by('accept', 3)] },
  { need: 'SOC', to: 'socialService', ago: 1, steps: [send] },
  {
    need: 'DOC',
    to: 'socialService',
    ago: 5,
    steps: [send, from('message', 1, { text: 'Vislabāk zvanīt pēc 14.00.' })],
  },
  { need: 'HOU', to: 'socialService', ago: 'overdue', steps: [send, receive(2)] },
  { need: 'EDU', to: 'socialService', ago: 4, about: 'child', steps: [send, receive(1), take] },
  { need: 'SOC', to: 'socialService', ago: 6, steps: [send, receive(1), take, by('askMore', 1)] },
  {
    need: 'DEB',
    to: 'socialService',
    ago: 9,
    steps: [
      send,
      receive(1),
      by('askMore', 1),
      from('answer', 2),
      by('message', 1, { text: 'Paldies, ar to pietiek.' }),
    ],
  },
  {
    need: 'SOC',
    to: 'socialService',
    ago: 18,
    steps: [
      send,
      receive(1),
      take,
      by('accept', 2),
      by('setReference', 0, { text: 'SOC-4417' }),
      by('start', 1),
      from('message', 3, { text: 'Vai vajadzīgs vēl kāds dokuments?' }),
      by('message', 1, { text: 'Paldies, viss ir.' }),
    ],
  },
  {
    need: 'SOC',
    to: 'socialService',
    ago: 31,
    steps: [send, receive(1), by('accept', 2), by('start', 1), by('complete', 9)],
  },
  { need: 'HEA', to: 'socialService', ago: 13, steps: [send, receive(1), by('acceptAndFinish', 1)] },
  { need: 'EMP', to: 'socialService', ago: 15, steps: [send, receive(2), by('decline', 3, { reason: 'notOurTask' })] },
  { need: 'HOU', to: 'socialService', ago: 22, steps: [send, receive(1), from('withdraw', 3)] },
  { need: 'HOU', to: 'housingCommission', ago: 24, steps: [send, from('recordAcceptance', 9)] },
  { need: 'CHI', to: 'custodyCourt', ago: 5, about: 'child', ground: 'childProtection', steps: [send] },
  { need: 'EMP', to: 'employmentAgency', ago: 41, steps: [send, from('recordCompletion', 12)] },
  {
    need: 'DOC',
    to: 'migrationOffice',
    ago: 36,
    steps: [send, from('recordRefusal', 14, { reason: 'missingPapers' })],
  },
  { need: 'SOC', to: 'socialService', ago: 2, steps: [] },
  { need: 'EDU', to: 'educationBoard', ago: 11, about: 'child', steps: [from('withdraw', 0)] },
];

const calendar = new WorkingCalendar(workingDayExceptions);

/** Referrals of the last weeks. */
export function currentStories(
  records: DemoRecords,
  families: readonly DemoFamily[],
  institutions: readonly DemoInstitution[],
): Story[] {
  const today = records.now.toISOString().slice(0, 10);
  return plots.map(({ need, to, ago, steps, about, ground }, i) => {
    const family = families[i % families.length];
    if (!family) throw new Error('A city without families has no referrals');
    const person = (about === 'child' && family.persons.find((one) => one.role === 'child')) || family.persons[0];
    const institution = institutionOf(institutions, family, to);
    return {
      family,
      person,
      institution,
      needArea: need,
      day: workingDayBefore(today, ago === 'overdue' ? institution.answerDays + 3 : ago),
      steps,
      ...(ground && { ground }),
      ...(about === 'child' && { travels: ['phone', 'household'] as const }),
    };
  });
}

/** Referrals of Platform II, all long over: most were answered. */
export function platformStories(
  records: DemoRecords,
  families: readonly DemoFamily[],
  institutions: readonly DemoInstitution[],
  count: number,
): Story[] {
  const { random } = records;
  const endings: Record<string, StoryStep[]> = {
    completed: [send, receive(1), by('accept', random.int(1, 6)), by('start', 1), by('complete', random.int(3, 15))],
    atOnce: [send, receive(1), by('acceptAndFinish', random.int(1, 5))],
    declined: [
      send,
      receive(2),
      by('decline', random.int(2, 8), { reason: random.pick(['notOurTask', 'noCapacity', 'notEntitled']) }),
    ],
    withdrawn: [send, receive(2), from('withdraw', 4)],
    unopened: [send],
  };
  const byPhone: Record<string, StoryStep[]> = {
    done: [send, from('recordCompletion', random.int(4, 14))],
    refused: [send, from('recordRefusal', random.int(4, 14), { reason: 'notEntitled' })],
  };
  const recipients: readonly [NeedArea, InstitutionKind][] = [
    ['SOC', 'socialService'],
    ['SOC', 'socialService'],
    ['EDU', 'educationBoard'],
    ['EMP', 'employmentAgency'],
    ['HEA', 'familyDoctor'],
  ];
  return random
    .shuffled(families)
    .slice(0, count)
    .map((family) => {
      const [needArea, kind] = random.pick(recipients);
      const institution = institutionOf(institutions, family, kind);
      const steps = institution.hasUsers
        ? endings[random.weighted({ completed: 6, atOnce: 3, declined: 2, withdrawn: 1, unopened: 1 })]
        : byPhone[random.weighted({ done: 4, refused: 1 })];
      return {
        family,
        person: family.persons[0],
        institution,
        needArea,
        day: random.pick(daySpan(addDays(family.openedOn, 1), '2018-05-31')),
        steps: steps ?? [send],
      };
    });
}

/** Of the family's municipality, else one that works in the whole country. */
function institutionOf(
  institutions: readonly DemoInstitution[],
  { municipalityId }: DemoFamily,
  kind: InstitutionKind,
): DemoInstitution {
  const found =
    institutions.find((one) => one.kind === kind && one.municipalityId === municipalityId) ??
    institutions.find((one) => one.kind === kind && one.municipalityId === null);
  const social = institutions.find((one) => one.kind === 'socialService' && one.municipalityId === municipalityId);
  if (!found && !social) throw new Error(`The directory has no ${kind} for this city`);
  return (found ?? social) as DemoInstitution;
}

function workingDayBefore(today: Day, count: number): Day {
  const works = calendar.worksOn({ followsMovedDays: true });
  let day = today;
  for (let left = count; left > 0;) {
    day = addDays(day, -1);
    if (works(day)) left -= 1;
  }
  return day;
}
