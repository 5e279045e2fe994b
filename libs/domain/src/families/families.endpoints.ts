import { endpoint } from '../endpoint/endpoint.js';
import { pageOf } from '../endpoint/page.js';
import { FamilyChange, FamilyView } from './family.js';

export const familyEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/families',
    permission: 'family:read',
    summary: 'My families, whole',
    output: pageOf(FamilyView),
  }),
  read: endpoint({
    method: 'GET',
    path: '/families/{id}',
    permission: 'family:read',
    summary: 'One family',
    output: FamilyView,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/families/{id}',
    permission: 'family:write',
    summary: 'Change a family',
    input: FamilyChange,
    output: FamilyView,
    queued: true,
    merges: '/families/{id}',
  }),
};
