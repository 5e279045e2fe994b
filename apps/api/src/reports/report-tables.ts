import type { OutcomeReport, ProjectView } from '@tilts/domain';
import { format, formatMoment, formatMonth, type Language } from '@tilts/i18n';
import { standardWording, type Wording } from '../codeLists/code-list.service.js';

/** One section of the report in the words of a language, the same for every file that is handed out. */
export interface ReportTable {
  section: string;
  /** What the rows are; null where there is only one: the section as a whole. */
  rowHead: string | null;
  columns: string[];
  rows: { label: string; month?: string; figures: (number | null)[] }[];
}

/** A hidden figure is null here, as it came; each file writes the same word for it. `wording` is how this installation calls the codes. */
export function reportTables(
  report: OutcomeReport,
  language: Language,
  wording: Wording = standardWording(language),
): ReportTable[] {
  const table = <C extends Column>(
    section: Section,
    rowHead: RowHead | null,
    columns: readonly C[],
    rows: readonly { label: string; month?: string; of: Record<C, number | null> }[],
  ): ReportTable => ({
    section: format(language, `reports.section.${section}`),
    rowHead: rowHead && format(language, `reports.column.${rowHead}`),
    columns: columns.map((column) => format(language, `reports.column.${column}`)),
    rows: rows.map(({ of, ...row }) => ({ ...row, figures: columns.map((column) => of[column]) })),
  });
  const whole = <V>(of: V): { label: string; of: V }[] => [{ label: format(language, 'reports.row.all'), of }];
  const need = (row: OutcomeReport['needs'][number]): string => wording('directory.needArea', row.needArea);

  return [
    table('totals', null, ['mediators', ...reach, 'helpedWithoutRecord'], whole(report.totals)),
    table(
      'municipalities',
      'municipality',
      ['mediators', ...reach],
      report.municipalities.map((of) => ({ label: of.name, of })),
    ),
    table(
      'needs',
      'needArea',
      people,
      report.needs.map((of) => ({ label: need(of), of })),
    ),
    table(
      'help',
      'kind',
      people,
      report.help.map((of) => ({ label: `${need(of)} · ${wording('visits.assistance', of.kind)}`, of })),
    ),
    table(
      'months',
      'month',
      reach,
      report.months.map((of) => ({ label: of.month, month: of.month, of })),
    ),
    table(
      'channels',
      'channel',
      reach,
      report.channels.map((of) => ({ label: wording('visits.channel', of.channel), of })),
    ),
    table(
      'outcomes',
      'outcome',
      ['families', 'count'],
      report.outcomes.map((of) => ({ label: wording('outcomes.type', of.type), of })),
    ),
    table(
      'referrals',
      null,
      ['sent', 'received', 'accepted', 'completed', 'declined', 'withdrawn', 'unanswered', 'medianDaysToAnswer'],
      whole(report.referrals),
    ),
    table('trust', null, ['enteredLatePercent', 'visitsNotReached'], whole(report.trust)),
  ];
}

/** Which project and months, when it was counted, and how to read it. */
export function aboutReport(report: OutcomeReport, project: ProjectView, language: Language): [string, string][] {
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

const people = ['familiesReached', 'personsAssisted'] as const;
const reach = [...people, 'visits', 'minutes'] as const;

type Section =
  'totals' | 'municipalities' | 'needs' | 'help' | 'months' | 'channels' | 'outcomes' | 'referrals' | 'trust';
type RowHead = 'municipality' | 'needArea' | 'kind' | 'month' | 'channel' | 'outcome';
type Column =
  | (typeof reach)[number]
  | keyof Pick<OutcomeReport['totals'], 'mediators' | 'helpedWithoutRecord'>
  | 'families'
  | 'count'
  | keyof OutcomeReport['referrals']
  | keyof OutcomeReport['trust'];
