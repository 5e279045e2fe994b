import { endpoint } from '../endpoint/endpoint.js';
import { ControllerName, FirstCoordinator, FirstCoordinatorView, InstallationView } from './installation.js';
import { LinkToken } from './one-time-link.js';

export const installationEndpoints = {
  /** The link works once and for a day; afterwards it answers like any unknown address. */
  firstCoordinator: endpoint({
    method: 'POST',
    path: '/first-coordinator',
    permission: 'public',
    summary: 'Make the first coordinator with the one-time link',
    input: FirstCoordinator,
    output: null,
  }),
  /** Only to who holds the link: a stranger learns not even whether somebody has an account yet. */
  lookFirstCoordinator: endpoint({
    method: 'POST',
    path: '/first-coordinator/look',
    permission: 'public',
    summary: 'What the page of the first coordinator has to ask',
    input: LinkToken,
    output: FirstCoordinatorView,
    status: 200,
  }),
  read: endpoint({
    method: 'GET',
    path: '/installation',
    permission: 'installation:manage',
    summary: 'Who answers for the data, and what the set-up still misses',
    output: InstallationView,
  }),
  nameController: endpoint({
    method: 'PUT',
    path: '/installation/controller',
    permission: 'installation:manage',
    summary: 'Name the data controller anew; notices read aloud from now on carry the new name',
    stepUp: true,
    input: ControllerName,
    output: InstallationView,
  }),
  /** Also when it is put aside. */
  finishSetUp: endpoint({
    method: 'POST',
    path: '/installation/set-up',
    permission: 'installation:manage',
    summary: 'The set-up is done, or need not be offered any more',
    output: InstallationView,
    status: 200,
  }),
};
