import { endpoint } from '../endpoint/endpoint.js';
import { pageOf } from '../endpoint/page.js';
import { DraftDetails, DraftView } from './draft.js';
import { NewUnrecordedHelp, UnrecordedHelpView } from './unrecorded-help.js';
import { NewVisit, OwnMonth, VisitCorrection, VisitFilter, VisitView } from './visit.js';

export const visitEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/visits',
    permission: 'visit:read',
    summary: 'Visits of my families, newest first',
    input: VisitFilter,
    output: pageOf(VisitView),
  }),
  create: endpoint({
    method: 'POST',
    path: '/visits',
    permission: 'visit:write',
    summary: 'Log a visit',
    input: NewVisit,
    output: VisitView,
    queued: true,
  }),
  read: endpoint({
    method: 'GET',
    path: '/visits/{id}',
    permission: 'visit:read',
    summary: 'One visit with its earlier versions',
    output: VisitView,
  }),
  correct: endpoint({
    method: 'POST',
    path: '/visits/{id}/corrections',
    permission: 'visit:write',
    summary: 'Correct a visit by a new version',
    input: VisitCorrection,
    output: VisitView,
    queued: true,
    merges: '/visits/{id}',
  }),
  finishNextStep: endpoint({
    method: 'POST',
    path: '/visits/{id}/next-step-done',
    permission: 'visit:write',
    summary: 'The next step of a visit was done',
    output: null,
    queued: true,
  }),
  ownMonths: endpoint({
    method: 'GET',
    path: '/own-months',
    permission: 'visit:read',
    summary: 'My own numbers, this month and last',
    output: pageOf(OwnMonth),
  }),
};

export const draftEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/drafts',
    permission: 'draft:own',
    summary: 'My drafts, newest first',
    output: pageOf(DraftView),
  }),
  read: endpoint({
    method: 'GET',
    path: '/drafts/{id}',
    permission: 'draft:own',
    summary: 'One of my drafts',
    output: DraftView,
  }),
  save: endpoint({
    method: 'PUT',
    path: '/drafts/{id}',
    permission: 'draft:own',
    summary: 'Keep what was typed so far',
    input: DraftDetails,
    output: DraftView,
  }),
  discard: endpoint({
    method: 'DELETE',
    path: '/drafts/{id}',
    permission: 'draft:own',
    summary: 'Throw a draft away',
    output: null,
  }),
};

export const unrecordedHelpEndpoints = {
  create: endpoint({
    method: 'POST',
    path: '/unrecorded-help',
    permission: 'unrecordedHelp:write',
    summary: 'Count help for somebody who did not want to be recorded',
    input: NewUnrecordedHelp,
    output: UnrecordedHelpView,
    queued: true,
  }),
};
