import { endpoint } from '../endpoint/endpoint.js';
import { pageOf } from '../endpoint/page.js';
import { MunicipalityChange, MunicipalityView, NewMunicipality } from './municipality.js';

export const municipalityEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/municipalities',
    permission: 'municipality:read',
    summary: 'The municipalities',
    output: pageOf(MunicipalityView),
  }),
  create: endpoint({
    method: 'POST',
    path: '/municipalities',
    permission: 'municipality:manage',
    summary: 'Add a municipality',
    input: NewMunicipality,
    output: MunicipalityView,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/municipalities/{id}',
    permission: 'municipality:manage',
    summary: 'Change a municipality; its key stays',
    input: MunicipalityChange,
    output: MunicipalityView,
  }),
};
