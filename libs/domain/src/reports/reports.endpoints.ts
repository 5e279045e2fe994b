import { csv, endpoint, xlsx } from '../endpoint/endpoint.js';
import { OutcomeReport, ReportFilter } from './outcome-report.js';

export const reportEndpoints = {
  outcomes: endpoint({
    method: 'GET',
    path: '/reports/outcomes',
    permission: 'report:read',
    summary: 'The outcome report of whole months and one project',
    input: ReportFilter,
    output: OutcomeReport,
  }),
  outcomesCsv: endpoint({
    method: 'GET',
    path: '/reports/outcomes.csv',
    permission: 'report:read',
    summary: 'The same figures as CSV',
    input: ReportFilter,
    output: csv,
    stepUp: true,
  }),
  outcomesXlsx: endpoint({
    method: 'GET',
    path: '/reports/outcomes.xlsx',
    permission: 'report:read',
    summary: 'The same figures as a workbook, one sheet for each section',
    input: ReportFilter,
    output: xlsx,
    stepUp: true,
  }),
};
