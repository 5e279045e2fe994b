import { endpoint } from '../endpoint/endpoint.js';
import { pageOf } from '../endpoint/page.js';
import { MunicipalityView } from './municipality.js';

export const municipalityEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/municipalities',
    permission: 'municipality:read',
    summary: 'The municipalities',
    output: pageOf(MunicipalityView),
  }),
};
