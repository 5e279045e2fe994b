import { endpoint } from '../endpoint/endpoint.js';
import { FamilyView } from '../families/family.js';
import { NewFamily } from './registration.js';

export const registrationEndpoints = {
  register: endpoint({
    method: 'POST',
    path: '/families',
    permission: 'family:write',
    summary: 'Register a family that said yes, with its members',
    input: NewFamily,
    output: FamilyView,
    queued: true,
  }),
};
