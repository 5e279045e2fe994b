import { hideSeconds } from './complement.js';
import { Figure, type FigureNet, type Line } from './figure-net.js';
import type { OutcomeReport, ReachFigures } from './outcome-report.js';

/** Figures of families or persons from 1 to below this are hidden unless a setting says otherwise. */
export const DEFAULT_REPORT_THRESHOLD = 5;
/** Below three, two people of one row could each compute the other. */
export const LOWEST_REPORT_THRESHOLD = 3;

/**
 * The report as it may be shown: small figures of families and persons, and in such a row visits and minutes, are null; and so are as many
 * more as it takes that no hidden one can be computed from all tables of the report together. The number of mediators is never hidden.
 *
 * What adds up, and what does not: visits and minutes add up over municipalities, over months and over channels to the same national total.
 * Families and persons add up over municipalities only, save those who moved. Over months, channels, needs and kinds of help one family
 * stands in several rows and in the total once. Referrals add up over how they ended.
 */
export function hideSmallFigures(counted: OutcomeReport, threshold: number): OutcomeReport {
  if (!(threshold >= LOWEST_REPORT_THRESHOLD))
    throw new RangeError(`A report threshold is never below ${LOWEST_REPORT_THRESHOLD}`);
  const report = structuredClone(counted);
  const draft = new ReportDraft(threshold);

  const national = draft.reachRow(report.totals, true);
  for (const rows of [report.municipalities, report.months, report.channels]) {
    const figures = rows.map((row) => draft.reachRow(row));
    const people = rows === report.municipalities ? 'sum' : 'union';
    draft.line(
      people,
      figures.map((row) => row.families),
      national.families,
    );
    draft.line(
      people,
      figures.map((row) => row.persons),
      national.persons,
    );
    draft.line(
      'sum',
      figures.map((row) => row.visits),
      national.visits,
    );
    draft.line(
      'sum',
      figures.map((row) => row.minutes),
      national.minutes,
    );
  }
  hideNeeds(report, draft, national);
  hideOutcomes(report, draft);
  hideReferrals(report, draft, threshold);

  hideSeconds(draft.net, threshold);
  draft.writeBack();
  report.threshold = threshold;
  if (report.totals.visits === null) report.trust.enteredLatePercent = report.trust.visitsNotReached = null;
  return report;
}

function hideNeeds(report: OutcomeReport, draft: ReportDraft, national: Reach): void {
  const needs = report.needs.map((row) => ({ needArea: row.needArea, ...draft.peopleRow(row) }));
  const help = report.help.map((row) => ({ needArea: row.needArea, kind: row.kind, ...draft.peopleRow(row) }));
  for (const measure of ['families', 'persons'] as const) {
    draft.line(
      'union',
      needs.map((row) => row[measure]),
      national[measure],
    );
    for (const need of needs) {
      const row = help.filter((cell) => cell.needArea === need.needArea).map((cell) => cell[measure]);
      // A visit may be about a need without help of a kind; a person is assisted only by help of some kind.
      draft.line(measure === 'persons' ? 'union' : 'within', row, need[measure]);
    }
    for (const kind of new Set(help.map((cell) => cell.kind)))
      draft.line(
        'apart',
        help.filter((cell) => cell.kind === kind).map((cell) => cell[measure]),
      );
  }
}

function hideOutcomes(report: OutcomeReport, draft: ReportDraft): void {
  const rows = report.outcomes.map((row) => {
    const beside: Figure[] = [];
    const families = draft.figure(row, 'families', beside);
    const count = draft.figure(row, 'count', beside);
    draft.hideIfSmall(families, [families, count]);
    draft.together(families, count);
    return { families, count };
  });
  draft.line(
    'apart',
    rows.map((row) => row.families),
  );
  draft.line(
    'apart',
    rows.map((row) => row.count),
  );
}

/** A referral is about one person, so a small number of them is hidden like persons. */
function hideReferrals(report: OutcomeReport, draft: ReportDraft, threshold: number): void {
  const funnel = report.referrals;
  if ((funnel.accepted ?? 0) + (funnel.declined ?? 0) < threshold) funnel.medianDaysToAnswer = null;
  const part = (
    key: 'sent' | 'received' | 'accepted' | 'completed' | 'declined' | 'withdrawn' | 'unanswered',
  ): Figure => {
    const figure = draft.figure(funnel, key, [], key === 'sent');
    draft.hideIfSmall(figure, [figure]);
    return figure;
  };
  const sent = part('sent');
  const accepted = part('accepted');
  draft.line('sum', [accepted, part('declined'), part('withdrawn'), part('unanswered')], sent);
  draft.line('within', [part('received')], sent);
  draft.line('within', [part('completed')], accepted);
}

interface Reach {
  families: Figure;
  persons: Figure;
  visits: Figure;
  minutes: Figure;
}

/** The net of a report under work: which number of which row each figure is. */
class ReportDraft {
  readonly net: FigureNet = { figures: [], lines: [], atMost: [], implies: [] };
  private readonly places: [Figure, Record<string, unknown>, string][] = [];

  constructor(private readonly threshold: number) {}

  figure<R extends object>(row: R, key: keyof R & string, beside: Figure[], national = false): Figure {
    const value = row[key];
    if (typeof value !== 'number')
      throw new Error(`Only a counted report can be hidden in part: ${key} is ${String(value)}`);
    const figure = new Figure(value, beside, national);
    this.net.figures.push(figure);
    this.places.push([figure, row as Record<string, unknown>, key]);
    return figure;
  }

  reachRow(row: ReachFigures, national = false): Reach {
    const beside: Figure[] = [];
    const families = this.figure(row, 'familiesReached', beside, national);
    const persons = this.figure(row, 'personsAssisted', beside, national);
    const visits = this.figure(row, 'visits', beside, national);
    const minutes = this.figure(row, 'minutes', beside, national);
    this.hideIfSmall(families, [families, visits, minutes]);
    this.hideIfSmall(persons, [persons, visits, minutes]);
    this.net.implies.push([persons, families]);
    this.together(families, visits);
    this.together(visits, minutes);
    return { families, persons, visits, minutes };
  }

  peopleRow(row: {
    familiesReached: number | null;
    personsAssisted: number | null;
  }): Pick<Reach, 'families' | 'persons'> {
    const beside: Figure[] = [];
    const families = this.figure(row, 'familiesReached', beside);
    const persons = this.figure(row, 'personsAssisted', beside);
    this.hideIfSmall(families, [families]);
    this.hideIfSmall(persons, [persons]);
    this.net.implies.push([persons, families]);
    return { families, persons };
  }

  hideIfSmall(figure: Figure, what: Figure[]): void {
    if (figure.value < 1 || figure.value >= this.threshold) return;
    figure.small = true;
    for (const each of what) each.hidden = true;
  }

  /** Both are zero or neither; the second is never less. */
  together(less: Figure, more: Figure): void {
    this.net.atMost.push([less, more]);
    this.net.implies.push([more, less]);
  }

  line(kind: Line['kind'], parts: Figure[], total?: Figure): void {
    // Whoever knows how many moved can subtract them, so the true difference is taken as known.
    const moved = kind === 'sum' && total ? parts.reduce((sum, part) => sum + part.value, 0) - total.value : 0;
    this.net.lines.push({ kind, parts, moved, ...(total && { total }) });
  }

  writeBack(): void {
    for (const [figure, row, key] of this.places) if (figure.hidden) row[key] = null;
  }
}
