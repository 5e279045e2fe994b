import { Inject, Injectable } from '@nestjs/common';
import {
  addDays,
  DomainError,
  firstDayOf,
  hideSmallFigures,
  lastDayOf,
  periodOn,
  type Day,
  type MunicipalityPeriod,
  type OutcomeReport,
  type ProjectView,
  type ReportFilter,
} from '@tilts/domain';
import { isLanguage, sourceLanguage, type Language } from '@tilts/i18n';
import { CodeListService } from '../codeLists/code-list.service.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { WorkingDays } from '../directory/working-days.js';
import type { Environment } from '../platform/environment.js';
import { ENVIRONMENT } from '../platform/settings.js';
import { reportOf, type CountRow, type NamedMunicipality } from './figures.js';
import { reportCsv } from './report-csv.js';
import { reportXlsx } from './report-xlsx.js';

const oneProject = `
  SELECT id, version, name, name_en AS "nameEn", grant_number AS "grantNumber", starts_on AS "startsOn", ends_on AS "endsOn", funder, funder_en AS "funderEn"
  FROM project WHERE id = $1`;

const periodsOfMunicipalities = `
  SELECT m.id AS "municipalityId", m.name, coalesce(json_agg(json_build_object('validFrom', p.valid_from, 'validTo', p.valid_to, 'atvk', p.atvk, 'name', p.name)
    ORDER BY p.valid_from NULLS FIRST) FILTER (WHERE p.id IS NOT NULL), '[]') AS periods
  FROM municipality m LEFT JOIN municipality_period p ON p.municipality_id = m.id GROUP BY m.id, m.name`;

/** Ā after A, whatever collations the server has. */
const byName = new Intl.Collator('lv-LV');

/**
 * The report that an evaluator writes from: counted anew at each request by one function of the database, which hands out
 * counts and never rows; small figures are hidden before anything is answered, alike for the screen, the CSV and the workbook.
 */
@Injectable()
export class ReportService {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly workingDays: WorkingDays,
    private readonly codeLists: CodeListService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async outcomes(filter: ReportFilter): Promise<OutcomeReport> {
    return this.count(await this.project(filter.project), filter);
  }

  /** In the reader's language. */
  async outcomesCsv(filter: ReportFilter): Promise<string> {
    const project = await this.project(filter.project);
    const language = await this.language();
    return reportCsv(await this.count(project, filter), project, language, await this.codeLists.wordingIn(language));
  }

  async outcomesXlsx(filter: ReportFilter): Promise<Uint8Array> {
    const project = await this.project(filter.project);
    const language = await this.language();
    return reportXlsx(await this.count(project, filter), project, language, await this.codeLists.wordingIn(language));
  }

  private async count(project: ProjectView, filter: ReportFilter): Promise<OutcomeReport> {
    const [from, to] = [firstDayOf(filter.from), lastDayOf(filter.to)];
    const [plain, moved] = await this.workingDaysSince(from);
    const counts = await this.transaction.query<CountRow>('SELECT * FROM report_figures($1, $2, $3, $4, $5)', [
      project.id,
      from,
      to,
      plain,
      moved,
    ]);
    const counted = reportOf(counts, filter, await this.municipalitiesOn(to), this.transaction.now);
    return hideSmallFigures(counted, this.environment.reportThreshold);
  }

  private async project(id: string): Promise<ProjectView> {
    const [project] = await this.transaction.query<ProjectView>(oneProject, [id]);
    if (!project) throw new DomainError('NOT_FOUND');
    return project;
  }

  private async municipalitiesOn(day: Day): Promise<NamedMunicipality[]> {
    const rows = await this.transaction.query<{ municipalityId: string; name: string; periods: MunicipalityPeriod[] }>(
      periodsOfMunicipalities,
    );
    return rows
      .sort((a, b) => byName.compare(a.name, b.name))
      .map(({ municipalityId, name, periods }) => {
        const valid = periodOn(periods, day);
        return { municipalityId, name: valid?.name ?? name, atvk: valid?.atvk ?? '' };
      });
  }

  /** Every working day until today, for those who keep the plain calendar and for those whose moved days bind them. */
  private async workingDaysSince(from: Day): Promise<[plain: Day[], moved: Day[]]> {
    const calendar = await this.workingDays.calendar();
    const days: Day[] = [];
    for (let day = from; day <= this.transaction.today; day = addDays(day, 1)) days.push(day);
    return [
      days.filter(calendar.worksOn({ followsMovedDays: false })),
      days.filter(calendar.worksOn({ followsMovedDays: true })),
    ];
  }

  private async language(): Promise<Language> {
    const [account] = await this.transaction.query<{ language: string }>('SELECT language FROM account WHERE id = $1', [
      this.transaction.session.accountId,
    ]);
    return isLanguage(account?.language) ? account.language : sourceLanguage;
  }
}
