import { endpoint } from '../endpoint/endpoint.js';
import { pageOf } from '../endpoint/page.js';
import { FirstCoordinator, Me, MeDetails, NewSession, SessionRefresh, SessionStarted, SessionView } from './session.js';

export const accessEndpoints = {
  signIn: endpoint({
    method: 'POST',
    path: '/sessions',
    permission: 'public',
    summary: 'Sign in',
    input: NewSession,
    output: SessionStarted,
  }),
  refresh: endpoint({
    method: 'POST',
    path: '/sessions/refresh',
    permission: 'public',
    summary: 'A new access token for the refresh cookie',
    input: SessionRefresh,
    output: SessionStarted,
    status: 200,
  }),
  /** The link works once and for a day; afterwards it answers like any unknown address. */
  firstCoordinator: endpoint({
    method: 'POST',
    path: '/first-coordinator',
    permission: 'public',
    summary: 'Make the first coordinator with the one-time link',
    input: FirstCoordinator,
    output: null,
  }),
  sessions: endpoint({
    method: 'GET',
    path: '/sessions',
    permission: 'session:own',
    summary: 'My signed-in devices',
    output: pageOf(SessionView),
  }),
  /** `current` is the one that asks: signing out. */
  endSession: endpoint({
    method: 'DELETE',
    path: '/sessions/{id}',
    permission: 'session:own',
    summary: 'End one of my sessions',
    output: null,
  }),
  me: endpoint({ method: 'GET', path: '/me', permission: 'profile:own', summary: 'Who I am', output: Me }),
  changeMe: endpoint({
    method: 'PUT',
    path: '/me',
    permission: 'profile:own',
    summary: 'Change my language',
    input: MeDetails,
    output: Me,
  }),
};
