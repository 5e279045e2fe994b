import { endpoint } from '../endpoint/endpoint.js';
import { pageOf } from '../endpoint/page.js';
import { NewOutcome, OutcomeFilter, OutcomeView } from './outcome.js';

export const outcomeEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/outcomes',
    permission: 'outcome:read',
    summary: 'Outcomes, newest first, without voided ones',
    input: OutcomeFilter,
    output: pageOf(OutcomeView),
  }),
  create: endpoint({
    method: 'POST',
    path: '/outcomes',
    permission: 'outcome:write',
    summary: 'Record an outcome, or void one',
    input: NewOutcome,
    output: OutcomeView,
    queued: true,
  }),
};
