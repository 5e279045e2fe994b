import { endpoint } from '../endpoint/endpoint.js';
import { pageOf } from '../endpoint/page.js';
import { ConsentFilter, ConsentView, NewConsent } from './consent.js';

export const consentEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/consents',
    permission: 'consent:read',
    summary: 'The consents of a family, withdrawn ones too',
    input: ConsentFilter,
    output: pageOf(ConsentView),
  }),
  create: endpoint({
    method: 'POST',
    path: '/consents',
    permission: 'consent:write',
    summary: 'Record a consent or a withdrawal',
    input: NewConsent,
    output: ConsentView,
    queued: true,
  }),
};
