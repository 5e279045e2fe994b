import { Controller } from '@nestjs/common';
import { reportEndpoints, type OutcomeReport, type ReportFilter } from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { ReportService } from './report.service.js';

@Controller()
export class ReportsController {
  constructor(private readonly reports: ReportService) {}

  @Serves(reportEndpoints.outcomes)
  outcomes({ input }: { input: ReportFilter }): Promise<OutcomeReport> {
    return this.reports.outcomes(input);
  }

  @Serves(reportEndpoints.outcomesCsv)
  outcomesCsv({ input }: { input: ReportFilter }): Promise<string> {
    return this.reports.outcomesCsv(input);
  }

  @Serves(reportEndpoints.outcomesXlsx)
  outcomesXlsx({ input }: { input: ReportFilter }): Promise<Uint8Array> {
    return this.reports.outcomesXlsx(input);
  }
}
