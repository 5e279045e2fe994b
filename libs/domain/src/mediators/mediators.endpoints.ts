import { endpoint } from '../endpoint/endpoint.js';
import { pageOf, Paging } from '../endpoint/page.js';
import { AssignmentChange, AssignmentChanged, AssignmentFilter, AssignmentView, NewAssignment } from './assignment.js';
import { NewProject, ProjectChange, ProjectView } from './project.js';

export const mediatorEndpoints = {
  projects: endpoint({
    method: 'GET',
    path: '/projects',
    permission: 'project:read',
    summary: 'Projects; a mediator sees their own',
    input: Paging,
    output: pageOf(ProjectView),
  }),
  createProject: endpoint({
    method: 'POST',
    path: '/projects',
    permission: 'project:manage',
    summary: 'Add a project',
    input: NewProject,
    output: ProjectView,
  }),
  changeProject: endpoint({
    method: 'PUT',
    path: '/projects/{id}',
    permission: 'project:manage',
    summary: 'Change a project',
    input: ProjectChange,
    output: ProjectView,
  }),
  /** Refused once somebody was assigned to it or worked for it: facts keep pointing at their project. */
  removeProject: endpoint({
    method: 'DELETE',
    path: '/projects/{id}',
    permission: 'project:manage',
    summary: 'Delete a project that nothing refers to',
    output: null,
  }),
  assignments: endpoint({
    method: 'GET',
    path: '/assignments',
    permission: 'assignment:read',
    summary: 'Who works where; a mediator sees their own',
    input: AssignmentFilter,
    output: pageOf(AssignmentView),
  }),
  assign: endpoint({
    method: 'POST',
    path: '/assignments',
    permission: 'assignment:manage',
    summary: 'Assign a mediator to a municipality for a project',
    input: NewAssignment,
    output: AssignmentView,
  }),
  /** Also how an assignment is ended: with its last day. */
  changeAssignment: endpoint({
    method: 'PUT',
    path: '/assignments/{id}',
    permission: 'assignment:manage',
    summary: 'Change or end an assignment; says how many families stay behind',
    input: AssignmentChange,
    output: AssignmentChanged,
  }),
  /** Only before it began: afterwards it is ended. */
  removeAssignment: endpoint({
    method: 'DELETE',
    path: '/assignments/{id}',
    permission: 'assignment:manage',
    summary: 'Take back an assignment that has not begun',
    output: null,
  }),
};
