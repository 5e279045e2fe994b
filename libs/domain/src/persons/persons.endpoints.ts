import { endpoint } from '../endpoint/endpoint.js';
import { pageOf } from '../endpoint/page.js';
import { NewPerson, PersonChange, PersonFilter, PersonView } from './person.js';

export const personEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/persons',
    permission: 'person:read',
    summary: 'The persons of my families, whole',
    input: PersonFilter,
    output: pageOf(PersonView),
  }),
  create: endpoint({
    method: 'POST',
    path: '/persons',
    permission: 'person:write',
    summary: 'Add a person to a family',
    input: NewPerson,
    output: PersonView,
    queued: true,
  }),
  read: endpoint({
    method: 'GET',
    path: '/persons/{id}',
    permission: 'person:read',
    summary: 'One person',
    output: PersonView,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/persons/{id}',
    permission: 'person:write',
    summary: 'Change a person',
    input: PersonChange,
    output: PersonView,
    queued: true,
    merges: '/persons/{id}',
  }),
};
