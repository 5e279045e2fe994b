import { endpoint } from '../endpoint/endpoint.js';
import { pageOf } from '../endpoint/page.js';
import { InstitutionFilter, InstitutionView } from './institution.js';

export const directoryEndpoints = {
  institutions: endpoint({
    method: 'GET',
    path: '/directory/institutions',
    permission: 'directory:read',
    summary: 'Institutions with their services',
    input: InstitutionFilter,
    output: pageOf(InstitutionView),
  }),
};
