import type { OutcomeReport, ProjectView } from '@tilts/domain';
import { format, formatMoment, formatMonth, type Language } from '@tilts/i18n';

type Cell = string | number;

/** The report as one long table: section, row, column, value. What is hidden stands there as the word, never as an empty cell or a zero. */
export function reportCsv(report: OutcomeReport, project: ProjectView, language: Language): string {
  const lines: Cell[][] = [
    (['section', 'row', 'column', 'value'] as const).map((column) => format(language, `reports.column.${column}`)),
  ];
  const add = (section: Section, row: string, column: Column, value: number | null): void => {
    lines.push([
      format(language, `reports.section.${section}`),
      row,
      format(language, `reports.column.${column}`),
      value ?? format(language, 'reports.hidden'),
    ]);
  };
  const addAll = <C extends Column>(
    section: Section,
    row: string,
    columns: readonly C[],
    figures: Record<C, number | null>,
  ): void => {
    for (const column of columns) add(section, row, column, figures[column]);
  };
  const all = format(language, 'reports.row.all');

  for (const [line, value] of about(report, project, language))
    lines.push([format(language, 'reports.section.about'), line, '', value]);
  addAll('totals', all, ['mediators', ...reach, 'helpedWithoutRecord'], report.totals);
  for (const row of report.municipalities) addAll('municipalities', row.name, ['mediators', ...reach], row);
  for (const row of report.needs) addAll('needs', format(language, `directory.needArea.${row.needArea}`), people, row);
  for (const row of report.help) {
    addAll(
      'help',
      `${format(language, `directory.needArea.${row.needArea}`)} · ${format(language, `visits.assistance.${row.kind}`)}`,
      people,
      row,
    );
  }
  for (const row of report.months) addAll('months', row.month, reach, row);
  for (const row of report.channels) addAll('channels', format(language, `visits.channel.${row.channel}`), reach, row);
  for (const row of report.outcomes)
    addAll('outcomes', format(language, `outcomes.type.${row.type}`), ['families', 'count'], row);
  addAll(
    'referrals',
    all,
    ['sent', 'received', 'accepted', 'completed', 'declined', 'withdrawn', 'unanswered', 'medianDaysToAnswer'],
    report.referrals,
  );
  addAll('trust', all, ['enteredLatePercent', 'visitsNotReached'], report.trust);
  return lines.map((line) => `${line.map(written).join(',')}\r\n`).join('');
}

const people = ['familiesReached', 'personsAssisted'] as const;
const reach = [...people, 'visits', 'minutes'] as const;

type Section =
  'totals' | 'municipalities' | 'needs' | 'help' | 'months' | 'channels' | 'outcomes' | 'referrals' | 'trust';
type Column =
  | (typeof reach)[number]
  | keyof Pick<OutcomeReport['totals'], 'mediators' | 'helpedWithoutRecord'>
  | 'families'
  | 'count'
  | keyof OutcomeReport['referrals']
  | keyof OutcomeReport['trust'];

function about(report: OutcomeReport, project: ProjectView, language: Language): [string, string][] {
  const period = `${formatMonth(language, report.from)} – ${formatMonth(language, report.to)}`;
  return [
    [format(language, 'reports.about.project'), language === 'en' ? project.nameEn : project.name],
    ...(project.grantNumber
      ? [[format(language, 'reports.about.grantNumber'), project.grantNumber] as [string, string]]
      : []),
    [format(language, 'reports.about.period'), period],
    [format(language, 'reports.about.countedAt'), formatMoment(language, report.countedAt)],
    [format(language, 'reports.about.countingRule'), format(language, 'reports.countingRule')],
    [format(language, 'reports.about.method'), format(language, 'reports.method')],
    [
      format(language, 'reports.about.hidden'),
      format(language, 'reports.hiddenNote', { highest: report.threshold - 1 }),
    ],
  ];
}

/** RFC 4180; and a text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP CSV injection). */
export function written(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
