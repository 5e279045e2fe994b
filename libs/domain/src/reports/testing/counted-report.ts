import { assistanceKinds, needAreas, outcomeTypes, visitChannels, type OutcomeReport } from '../../index.js';

/** One invented contact with a family, as small numbers that a property test can make. */
export interface Contact {
  family: number;
  city: number;
  month: number;
  channel: number;
  need: number;
  kind: number;
  /** How many persons of the family the help names. */
  helped: number;
  minutes: number;
}

export type Visit = Contact & { persons: string[] };

export function visitsOf(contacts: readonly Contact[]): Visit[] {
  return contacts.map((contact) => ({
    ...contact,
    persons: Array.from({ length: contact.helped }, (_, i) => `${contact.family}/${i}`),
  }));
}

const months = ['2018-01', '2018-02', '2018-03', '2018-04'];

/** The report that a hand count of these visits gives, nothing hidden. */
export function counted(visits: readonly Visit[]): OutcomeReport {
  const people = (list: readonly Visit[]) => ({
    familiesReached: new Set(list.map((visit) => visit.family)).size,
    personsAssisted: new Set(list.flatMap((visit) => visit.persons)).size,
  });
  const reach = (list: readonly Visit[]) => ({
    ...people(list),
    visits: list.length,
    minutes: list.reduce((sum, visit) => sum + visit.minutes, 0),
  });
  const needs = needAreas.values.slice(0, 6);
  const kinds = assistanceKinds.values.slice(0, 4);
  return {
    projectId: 'project',
    from: '2018-01',
    to: '2018-04',
    threshold: 0,
    countedAt: '',
    totals: { mediators: 5, helpedWithoutRecord: 2, ...reach(visits) },
    municipalities: Array.from({ length: 5 }, (_, city) => ({
      municipalityId: `${city}`,
      name: `${city}`,
      atvk: '',
      mediators: 1,
      ...reach(visits.filter((visit) => visit.city === city)),
    })),
    months: months.map((month, i) => ({ month, ...reach(visits.filter((visit) => visit.month === i)) })),
    channels: visitChannels.values
      .slice(0, 4)
      .map((channel, i) => ({ channel, ...reach(visits.filter((visit) => visit.channel === i)) })),
    needs: needs.map((needArea, need) => ({ needArea, ...people(visits.filter((visit) => visit.need === need)) })),
    help: needs.flatMap((needArea, need) =>
      kinds.map((kind, k) => ({
        needArea,
        kind,
        ...people(visits.filter((visit) => visit.need === need && visit.kind === k)),
      })),
    ),
    outcomes: outcomeTypes.values.map((type) => ({ type, families: 0, count: 0 })),
    referrals: {
      sent: 0,
      received: 0,
      accepted: 0,
      completed: 0,
      declined: 0,
      withdrawn: 0,
      unanswered: 0,
      medianDaysToAnswer: null,
    },
    trust: { enteredLatePercent: 0, visitsNotReached: 0 },
  };
}
