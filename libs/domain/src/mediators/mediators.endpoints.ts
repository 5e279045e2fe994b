import { endpoint } from '../endpoint/endpoint.js';
import { pageOf, Paging } from '../endpoint/page.js';
import { AssignmentFilter, AssignmentView, ProjectView } from './project.js';

export const mediatorEndpoints = {
  projects: endpoint({
    method: 'GET',
    path: '/projects',
    permission: 'project:read',
    summary: 'Projects; a mediator sees their own',
    input: Paging,
    output: pageOf(ProjectView),
  }),
  assignments: endpoint({
    method: 'GET',
    path: '/assignments',
    permission: 'assignment:read',
    summary: 'Who works where; a mediator sees their own',
    input: AssignmentFilter,
    output: pageOf(AssignmentView),
  }),
};
