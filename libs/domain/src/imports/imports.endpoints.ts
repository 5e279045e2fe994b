import { endpoint } from '../endpoint/endpoint.js';
import { pageOf } from '../endpoint/page.js';
import { CommitImport, ImportCheck, ImportPart, ImportView, NewImport } from './imported-family.js';

export const importEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/imports',
    permission: 'import:own',
    summary: 'My imports of the last day',
    output: pageOf(ImportView),
  }),
  begin: endpoint({
    method: 'POST',
    path: '/imports',
    permission: 'import:own',
    summary: 'Begin an import: say how much will come',
    input: NewImport,
    output: ImportView,
  }),
  read: endpoint({
    method: 'GET',
    path: '/imports/{id}',
    permission: 'import:own',
    summary: 'How far an import is',
    output: ImportView,
  }),
  addPart: endpoint({
    method: 'PUT',
    path: '/imports/{id}/parts',
    permission: 'import:own',
    summary: 'Hand in some families of the list; kept sealed for a day, registered by nobody yet',
    input: ImportPart,
    output: ImportView,
  }),
  check: endpoint({
    method: 'GET',
    path: '/imports/{id}/check',
    permission: 'import:own',
    summary: 'Try the whole list without writing anything',
    output: ImportCheck,
  }),
  commit: endpoint({
    method: 'POST',
    path: '/imports/{id}/commit',
    permission: 'import:own',
    summary: 'Register all families of the list, or none',
    input: CommitImport,
    output: ImportView,
    status: 200,
    stepUp: true,
  }),
  undo: endpoint({
    method: 'POST',
    path: '/imports/{id}/undo',
    permission: 'import:own',
    summary: 'Take an import back within a day; families that somebody worked with meanwhile stay',
    output: ImportView,
    status: 200,
  }),
  discard: endpoint({
    method: 'DELETE',
    path: '/imports/{id}',
    permission: 'import:own',
    summary: 'Throw away a list that was not confirmed',
    output: null,
  }),
};
