import { endpoint } from '../endpoint/endpoint.js';
import { BundlesAsked, Changes, ChangesAsked, FamilyBundles } from './copy.js';
import { BatchInColumns, ResultInRanges } from './on-the-wire.js';
import { RescuedPart, RescueKey, RescueLoaded, RescueStanding, RescueTaken, RescueUpload } from './rescue.js';

export const syncEndpoints = {
  commands: endpoint({
    method: 'POST',
    path: '/sync/commands',
    permission: 'sync:own',
    summary: 'Hand in what was done on my phone; each command is applied once, however often it comes',
    input: BatchInColumns,
    output: ResultInRanges,
    status: 200,
    apart: true,
  }),
  changes: endpoint({
    method: 'GET',
    path: '/sync/changes',
    permission: 'sync:own',
    summary: 'What differs from what my phone holds',
    input: ChangesAsked,
    output: Changes,
  }),
  families: endpoint({
    method: 'GET',
    path: '/sync/families',
    permission: 'sync:own',
    summary: 'Families as a phone holds them',
    input: BundlesAsked,
    output: FamilyBundles,
    auditsAsked: true,
  }),
  rescueKey: endpoint({
    method: 'GET',
    path: '/sync/rescue-key',
    permission: 'sync:own',
    summary: 'What my phone needs to make a rescue file without a network, and how much came back by one',
    output: RescueKey,
  }),
  rescued: endpoint({
    method: 'GET',
    path: '/sync/rescued',
    permission: 'sync:own',
    summary: 'What came by rescue files of my phones and waits to be taken over by this one; a part of it',
    output: RescuedPart,
  }),
  rescuedTaken: endpoint({
    method: 'POST',
    path: '/sync/rescued/taken',
    permission: 'sync:own',
    summary: 'This stands on my phone now, and need not wait here any more',
    input: RescueTaken,
    output: null,
  }),
  /** The contents stay sealed: who loads the file learns how much was in it. */
  loadRescueFile: endpoint({
    method: 'POST',
    path: '/accounts/{id}/rescue-files',
    permission: 'account:manage',
    summary: 'Load a rescue file that was made on a phone of this account; loaded again, it adds nothing',
    input: RescueUpload,
    output: RescueLoaded,
    status: 200,
  }),
  rescueStanding: endpoint({
    method: 'GET',
    path: '/accounts/{id}/rescued',
    permission: 'account:manage',
    summary: 'How much from rescue files waits for a phone of this account',
    output: RescueStanding,
  }),
};
