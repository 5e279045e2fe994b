import { endpoint } from '../endpoint/endpoint.js';
import { pageOf } from '../endpoint/page.js';
import { Me, MeDetails, NewSession, SessionRefresh, SessionStarted, SessionView } from './session.js';

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
