import { endpoint } from '../endpoint/endpoint.js';
import { Paging, pageOf } from '../endpoint/page.js';
import {
  MessageView,
  NewMessage,
  NewReferral,
  ReferralFilter,
  ReferralSent,
  ReferralStep,
  ReferralView,
} from './referral.js';

export const referralEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/referrals',
    permission: 'referral:read',
    summary: 'Referrals of my families or to my institution; overdue first',
    input: ReferralFilter,
    output: pageOf(ReferralView),
    outputFor: { mediator: pageOf(ReferralSent) },
  }),
  create: endpoint({
    method: 'POST',
    path: '/referrals',
    permission: 'referral:write',
    summary: 'Write a referral as a draft',
    input: NewReferral,
    output: ReferralSent,
    queued: true,
  }),
  read: endpoint({
    method: 'GET',
    path: '/referrals/{id}',
    permission: 'referral:read',
    summary: 'One referral; the first opening by the institution marks it received',
    output: ReferralView,
    outputFor: { mediator: ReferralSent },
    marks: true,
  }),
  move: endpoint({
    method: 'POST',
    path: '/referrals/{id}/moves',
    permission: 'referral:move',
    summary: 'One step of the lifecycle',
    input: ReferralStep,
    output: ReferralView,
    outputFor: { mediator: ReferralSent },
    status: 200,
    queued: true,
  }),
  messages: endpoint({
    method: 'GET',
    path: '/referrals/{id}/messages',
    permission: 'referral:read',
    summary: 'The thread, oldest first',
    input: Paging,
    output: pageOf(MessageView),
  }),
  write: endpoint({
    method: 'POST',
    path: '/referrals/{id}/messages',
    permission: 'referral:move',
    summary: 'Write to the other side',
    input: NewMessage,
    output: MessageView,
    queued: true,
  }),
};
