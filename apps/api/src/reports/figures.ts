import {
  assistanceKinds,
  monthsFromTo,
  needAreas,
  outcomeTypes,
  visitChannels,
  type OutcomeReport,
  type ReachFigures,
  type ReportFilter,
} from '@tilts/domain';

/** One count as `report_figures` answers it. */
export interface CountRow {
  section: string;
  row_key: string;
  column_key: string;
  measure: string;
  value: number | null;
}

/** A municipality under the name and code that it had at the end of the period. */
export interface NamedMunicipality {
  municipalityId: string;
  name: string;
  atvk: string;
}

/** Lays the counts out as a report, nothing hidden yet: every month, channel, need, kind and outcome has its row, zeros too. */
export function reportOf(
  counts: readonly CountRow[],
  filter: ReportFilter,
  municipalities: readonly NamedMunicipality[],
  countedAt: string,
): OutcomeReport {
  const values = new Map(
    counts.map((row) => [`${row.section}|${row.row_key}|${row.column_key}|${row.measure}`, row.value]),
  );
  const count = (section: string, row: string, measure: string, column = ''): number =>
    values.get(`${section}|${row}|${column}|${measure}`) ?? 0;
  const reach = (section: string, row: string): { [K in keyof ReachFigures]: number } => ({
    familiesReached: count(section, row, 'familiesReached'),
    personsAssisted: count(section, row, 'personsAssisted'),
    visits: count(section, row, 'visits'),
    minutes: count(section, row, 'minutes'),
  });
  const referrals = (measure: string): number => count('referrals', '', measure);
  const worked = new Set(counts.filter((row) => row.section === 'municipality').map((row) => row.row_key));
  const totals = {
    mediators: count('total', '', 'mediators'),
    ...reach('total', ''),
    helpedWithoutRecord: count('total', '', 'helpedWithoutRecord'),
  };
  return {
    projectId: filter.project,
    from: filter.from,
    to: filter.to,
    threshold: 0,
    totals,
    municipalities: municipalities
      .filter(({ municipalityId }) => worked.has(municipalityId))
      .map((named) => ({
        ...named,
        mediators: count('municipality', named.municipalityId, 'mediators'),
        ...reach('municipality', named.municipalityId),
      })),
    needs: needAreas.values.map((needArea) => ({
      needArea,
      familiesReached: count('need', needArea, 'familiesReached'),
      personsAssisted: count('need', needArea, 'personsAssisted'),
    })),
    help: needAreas.values.flatMap((needArea) =>
      assistanceKinds.values.map((kind) => ({
        needArea,
        kind,
        familiesReached: count('help', needArea, 'familiesReached', kind),
        personsAssisted: count('help', needArea, 'personsAssisted', kind),
      })),
    ),
    months: monthsFromTo(filter.from, filter.to).map((month) => ({ month, ...reach('month', month) })),
    channels: visitChannels.values.map((channel) => ({ channel, ...reach('channel', channel) })),
    outcomes: outcomeTypes.values.map((type) => ({
      type,
      families: count('outcome', type, 'families'),
      count: count('outcome', type, 'count'),
    })),
    referrals: {
      sent: referrals('sent'),
      received: referrals('received'),
      accepted: referrals('accepted'),
      completed: referrals('completed'),
      declined: referrals('declined'),
      withdrawn: referrals('withdrawn'),
      unanswered: referrals('unanswered'),
      medianDaysToAnswer: values.get('referrals|||medianDaysToAnswer') ?? null,
    },
    trust: {
      enteredLatePercent:
        totals.visits === 0 ? 0 : Math.round((100 * count('trust', '', 'enteredLate')) / totals.visits),
      visitsNotReached: count('trust', '', 'visitsNotReached'),
    },
    countedAt,
  };
}
